import path from 'node:path';
import type { Artifact, Location, LogicalLocation, PhysicalLocation } from 'sarif';
import type { CheckResult } from '../check';
import { parsePath } from '../engine/field-path';
import type { Finding, Unevaluated } from '../engine/finding';
import { type ObjectReference, showReference } from '../engine/object';

/** The files that a log speaks of. */
export class Artifacts {
  readonly all: readonly Artifact[];
  private readonly byFile = new Map<string, { readonly uri: string; readonly index: number }>();

  constructor({ findings, coverage }: CheckResult, root = process.cwd()) {
    const byUri = new Map<string, number>();
    const add = ({ file }: Finding | Unevaluated): void => {
      if (file === undefined || this.byFile.has(file)) return;
      const uri = uriOf(file, root);
      const index = byUri.get(uri) ?? byUri.size;
      byUri.set(uri, index);
      this.byFile.set(file, { uri, index });
    };
    findings.forEach(add);
    coverage.unevaluated.forEach(add);
    this.all = [...byUri.keys()].map((uri) => ({ location: { uri } }));
  }

  /** Where something stands, by file and as the object and field it is; nothing, if it is not known. */
  locate({ file, line, column, object, path: field = '' }: Placed): Location[] {
    const artifact = file === undefined ? undefined : this.byFile.get(file);
    // Services refuse what has no line: a whole file begins at its first.
    const physicalLocation: PhysicalLocation | undefined = artifact && { artifactLocation: artifact, region: { startLine: line ?? 1, startColumn: column ?? 1 } };
    const logicalLocations = object && logical(object, field);
    if (!physicalLocation && !logicalLocations) return [];
    return [{ ...(physicalLocation && { physicalLocation }), ...(logicalLocations && { logicalLocations }) }];
  }
}

/** Whatever has a place, in files, in an object, or both. */
interface Placed {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly object?: ObjectReference;
  readonly path?: string;
}

function logical(object: ObjectReference, field: string): LogicalLocation[] {
  const name = showReference(object);
  const last = field === '' ? undefined : lastStep(field);
  return [
    { name: object.name, fullyQualifiedName: name, kind: 'resource' },
    ...(last === undefined ? [] : [{ name: last, fullyQualifiedName: `${name}:${field}`, kind: 'property' }]),
  ];
}

function lastStep(field: string): string {
  try {
    return String(parsePath(field).at(-1) ?? field);
  } catch {
    return field;
  }
}

/**
 * A file as a URI: relative to the root if it is below it, so that services find it in the repository, else absolute.
 *
 * @param file may be relative to the root, and written as on Windows
 * @param root folder of the machine that runs
 */
export function uriOf(file: string, root: string): string {
  if (file === '-') return 'stdin';
  const folder = isAbsolute(slashes(root)) ? root : path.resolve(root);
  const base = path.posix.normalize(slashes(folder)).replace(/\/+$/, '');
  const slashed = slashes(file);
  const whole = path.posix.normalize(isAbsolute(slashed) ? slashed : `${base}/${slashed}`);
  if (whole.startsWith(`${base}/`)) return encode(whole.slice(base.length + 1));
  return `file://${whole.startsWith('/') ? '' : '/'}${encode(whole)}`;
}

function slashes(file: string): string {
  return file.replaceAll('\\', '/');
}

function isAbsolute(slashed: string): boolean {
  return slashed.startsWith('/') || /^[A-Za-z]:\//.test(slashed);
}

function encode(slashed: string): string {
  // Half a character cannot be encoded; a file name may hold one.
  const whole = Buffer.from(slashed, 'utf8').toString('utf8');
  return whole.split('/').map((segment, index) => (index === 0 && /^[A-Za-z]:$/.test(segment) ? segment : encodeURIComponent(segment))).join('/');
}
