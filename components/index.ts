export * from './bridge';
export * from './crds';
