export { DEFAULT_CONFIG } from './defaults';
export { completeConfig, type DerivedConfig } from './merge';
export { renderConfig } from './render';
export type * from './types';
