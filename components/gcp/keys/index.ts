export { EncryptionKeys, type EncryptionKeysArgs } from './keys';
export { serviceAgent, type KeyUser } from './users';
