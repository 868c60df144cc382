import { readFileSync } from 'node:fs';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type CompactCrd, type CompactCrds, expand } from './compact';

/** The part of a CRD's `spec` that components look at or complete. */
export interface CrdSpec {
  readonly group: string;
  readonly names: { readonly kind: string; readonly plural: string; readonly [field: string]: unknown };
  readonly scope: 'Namespaced' | 'Cluster';
  readonly versions: readonly { readonly name: string; readonly served: boolean; readonly storage: boolean; readonly [field: string]: unknown }[];
  readonly conversion?: unknown;
  readonly [field: string]: unknown;
}

/** What a component adds to one of its CRDs. */
export interface CrdAddition {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  /** `spec.conversion`: who converts between its versions. @default as in the release */
  readonly conversion?: unknown;
}

/** Props of {@link CustomResourceDefinitions}. */
export interface CustomResourceDefinitionsProps {
  /** Generated file with the CRDs in compact form. */
  readonly file: string;
  /** Which of the file's CRDs are wanted. @default all */
  readonly only?: (name: string) => boolean;
  /** What the component adds to a CRD. @default nothing */
  readonly add?: (name: string) => CrdAddition | undefined;
}

/** The CRDs of a component, from the generated file beside it. */
export class CustomResourceDefinitions extends Construct {
  /** Names of the CRDs, `<plural>.<group>`. */
  readonly names: readonly string[];

  constructor(scope: Construct, id: string, props: CustomResourceDefinitionsProps) {
    super(scope, id);
    const { crds, definitions } = readCrds(props.file);
    const wanted = crds.filter((crd) => props.only?.(crd.name) ?? true);
    for (const crd of wanted) {
      new CustomResourceDefinition(this, crd.name, crd, definitions, props.add?.(crd.name));
    }
    this.names = wanted.map((crd) => crd.name);
  }
}

/** One CRD. Its schema goes out as it is read: resolving and sorting it as other objects are would cost more than all of them. */
class CustomResourceDefinition extends ApiObject {
  constructor(
    scope: Construct,
    id: string,
    private readonly crd: CompactCrd,
    private readonly definitions: CompactCrds['definitions'],
    private readonly addition: CrdAddition = {},
  ) {
    super(scope, id, {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: crd.name, annotations: { ...addition.annotations }, labels: { ...addition.labels } },
    });
  }

  override toJson(): unknown {
    const { name, annotations, labels } = this.metadata.toJson() as { name: string; annotations?: Record<string, string>; labels?: Record<string, string> };
    const spec = expand(this.crd.spec, this.definitions, expandedDefinitions(this.definitions)) as CrdSpec;
    const conversion = this.addition.conversion ?? spec.conversion;
    return {
      apiVersion: this.apiVersion,
      kind: this.kind,
      metadata: { ...(annotations && Object.keys(annotations).length > 0 ? { annotations } : {}), labels, name },
      spec: conversion === undefined ? spec : { ...spec, conversion },
    };
  }
}

const files = new Map<string, CompactCrds>();
const expanded = new WeakMap<object, Map<string, unknown>>();

function readCrds(file: string): CompactCrds {
  const known = files.get(file) ?? (JSON.parse(readFileSync(file, 'utf8')) as CompactCrds);
  files.set(file, known);
  return known;
}

function expandedDefinitions(definitions: CompactCrds['definitions']): Map<string, unknown> {
  const known = expanded.get(definitions) ?? new Map<string, unknown>();
  expanded.set(definitions, known);
  return known;
}
