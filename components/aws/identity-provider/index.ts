export type { UserPoolArgs } from './args';
export { UserPool } from './user-pool';
