import type { FieldPath } from '../engine/field-path';
import type { Unevaluated } from '../engine/finding';
import { apiGroup, isFields, isKubernetesObject, type Subject } from '../engine/object';
import { readOr } from '../engine/unknown-value';
import { isRelaxedJson } from './json/check';
import { type ParsedText, Places } from './locate';
import { readDocument } from './parse';
import { type PulumiDocument, readPulumi } from './pulumi/document';
import { referenceOf, subjectOf } from './pulumi/resource';
import { ReadSubject } from './read-subject';
import type { Ignored, Position, SourceObject } from './source';
import { type DocumentText, splitDocuments, splitJson } from './split';

/** What one file holds. */
export interface FileContent {
  readonly objects: readonly SourceObject[];
  readonly unevaluated: readonly Unevaluated[];
  readonly ignored: readonly Ignored[];
  readonly documents: number;
  /** Why what is missing may exist all the same: the file is only a part of something. @default what is missing is not there */
  readonly incomplete?: string;
}

/** Objects that exist only for a tool that makes others: what it makes is to be checked. */
const FOR_TOOLS: ReadonlyMap<string, string> = new Map([['kustomize.config.k8s.io', 'instructions for kustomize: check what `kustomize build` prints']]);
const EMPTY = 'empty: there is no document in it';

/**
 * The subjects in the text of a file: Kubernetes objects, one a document or the items of a list, and the resources of a
 * Pulumi state or preview.
 *
 * @param named whether someone asked for this very file: then what is in it must be something to judge
 */
export function objectsIn(text: string, file: string, named = true): FileContent {
  return new FileReader(file, named).read(text);
}

class FileReader {
  private readonly objects: SourceObject[] = [];
  private readonly unevaluated: Unevaluated[] = [];
  private readonly ignored: Ignored[] = [];
  private readonly places = new Places();
  /** Where in `objects` each Pulumi resource is: a preview may tell of one more than once. */
  private readonly byUrn = new Map<string, number>();
  private documents = 0;
  private incomplete: string | undefined;

  constructor(
    private readonly file: string,
    private readonly named: boolean,
  ) {}

  read(text: string): FileContent {
    for (const document of splitDocuments(text)) this.readDocument(document);
    if (this.documents === 0) this.leave(EMPTY);
    const { objects, unevaluated, ignored, documents, incomplete } = this;
    return { objects, unevaluated, ignored, documents, ...(incomplete !== undefined && { incomplete }) };
  }

  private readDocument(document: DocumentText, parts = splitJson): void {
    const parsed = readDocument(document.text);
    if ('value' in parsed) {
      if (parsed.value !== null && parsed.value !== undefined) this.documents++;
      const { json, positions } = parsed;
      const place = { ...document, ...(json && { json }), ...(positions && { positions }) };
      const before = this.objects.length + this.unevaluated.length;
      this.open(parsed.value, place, []);
      const matters = this.objects.length + this.unevaluated.length > before;
      if (parsed.repeated && matters) this.fail({ ...parsed.repeated, line: parsed.repeated.line + document.linesBefore }, 'duplicated key: only the last of its values was evaluated');
      return;
    }
    const split = parts(document);
    if (split.length > 1) {
      for (const part of split) this.readDocument(part, (whole) => [whole]);
      return;
    }
    this.documents++;
    const at = { line: parsed.line + document.linesBefore, column: parsed.column };
    // Settings of editors and compilers are no manifests, whatever else is in them.
    if (!this.named && isSettings(document.text)) this.ignored.push({ file: this.file, ...at, reason: 'JSON with comments: no manifest' });
    else this.fail(at, parsed.reason);
  }

  /** Takes what is to be judged out of a value. */
  private open(value: unknown, document: ParsedText, at: FieldPath): void {
    const items = itemsOf(value);
    if (items) {
      items.forEach((item, index) => this.open(item, document, [...at, 'items', index]));
      return;
    }
    if (isKubernetesObject(value) && value.kind === 'List') {
      this.fail(this.places.at(document, [...at, 'items']), 'a List whose items are no list');
      return;
    }
    const reason = isKubernetesObject(value) ? FOR_TOOLS.get(apiGroup(value)) : undefined;
    if (isKubernetesObject(value) && reason === undefined) {
      this.take(value, document, at, at);
      return;
    }
    const pulumi = at.length === 0 ? readPulumi(value) : undefined;
    if (pulumi) this.openPulumi(pulumi, document);
    else if (reason !== undefined) this.leave(reason, this.places.at(document, at));
    else if (at.length > 0) this.fail(this.places.at(document, at), whyNot(value));
    else if (value !== null && value !== undefined) this.refuse(value, this.places.at(document, at));
  }

