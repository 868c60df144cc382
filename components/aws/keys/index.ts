export { DELETION_WINDOW_DAYS, EncryptionKey, ROTATION_DAYS, type EncryptionKeyArgs } from './encryption-key';
export type { KeyUser } from './key-policy';
