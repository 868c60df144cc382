import { type FieldPath, formatPath, read } from '../field-path';
import type { Finding, WaivedBy } from '../finding';
import { isCloudResource, isFields, type KubernetesObject, type ObjectReference, referenceTo, type Subject } from '../object';
import { type Container, isContainer, type PodTemplate } from '../pod-template';
import type { Policy } from '../policy';
import { suggest } from '../suggest';
import { readOr } from '../unknown-value';
import { checkTerms, hasExpired, type ObjectWaiver, parseAnnotation, WAIVER_ANNOTATION, type WaiverTerms } from './waiver';
import { WAIVER_EXPIRED, WAIVER_MALFORMED, WAIVER_UNUSED, type WaiverRule } from './waiver-policies';

/** What waivers are judged against. */
export interface WaiverOptions {
  /** Ids that a waiver may name, besides those of the policies that run and their controls. */
  readonly known: Iterable<string>;
  /** The policies that run: only their waivers can be found unused. */
  readonly evaluated: readonly Pick<Policy, 'id' | 'controls'>[];
  /** Ids of policies that may not be waived. */
  readonly notWaivable: ReadonlySet<string>;
  /** Day against which expiry is judged. @default no waiver has expired yet */
  readonly now?: Date;
  /** Waivers for objects that cannot be edited. */
  readonly external: readonly ObjectWaiver[];
}

/** Where a waiver is written, and so where a finding on it stands. */
interface Origin {
  readonly object: ObjectReference;
  readonly path: FieldPath;
  readonly declared: string;
  readonly source?: ObjectWaiver['source'];
}

/** A waiver that can be understood, and what it has covered so far. */
interface Entry {
  /** Policy id, or control. */
  readonly policy: string;
  readonly terms: WaiverTerms;
  readonly origin: Origin;
  readonly expired: boolean;
  /** Only findings of this template are covered. */
  readonly template?: PodTemplate;
  readonly covered: Set<string>;
  /** Whether a check it is for came to no verdict, so that it may be needed after all. */
  unclear: boolean;
}

/** What waivers may name. */
interface WaivableNames {
  /** Ids of all policies, whether they run or not. */
  readonly policies: ReadonlySet<string>;
  /** Ids and controls of the policies that run. */
  readonly evaluated: ReadonlySet<string>;
}

/** Stands for "the object as a whole" among the names of containers that were covered. */
const WHOLE = '';
const UNKNOWN = Symbol('not known yet');

/** All waivers of one evaluation. */
export class WaiverLedger {
  private readonly external: GivenWaiver[] = [];
  /** The same by kind, for those that name one. */
  private readonly externalByKind = new Map<string, GivenWaiver[]>();
  private readonly problems: Finding[] = [];
  private names: WaivableNames | undefined;

  constructor(private readonly options: WaiverOptions) {
    for (const waiver of options.external) {
      const origin: Origin = {
        object: { apiVersion: '', ...waiver.object },
        path: [],
        declared: waiver.source ? waiver.source.file : 'the given waivers',
        source: waiver.source,
      };
      const { policy: _policy, object: _object, source: _source, ...terms } = waiver;
      const entry = this.accept(waiver.policy, checkTerms(terms), origin, this.problems);
      if (!entry) continue;
      const given = { fits: objectMatcher(waiver.object), entry };
      this.external.push(given);
      const kind = waiver.object.kind.includes('*') ? ANY_KIND : waiver.object.kind;
      this.externalByKind.set(kind, [...(this.externalByKind.get(kind) ?? []), given]);
    }
  }

  /** The waivers that hold for an object: those on it, in its pod templates, and for it. */
  open(object: Subject, templates: readonly PodTemplate[]): ObjectWaivers {
    const problems: Finding[] = [];
    const written = isCloudResource(object) ? [] : this.readWritten(object, templates, problems);
    const reference = referenceTo(object);
    const given = [reference.kind, ANY_KIND].flatMap((kind) => this.externalByKind.get(kind) ?? []).flatMap(({ fits, entry }) => (fits(reference) ? [entry] : []));
    return new ObjectWaivers(written, given, problems, this);
  }