  private openPulumi({ resources, left = 0 }: PulumiDocument, document: ParsedText): void {
    for (const { state, at } of resources) {
      const found = subjectOf(state);
      if (found === undefined) continue;
      if (typeof found === 'string') {
        this.unevaluated.push({ file: this.file, ...this.places.at(document, at), object: referenceOf(state), reason: found });
        continue;
      }
      const { subject, inputs, partial } = found;
      const path = [...at, ...inputs];
      const inside = readOr(undefined, () => itemsOf(subject));
      if (inside) inside.forEach((item, index) => this.open(item, document, [...path, 'items', index]));
      else this.take(subject, document, at, path, { partial, urn: state.urn });
    }
    if (left > 0) {
      const reason = `${left} resources stay as they are and are not in this preview: \`pulumi preview --json --show-sames\` lists them`;
      this.ignored.push({ file: this.file, line: document.linesBefore + 1, column: 1, reason });
      this.incomplete = 'the preview hides resources that stay as they are: `pulumi preview --json --show-sames` lists them';
    }
  }

  private take(object: Subject, document: ParsedText, start: FieldPath, fields: FieldPath, { partial = false, urn }: { partial?: boolean; urn?: unknown } = {}): void {
    const subject = new ReadSubject(object, partial, this.file, this.places, { document, start, fields });
    const known = typeof urn === 'string' ? this.byUrn.get(urn) : undefined;
    if (known !== undefined) {
      this.objects[known] = subject;
      return;
    }
    if (typeof urn === 'string') this.byUrn.set(urn, this.objects.length);
    this.objects.push(subject);
  }

  /** A value that is nothing to judge. In a folder, that is most files; only what nearly is an object was meant to be one. */
  private refuse(value: unknown, at: Position): void {
    const nearly = isFields(value) && (typeof value.apiVersion === 'string' || typeof value.kind === 'string');
    if (nearly) this.fail(at, whyNot(value));
    else this.leave(whyNot(value), at);
  }

  private leave(reason: string, at?: Position): void {
    if (this.named) this.unevaluated.push({ file: this.file, ...at, reason });
    else this.ignored.push({ file: this.file, ...at, reason });
  }

  private fail(at: Position, reason: string): void {
    this.unevaluated.push({ file: this.file, ...at, reason });
  }
}

/** Whether a text is JSON with comments, which no tool of Kubernetes reads. */
function isSettings(text: string): boolean {
  return !text.includes('"apiVersion"') && isRelaxedJson(text);
}

/** The items of a list of objects; the items of a typed list (PodList) may leave out what the list says. */
function itemsOf(value: unknown): readonly unknown[] | undefined {
  if (!isFields(value)) return undefined;
  const { kind, apiVersion, items, metadata } = value;
  if (typeof kind !== 'string' || !kind.endsWith('List')) return undefined;
  if (kind === 'List') return Array.isArray(items) ? items : (items ?? undefined) === undefined ? [] : undefined;
  // An object of a kind that is called a list has a name, a list of objects has none.
  if (!Array.isArray(items) || (isFields(metadata) && metadata.name !== undefined)) return undefined;
  return items.map((item: unknown) => (isFields(item) ? { apiVersion, kind: kind.slice(0, -'List'.length), ...item } : item));
}

function whyNot(value: unknown): string {
  if (Array.isArray(value)) return 'not a Kubernetes object: a list';
  if (!isFields(value)) return `not a Kubernetes object: ${value === null ? 'nothing' : `the ${typeof value} ${JSON.stringify(value).slice(0, 60)}`}`;
  const missing = ['apiVersion', 'kind'].filter((field) => typeof value[field] !== 'string' || value[field] === '');
  return `not a Kubernetes object: ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing or not text`;
}
