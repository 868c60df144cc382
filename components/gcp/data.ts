export * from './database';
export * from './dns';
export * from './identity-provider';
export * from './object-store';
export * from './registry';
export * from './shared-files';
