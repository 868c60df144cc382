import { isFields } from '../../engine/object';
import { UnknownValueError } from '../../engine/unknown-value';

const SIGNATURE = '4dabf18193072939515e22adb298388d';
const SECRET = '1b47061264138c4ac30d75fd1eb44270';
const OUTPUT = 'd0e6a833031e9bbcd3f4e8bde6ca49a4';
/** What stands for a secret in a preview. */
const BLINDED = '[secret]';
/** What stands for a value that is not known yet, by the type it will have. */
const UNKNOWN: ReadonlySet<unknown> = new Set([
  '04da6b54-80e4-46f7-96ec-b56ff0331ba9',
  '1c4a061d-8072-4f0a-a4cb-0ff528b18fe7',
  '3eeb2bf0-c639-47a8-9e75-3b44932eb421',
  '6a19a0b0-7e62-4c92-b797-7f8e31da9cc2',
  '030794c1-ac77-496b-92df-f27374a8bd58',
  'e48ece36-62e2-4504-bad9-02848725956a',
  'dd056dcd-154b-4c76-9bd3-c8f88648b5ff',
]);

const NOT_KNOWN_YET = 'the value is not known yet';
const ENCRYPTED = 'the value is an encrypted secret';

/** Why a value cannot be read. */
class Hidden {
  constructor(readonly reason: string) {}
}

/**
 * Inputs of a resource as policies read them: secrets that are shown are their values; reading one that is encrypted, or a
 * value that is not known yet, throws {@link UnknownValueError}. What has neither is handed on as it is.
 */
export function readValue(value: unknown): unknown {
  const read = reveal(value);
  return read instanceof Hidden ? undefined : read;
}

function reveal(value: unknown): unknown {
  if (typeof value === 'string') return UNKNOWN.has(value) ? new Hidden(NOT_KNOWN_YET) : value === BLINDED ? new Hidden(ENCRYPTED) : value;
  if (Array.isArray(value)) return copy(value, []);
  if (!isFields(value)) return value;
  const signature = value[SIGNATURE];
  if (signature === SECRET) return revealSecret(value.plaintext, value.value);
  // An output without a value is one that is not known yet.
  if (signature === OUTPUT) return value.value === undefined ? new Hidden(NOT_KNOWN_YET) : reveal(value.value);
  return signature === undefined ? copy(value, {}) : value;
}

/** A secret holds its value as JSON, if it is shown at all. */
function revealSecret(plaintext: unknown, value: unknown): unknown {
  if (value !== undefined) return reveal(value);
  if (typeof plaintext !== 'string') return new Hidden(ENCRYPTED);
  try {
    return reveal(JSON.parse(plaintext));
  } catch {
    return new Hidden(ENCRYPTED);
  }
}

/** The same collection if all of its parts are what they seem. */
function copy(from: object, to: object): object {
  const changed = new Map<string, unknown>();
  for (const [key, part] of Object.entries(from)) {
    const read = reveal(part);
    if (read !== part) changed.set(key, read);
  }
  if (changed.size === 0) return from;
  for (const [key, part] of Object.entries(from)) Object.defineProperty(to, key, property(changed.has(key) ? changed.get(key) : part));
  return to;
}

function property(value: unknown): PropertyDescriptor {
  if (!(value instanceof Hidden)) return { value, enumerable: true, configurable: true, writable: true };
  const get = (): never => {
    throw new UnknownValueError(value.reason);
  };
  return { get, enumerable: true, configurable: true };
}
