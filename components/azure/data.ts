export { DataKey, type CustomerKey, type DataKeyArgs } from './customer-key';
export * from './database';
export * from './dns';
export * from './identity-provider';
export * from './object-store';
export * from './private-link';
export * from './registry';
export * from './shared-files';
