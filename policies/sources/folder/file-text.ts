import { Buffer, isAscii, isUtf8 } from 'node:buffer';
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { isFields } from '../../engine/object';

/** Stands for standard input among the paths. */
export const STANDARD_INPUT = '-';
/** What is read in one run; what it becomes in memory is several times larger. */
export const MOST_BYTES = 256 * 1024 * 1024;

const CHUNK = 1024 * 1024;
/** How long to wait for a writer on the other side that is slower. */
const PATIENCE_MS = 10;

/** Text of a file, with its size; or why it cannot be read. */
export type FileText = { readonly text: string; readonly bytes: number } | { readonly reason: string };

/**
 * Reads a file, a pipe or standard input as text: UTF-8, or UTF-16 if it says so with a byte order mark.
 *
 * @param most bytes that may be read
 */
export function readText(file: string, most: number): FileText {
  try {
    const bytes = readBytes(file, most);
    if (!bytes) return { reason: `too large: at most ${MOST_BYTES / 1024 / 1024} MiB are read in one run` };
    const text = decode(bytes);
    return text === undefined ? { reason: 'not text: neither UTF-8 nor UTF-16' } : { text, bytes: bytes.length };
  } catch (error) {
    return { reason: cannotRead(error) };
  }
}

/** Why the system does not let something be read. */
export function cannotRead(error: unknown): string {
  const { code, message } = isFields(error) ? error : {};
  if (code === 'ENOENT') return 'no such file or folder';
  if (code === 'EACCES' || code === 'EPERM') return 'no permission to read it';
  if (code === 'ELOOP') return 'a link that leads back to itself';
  return `cannot be read: ${String(message)}`;
}

function readBytes(file: string, most: number): Buffer | undefined {
  if (file === STANDARD_INPUT) return readStream(0, most);
  const descriptor = openSync(file, 'r');
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return readStream(descriptor, most);
    return stat.size > most ? undefined : readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Reads what has no size: it may never end. */
function readStream(descriptor: number, most: number): Buffer | undefined {
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(CHUNK);
    const read = readChunk(descriptor, chunk);
    if (read === 0) return Buffer.concat(chunks, total);
    total += read;
    if (total > most) return undefined;
    chunks.push(chunk.subarray(0, read));
  }
}

function readChunk(descriptor: number, chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(descriptor, chunk);
    } catch (error) {
      const code = isFields(error) ? error.code : undefined;
      if (code === 'EOF') return 0;
      // A pipe that was opened not to block has nothing yet.
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PATIENCE_MS);
    }
  }
}

function decode(bytes: Buffer): string | undefined {
  if (isAscii(bytes)) return bytes.includes(0) ? undefined : bytes.toString('latin1');
  const mark = bytes.length < 2 ? 0 : bytes.readUInt16BE(0);
  if (mark === 0xfffe) return utf16(bytes);
  if (mark === 0xfeff) return bytes.length % 2 === 0 ? utf16(Buffer.from(bytes).swap16()) : undefined;
  if (!isUtf8(bytes) || bytes.includes(0)) return undefined;
  const text = bytes.toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function utf16(bytes: Buffer): string | undefined {
  const text = bytes.toString('utf16le', 2);
  return bytes.length % 2 === 0 && !text.includes('\0') ? text : undefined;
}
