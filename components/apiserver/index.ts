export * from './client';
export * from './discovery';
export * from './errors';
export * from './kubeconfig';
export * from './objects';
export * from './ownership';
export * from './pool';
export * from './watch';
