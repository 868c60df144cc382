import { InvalidInputError } from '../../../constructs/core';

/** Registries that can be upstream. */
export type UpstreamRegistry = 'quay.io' | 'registry.k8s.io' | 'ghcr.io' | 'docker.io';

/** Who pulls from a registry that lets more be pulled by those it knows. */
export interface UpstreamCredentials {
  readonly username: string;
  /** Version of a secret in Secret Manager with the password or token, e.g. `projects/my-project/secrets/docker-hub/versions/1`. */
  readonly passwordVersion: string;
}

/** A public registry whose images are kept in one's own as they are pulled. */
export interface Upstream {
  readonly registry: UpstreamRegistry;
  /** @default none: pulled as anybody may */
  readonly credentials?: UpstreamCredentials;
}

/** Where a registry is asked. Docker Hub is known to Artifact Registry by name. */
export const UPSTREAM_URIS: Readonly<Record<Exclude<UpstreamRegistry, 'docker.io'>, string>> = {
  'quay.io': 'https://quay.io',
  'registry.k8s.io': 'https://registry.k8s.io',
  'ghcr.io': 'https://ghcr.io',
};

const REGISTRIES: readonly string[] = [...Object.keys(UPSTREAM_URIS), 'docker.io'];
const SECRET_VERSION = /^projects\/([^/]+)\/secrets\/([A-Za-z0-9_-]{1,255})\/versions\/(\d+|latest)$/;

/** Project and name of a secret by the name of one of its versions. */
export function secretOf(version: string): { readonly project: string; readonly secretId: string } | undefined {
  const [, project, secretId] = SECRET_VERSION.exec(version) ?? [];
  return project === undefined || secretId === undefined ? undefined : { project, secretId };
}

/** @throws InvalidInputError if a registry is none that can be upstream, is named twice, or its credentials are none */
export function checkUpstreams(upstreams: readonly Upstream[], where: string): void {
  const refuse = (property: string, value: unknown, expected: string): never => {
    throw new InvalidInputError({ property, value, expected, where });
  };
  for (const [index, { registry, credentials }] of upstreams.entries()) {
    const property = `pullThrough[${index}]`;
    if (!REGISTRIES.includes(registry)) refuse(`${property}.registry`, registry, `one of ${REGISTRIES.join(', ')}`);
    if (upstreams.findIndex((each) => each.registry === registry) !== index) refuse(`${property}.registry`, registry, 'each registry once');
    if (!credentials) continue;
    if (credentials.username.trim() === '') refuse(`${property}.credentials.username`, credentials.username, 'the name of a user');
    if (!secretOf(credentials.passwordVersion)) refuse(`${property}.credentials.passwordVersion`, credentials.passwordVersion, "a version of a secret such as 'projects/my-project/secrets/docker-hub/versions/1'");
  }
}
