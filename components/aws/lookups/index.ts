export { assumedLookups, type AssumedAws } from './assumed';
export type * from './facts';
export { liveLookups } from './live';
