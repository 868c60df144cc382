import { decodeStruct, encodeStruct, type StructBytes } from '../../../components/apiserver/plugin/wire';
import type { LiveObject } from '../../../components/apiserver/objects';
import { formatToken } from '../../../local/provider/tokens';

/** An object a test deploys. */
export interface TestObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

export function urnOf({ apiVersion, kind, metadata }: TestObject): string {
  return `urn:pulumi:test::project::kubeflow-cdk:index:Platform$${formatToken({ apiVersion, kind })}::${metadata.namespace ?? ''}/${metadata.name}`;
}

export const NOTHING: StructBytes = encodeStruct({});
export const bytes = (value: object): StructBytes => encodeStruct({ ...value });
export const values = (struct: StructBytes): Record<string, unknown> => decodeStruct(struct);

/** An object as a controller has left it. */
export function live(kind: string, fields: Record<string, unknown>, generation = 1): LiveObject {
  return { apiVersion: 'v1', kind, metadata: { name: 'x', namespace: 'ns', generation }, ...fields };
}
