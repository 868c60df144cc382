import { createHash } from 'node:crypto';

/**
 * Id of a role definition: the same for the same names, since roles of one tenant share their ids.
 *
 * @returns a UUID of version 8 (RFC 9562)
 */
export function roleId(...names: readonly string[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(names)).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
