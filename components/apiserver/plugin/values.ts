import { isObject } from '../objects';

/** @see https://github.com/pulumi/pulumi/blob/v3.259.0/sdk/go/common/resource/sig/sig.go */
const SIGNATURE = '4dabf18193072939515e22adb298388d';
const SECRET = '1b47061264138c4ac30d75fd1eb44270';
const ASSET = 'c44067f5952c0a294b673a41bacd8c17';

/** Strings that stand for values a preview does not know yet, one for each type of value. */
const UNKNOWNS = new Set([
  '1c4a061d-8072-4f0a-a4cb-0ff528b18fe7',
  '3eeb2bf0-c639-47a8-9e75-3b44932eb421',
  '04da6b54-80e4-46f7-96ec-b56ff0331ba9',
  '6a19a0b0-7e62-4c92-b797-7f8e31da9cc2',
  '030794c1-ac77-496b-92df-f27374a8bd58',
  'e48ece36-62e2-4504-bad9-02848725956a',
  'dd056dcd-154b-4c76-9bd3-c8f88648b5ff',
]);

/** Whether a value is not known yet. */
export function isUnknown(value: unknown): boolean {
  return typeof value === 'string' && UNKNOWNS.has(value);
}

/** Whether a value is marked secret. */
export function isSecret(value: unknown): value is { readonly value: unknown } {
  return isObject(value) && value[SIGNATURE] === SECRET;
}

/** Marks a value as secret, once. */
export function secret(value: unknown): unknown {
  return isSecret(value) ? value : { [SIGNATURE]: SECRET, value };
}

/** A file handed over by the program. */
export interface FileAsset {
  readonly path: string;
  readonly hash: string;
}

/** The file of an asset, or nothing when the value is none. */
export function asFileAsset(value: unknown): FileAsset | undefined {
  if (!isObject(value) || value[SIGNATURE] !== ASSET) return undefined;
  return { path: typeof value['path'] === 'string' ? value['path'] : '', hash: typeof value['hash'] === 'string' ? value['hash'] : '' };
}

/** The value without its secret marks. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  if (isSecret(value)) return plain(value.value);
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(value)) result[key] = plain(value[key]);
  return result;
}

/** Marks in `value` whatever is secret at the same place in `model`. A list with a secret in it becomes secret as a whole when lengths differ. */
export function copySecrets(value: unknown, model: unknown): unknown {
  if (isSecret(model)) return secret(value);
  if (isObject(value) && isObject(model)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copySecrets(item, model[key])]));
  }
  if (Array.isArray(value) && Array.isArray(model)) {
    if (value.length !== model.length && hasSecret(model)) return secret(value);
    return value.map((item, index) => copySecrets(item, model[index]));
  }
  return value;
}

function hasSecret(value: unknown): boolean {
  if (isSecret(value)) return true;
  if (Array.isArray(value)) return value.some(hasSecret);
  return isObject(value) && Object.values(value).some(hasSecret);
}
