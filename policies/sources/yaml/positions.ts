import { load, type LoadOptions, type State } from 'js-yaml';
import type { FieldPath } from '../../engine/field-path';
import { plainScalar } from './scalar';
import { KUBERNETES_SCHEMA } from './schema';

const LEAF = 0;
const MAPPING = 1;
const SEQUENCE = 2;
/** A node of which the parser took a while to see that it is the one inside it. */
const SAME_AS_CHILD = 3;

const FIRST_SIZE = 1024;
/** Lists longer than this get an index of their items. */
const SHORT_LIST = 50;

/**
 * Where the nodes of a YAML document begin, in the order in which they do: a few bytes a node, because documents may have
 * millions.
 */
export class YamlPositions {
  private starts = new Int32Array(FIRST_SIZE);
  /** For each node, the number of the first one after all that is in it. */
  private ends = new Int32Array(FIRST_SIZE);
  private kinds = new Uint8Array(FIRST_SIZE);
  private count = 0;
  private readonly indexes = new Map<number, number[]>();

  private constructor(private readonly text: string) {}

  /**
   * Parses a document.
   *
   * @throws YAMLException if it is not valid
   */
  static read(text: string, options: LoadOptions): { readonly value: unknown; readonly positions: YamlPositions } {
    const positions = new YamlPositions(text);
    const open: OpenNode[] = [];
    const value = load(text, {
      ...options,
      listener: (event, state) => {
        if (event === 'open') open.push({ node: positions.begin(state.position), children: 0, child: undefined });
        else positions.close(open, state);
      },
    });
    return { value, positions };
  }

  private begin(offset: number): number {
    const node = this.count++;
    if (node === this.starts.length) this.grow();
    this.starts[node] = offset;
    this.kinds[node] = LEAF;
    return node;
  }

  private grow(): void {
    const size = this.starts.length * 2;
    const grown = <T extends Int32Array | Uint8Array>(to: T, from: T): T => (to.set(from), to);
    this.starts = grown(new Int32Array(size), this.starts);
    this.ends = grown(new Int32Array(size), this.ends);
    this.kinds = grown(new Uint8Array(size), this.kinds);
  }

  private close(open: OpenNode[], { kind, result }: State): void {
    const closing = open.pop();
    if (!closing) return;
    const { node, children, child } = closing;
    // What was tried inside a scalar came to nothing.
    if (kind !== 'mapping' && kind !== 'sequence') this.count = node + 1;
    else this.kinds[node] = children === 1 && child === result ? SAME_AS_CHILD : kind === 'mapping' ? MAPPING : SEQUENCE;
    this.ends[node] = this.count;
    const parent = open.at(-1);
    if (!parent) return;
    parent.children++;
    parent.child = result;
  }

  /** Offset of the field at a path, or of the nearest one around it that there is. */
  offsetOf(path: FieldPath): number {
    let node = this.actual(0);
    let offset = this.contentOf(node);
    for (const step of path) {
      const found = typeof step === 'number' ? this.item(node, step) : this.member(node, step);
      if (!found) break;
      offset = found.offset;
      node = this.actual(found.value);
    }
    return offset;
  }

  private member(mapping: number, name: string): Found | undefined {
    if (this.kinds[mapping] !== MAPPING) return undefined;
    const end = this.ends[mapping] ?? 0;
    let found: Found | undefined;
    for (let key = mapping + 1; key < end; ) {
      const next = this.ends[key] ?? end;
      const offset = this.contentOf(key);
      const valueStart = this.starts[next] ?? 0;
      const hasValue = next < end && this.text[this.before(valueStart)] === ':';
      const source = hasValue ? this.text.slice(offset, this.before(valueStart)) : this.keyAlone(offset);
      // Of a name that is there twice the last one counts.
      if (keyOf(source.trimEnd()) === name) found = { offset, value: hasValue ? next : key };
      key = hasValue ? (this.ends[next] ?? end) : next;
    }
    return found;
  }

  /** A key that has not even the sign of a value. */
  private keyAlone(offset: number): string {
    KEY_ALONE.lastIndex = offset;
    return KEY_ALONE.exec(this.text)?.[0] ?? '';
  }

  private item(list: number, position: number): Found | undefined {
    if (this.kinds[list] !== SEQUENCE) return undefined;
    const value = this.indexes.get(list)?.[position] ?? this.findItem(list, position);
    return value === undefined ? undefined : { offset: this.contentOf(value), value };
  }

  private findItem(list: number, position: number): number | undefined {
    const nodes: number[] = [];
    const end = this.ends[list] ?? 0;
    for (let node = list + 1; node < end; node = this.ends[node] ?? end) nodes.push(node);
    if (nodes.length > SHORT_LIST) this.indexes.set(list, nodes);
    return nodes[position];
  }

  private actual(node: number): number {
    let actual = node;
    while (this.kinds[actual] === SAME_AS_CHILD) actual++;
    return actual;
  }

  /** Where what a node says begins: after a `?` there may be space before it. */
  private contentOf(node: number): number {
    let offset = this.starts[node] ?? 0;
    while (isSpace(this.text.charCodeAt(offset))) offset++;
    return offset;
  }

  /** Offset of the last character before an offset that is not blank. */
  private before(offset: number): number {
    let at = offset - 1;
    while (at > 0 && isSpace(this.text.charCodeAt(at))) at--;
    return at;
  }
}

const KEY_ALONE = /[^,}\r\n]*/y;

/** The key that a piece of YAML stands for. */
function keyOf(source: string): string {
  if (!/^["'&!]/.test(source)) return String(plainScalar(source));
  try {
    return String(load(source, { schema: KUBERNETES_SCHEMA }));
  } catch {
    return source;
  }
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

interface OpenNode {
  readonly node: number;
  children: number;
  child: unknown;
}

interface Found {
  readonly offset: number;
  readonly value: number;
}
