import { InvalidInputError } from '../../../constructs/core';

/**
 * A public registry whose images are kept in one's own as they are pulled. Those that ECR does not let anonymous people pull from need the ARN of a
 * secret with `username` and `accessToken`, whose name begins with `ecr-pullthroughcache/`.
 */
export type Upstream =
  | { readonly registry: 'quay.io' | 'registry.k8s.io' | 'public.ecr.aws' }
  | { readonly registry: 'docker.io' | 'ghcr.io'; readonly credentialArn: string };

/** Registries that can be upstream. */
export type UpstreamRegistry = Upstream['registry'];

/** What ECR goes to for a registry. @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html */
export const UPSTREAM_URLS: Readonly<Record<UpstreamRegistry, string>> = {
  'quay.io': 'quay.io',
  'registry.k8s.io': 'registry.k8s.io',
  'public.ecr.aws': 'public.ecr.aws',
  'docker.io': 'registry-1.docker.io',
  'ghcr.io': 'ghcr.io',
};

/** Names of the secrets ECR may read. */
export const CREDENTIAL_ARN = /^arn:aws(-\w+)*:secretsmanager:[a-zA-Z0-9-:]+:secret:ecr-pullthroughcache\/[a-zA-Z0-9/_+=.@-]+$/;

/** @throws InvalidInputError if a registry is named twice, or its secret is none that ECR may read */
export function checkUpstreams(upstreams: readonly Upstream[], where: string): void {
  const seen = new Set<UpstreamRegistry>();
  for (const [index, upstream] of upstreams.entries()) {
    if (seen.has(upstream.registry)) throw new InvalidInputError({ property: `pullThrough[${index}].registry`, value: upstream.registry, expected: 'each registry once', where });
    seen.add(upstream.registry);
    if ('credentialArn' in upstream && !CREDENTIAL_ARN.test(upstream.credentialArn)) {
      throw new InvalidInputError({ property: `pullThrough[${index}].credentialArn`, value: upstream.credentialArn, expected: "the ARN of a secret whose name begins with 'ecr-pullthroughcache/'", where });
    }
  }
}
