export * from './inference-service';
export * from './train-job';
