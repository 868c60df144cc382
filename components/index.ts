export * from './bridge';
export * from './crds';
export * from './drain';
export * from './identity-provider';
