import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheRoot } from '../../components/cache';

const WHEELS = path.join(__dirname, 'wheels');

interface Pin {
  /** The line as pip takes it. */
  readonly line: string;
  /** e.g. `botocore==1.44.5`. */
  readonly requirement: string;
  readonly sha256: string;
}

/** Wheels that models are read from. */
function pins(): readonly Pin[] {
  const lines = readFileSync(path.join(WHEELS, 'wheels.txt'), 'utf8').split('\n');
  return lines.flatMap((line) => {
    const [, requirement, sha256] = /^(\S+==\S+) --hash=sha256:([0-9a-f]{64})$/.exec(line) ?? [];
    return requirement && sha256 ? [{ line, requirement, sha256 }] : [];
  });
}

const read = new Map<string, unknown>();

/**
 * A file of a wheel, parsed: JSON as it is, Python modules as the declarations in them (see `wheels/read_wheel.py`).
 *
 * @param requirement one of `wheels/wheels.txt`, e.g. `botocore==1.44.5`; without a version the first of that name
 * @param member its path in the wheel; all Python modules below a folder where it ends in `/*`
 * @throws Error if Python or the wheel cannot be had, saying what is needed
 */
export function modelFile<T>(requirement: string, member: string): T {
  return once(requirement, [member]) as T;
}

/** Paths of all files of a wheel. */
export function modelFileNames(requirement: string): readonly string[] {
  return once(requirement, []) as readonly string[];
}

/** Read once a process, and parsed once for as long as wheel and reader are the same. */
function once(requirement: string, members: readonly string[]): unknown {
  const key = [requirement, ...members].join(' ');
  const known = read.get(key);
  if (known !== undefined) return known;
  const file = wheel(requirement);
  const reader = path.join(WHEELS, 'read_wheel.py');
  const parsed = `${file}.${sha256(`${readFileSync(reader, 'utf8')} ${key}`).slice(0, 16)}.json`;
  if (!existsSync(parsed)) {
    const scratch = `${parsed}.${process.pid}`;
    writeFileSync(scratch, python('read a wheel', [reader, file, ...members]));
    renameSync(scratch, parsed);
  }
  const found: unknown = JSON.parse(readFileSync(parsed, 'utf8'));
  read.set(key, found);
  return found;
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

const checked = new Set<string>();

/** Path of a wheel that has been found to be the one we know. It is downloaded once, and checked once a process. */
function wheel(requirement: string): string {
  const pin = pins().find((each) => each.requirement === requirement || each.requirement.startsWith(`${requirement}==`));
  if (!pin) throw new Error(`${requirement} is not in test/models/wheels/wheels.txt`);
  const folder = path.join(cacheRoot(), 'api-models');
  const file = path.join(folder, `${pin.requirement}.whl`);
  if (checked.has(file)) return file;
  if (!existsSync(file)) download(pin, folder, file);
  const found = sha256(readFileSync(file));
  if (found === pin.sha256) {
    checked.add(file);
    return file;
  }
  rmSync(file);
  throw new Error(`${file} had SHA-256 ${found}, not ${pin.sha256} as in test/models/wheels/wheels.txt; it is removed: run the tests again`);
}

function download({ line, requirement }: Pin, folder: string, file: string): void {
  mkdirSync(folder, { recursive: true });
  const scratch = mkdtempSync(path.join(folder, 'download-'));
  try {
    const asked = path.join(scratch, 'requirements.txt');
    writeFileSync(asked, `${line}\n`);
    // Nothing of it is run, so it need not be made for this Python.
    const only = ['--no-deps', '--only-binary=:all:', '--ignore-requires-python', '--require-hashes'];
    python(`download ${requirement} from the package index that pip is set up for`, ['-m', 'pip', 'download', '--quiet', ...only, '--requirement', asked, '--dest', path.join(scratch, 'wheel')]);
    const [name, version] = requirement.split('==');
    // What wheels are called: https://packaging.python.org/en/latest/specifications/binary-distribution-format/
    renameSync(path.join(scratch, 'wheel', `${name?.replace(/-/g, '_')}-${version}-py3-none-any.whl`), file);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function python(purpose: string, args: readonly string[]): string {
  try {
    return execFileSync('python3', args, { env: process.env, encoding: 'utf8', maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { code, stderr = '' } = error as { code?: string; stderr?: string };
    const needed = code === 'ENOENT' ? "'python3' (3.9 or later) must be in the path" : `python3 with pip must be able to; it said: ${stderr.trim()}`;
    throw new Error(`These tests compare with the clouds' API models. To ${purpose}, ${needed}`, { cause: error });
  }
}