  private readWritten(object: KubernetesObject, templates: readonly PodTemplate[], problems: Finding[]): Entry[] {
    const written = this.readAnnotations(object, ['metadata'], undefined, problems);
    for (const template of templates) {
      // A Pod's own metadata is read once, as the object's.
      if (!template.metadataPath || formatPath(template.metadataPath) === 'metadata') continue;
      written.push(...this.readAnnotations(object, template.metadataPath, template, problems));
    }
    return written;
  }

  /** Findings on the waivers that were given apart from objects; call it after the last object. */
  close(): readonly Finding[] {
    return [...this.problems, ...this.external.flatMap(({ entry }) => unused(entry, this))];
  }

  /** What waivers may name: found when there is a first one, because most objects have none and a pack evaluates each by itself. */
  waivable(): WaivableNames {
    const { known, evaluated } = this.options;
    this.names ??= {
      policies: new Set([...evaluated.map(({ id }) => id), ...known]),
      evaluated: new Set(evaluated.flatMap(({ id, controls }) => [id, ...controls])),
    };
    return this.names;
  }

  private readAnnotations(object: KubernetesObject, metadata: FieldPath, template: PodTemplate | undefined, problems: Finding[]): Entry[] {
    const annotations = readOr(undefined, () => read(object, ...metadata, 'annotations'));
    if (!isFields(annotations)) return [];
    return Object.keys(annotations).flatMap((key) => {
      if (!key.startsWith(WAIVER_ANNOTATION)) return [];
      // A reason that a preview does not know yet is judged in the update.
      const value = readOr(UNKNOWN, () => annotations[key]);
      if (value === UNKNOWN) return [];
      const path = [...metadata, 'annotations', key];
      const origin: Origin = { object: referenceTo(object), path, declared: formatPath(path) };
      const entry = this.accept(key.slice(WAIVER_ANNOTATION.length), parseAnnotation(value), origin, problems, template);
      return entry ? [entry] : [];
    });
  }

  /** Takes a waiver in if it can be understood, and reports it if it cannot or is out of date. */
  private accept(policy: string, terms: WaiverTerms | string, origin: Origin, problems: Finding[], template?: PodTemplate): Entry | undefined {
    // An annotation key has no place for the colon of a control.
    const isControl = origin.path.length === 0 && policy.includes(':');
    const { policies, evaluated } = this.waivable();
    if (!policies.has(policy) && !(isControl && evaluated.has(policy))) {
      const meant = suggest(policy, isControl ? evaluated : policies);
      problems.push(onWaiver(WAIVER_MALFORMED, origin, policy, `there is no policy '${policy}'${meant ? `; did you mean '${meant}'?` : ''}`));
      return undefined;
    }
    if (typeof terms === 'string') {
      problems.push(onWaiver(WAIVER_MALFORMED, origin, policy, `the waiver of '${policy}' cannot be understood: ${terms}`));
      return undefined;
    }
    const refused = this.options.notWaivable.has(policy) ? policy : this.options.evaluated.find(({ id, controls }) => this.options.notWaivable.has(id) && controls.includes(policy))?.id;
    if (refused !== undefined) {
      problems.push(onWaiver(WAIVER_MALFORMED, origin, policy, `'${refused}' may not be waived: the configuration of this check says so`));
      return undefined;
    }
    const expired = hasExpired(terms, this.options.now);
    if (expired) problems.push(onWaiver(WAIVER_EXPIRED, origin, terms.expires, `the waiver of '${policy}' expired after ${terms.expires}`));
    return { policy, terms, origin, expired, template, covered: new Set(), unclear: false };
  }
}

