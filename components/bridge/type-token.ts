import type { Manifest } from '../../constructs/core';

/**
 * Pulumi type of a Kubernetes object, as the official provider names it: `kubernetes:core/v1:Namespace`,
 * `kubernetes:apps/v1:Deployment`, `kubernetes:cert-manager.io/v1:Certificate`.
 *
 * @see https://www.pulumi.com/registry/packages/kubernetes/
 */
export function typeToken({ apiVersion, kind }: Pick<Manifest, 'apiVersion' | 'kind'>): string {
  return `kubernetes:${apiVersion.includes('/') ? apiVersion : `core/${apiVersion}`}:${kind}`;
}

/** Pulumi name of an object: where it is on the cluster, never where it was declared, so that moving code replaces nothing. */
export function resourceName({ metadata }: Pick<Manifest, 'metadata'>): string {
  return metadata.namespace ? `${metadata.namespace}/${metadata.name}` : metadata.name;
}
