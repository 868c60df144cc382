export { Keys, LONGEST_VAULT_NAME, RECOVERABLE_DAYS, type KeysArgs, type SecretsKey } from './keys';
export { ROTATION_DAYS } from './rotation';