/** The waivers that may cover findings on one object. */
export class ObjectWaivers {
  constructor(
    private readonly written: readonly Entry[],
    private readonly given: readonly Entry[],
    private readonly problems: readonly Finding[],
    private readonly ledger: WaiverLedger,
  ) {}

  /** The waiver that covers a finding. Every waiver that would cover it counts as used. */
  cover(policy: string, controls: readonly string[], at: Container | PodTemplate | undefined): WaivedBy | undefined {
    if (this.written.length + this.given.length === 0) return undefined;
    let by: WaivedBy | undefined;
    for (const entry of this.matching(policy, controls, at)) {
      entry.covered.add(at && isContainer(at) ? at.name : WHOLE);
      const { reason, owner, expires } = entry.terms;
      by ??= { reason, ...(owner && { owner }), ...(expires && { expires }), declared: entry.origin.declared };
    }
    return by;
  }

  /** Notes that a check came to no verdict: its waivers may be needed. */
  leaveOpen({ id, controls }: Pick<Policy, 'id' | 'controls'>): void {
    for (const entry of [...this.written, ...this.given]) if (entry.policy === id || controls.includes(entry.policy)) entry.unclear = true;
  }

  /** Findings on the waivers written in the object; call it after the last check. */
  close(): readonly Finding[] {
    return [...this.problems, ...this.written.flatMap((entry) => unused(entry, this.ledger))];
  }

  private matching(policy: string, controls: readonly string[], at: Container | PodTemplate | undefined): Entry[] {
    const template = at && isContainer(at) ? at.template : at;
    const container = at && isContainer(at) ? at.name : undefined;
    return [...this.written, ...this.given].filter(
      (entry) =>
        (entry.policy === policy || controls.includes(entry.policy)) &&
        !entry.expired &&
        (entry.template === undefined || entry.template === template) &&
        (entry.terms.containers === undefined || (container !== undefined && entry.terms.containers.includes(container))),
    );
  }
}

function unused(entry: Entry, ledger: WaiverLedger): Finding[] {
  const { policy, terms, origin, covered } = entry;
  if (entry.expired || entry.unclear || !ledger.waivable().evaluated.has(policy)) return [];
  if (covered.size === 0) return [onWaiver(WAIVER_UNUSED, origin, terms.reason, `the waiver of '${policy}' covers no finding`)];
  const idle = (terms.containers ?? []).filter((name) => !covered.has(name));
  if (idle.length === 0) return [];
  const names = idle.map((name) => `'${name}'`).join(', ');
  return [onWaiver(WAIVER_UNUSED, origin, terms.containers, `the waiver of '${policy}' covers no finding in ${names}`)];
}

function onWaiver(rule: WaiverRule, { object, path, source }: Origin, found: unknown, message: string): Finding {
  const { id, title, controls, severity, enforcement, remediation } = rule;
  return { policy: id, title, controls, severity, enforcement, object, path: formatPath(path), found: found ?? null, message, remediation, ...source };
}

/** A waiver that was given apart from the objects. */
interface GivenWaiver {
  readonly entry: Entry;
  fits(object: ObjectReference): boolean;
}

const ANY_KIND = '*';

/** Tells whether a waiver is for an object: `*` stands for any text, and a field left out for any value. */
function objectMatcher(wanted: ObjectWaiver['object']): (object: ObjectReference) => boolean {
  const { kind, name, namespace, apiVersion } = wanted;
  const matchers = [matcher(kind), matcher(name), matcher(namespace), matcher(apiVersion)] as const;
  return (object) => matchers[0](object.kind) && matchers[1](object.name) && matchers[2](object.namespace ?? '') && matchers[3](object.apiVersion);
}

function matcher(wanted: string | undefined): (text: string) => boolean {
  if (wanted === undefined) return () => true;
  if (!wanted.includes('*')) return (text) => text === wanted;
  const pattern = new RegExp(`^${wanted.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`);
  return (text) => pattern.test(text);
}
