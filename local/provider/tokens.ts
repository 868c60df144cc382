/** What a Pulumi type token of the `kubernetes` package stands for. */
export interface ObjectType {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Groups of the package that are ways to bring many objects, not API groups. */
const NO_GROUPS = new Set(['helm.sh', 'yaml', 'kustomize']);

/**
 * Reads a type token: `kubernetes:apps/v1:Deployment` is kind Deployment of apps/v1, `kubernetes:core/v1:Secret` kind
 * Secret of v1.
 * @throws Error for tokens that stand for no object: charts, releases, YAML groups, lists, patches.
 */
export function parseToken(token: string): ObjectType {
  const match = /^kubernetes:([a-z0-9.-]+)\/([a-z0-9]+):([A-Z][A-Za-z0-9]*)$/.exec(token);
  const [, group, version, kind] = match ?? [];
  if (!group || !version || !kind || NO_GROUPS.has(group) || /^v\d+/.exec(version) === null) {
    throw new Error(`Type ${token} is not a Kubernetes object (kubernetes:<group>/<version>:<Kind>); this provider serves plain objects only`);
  }
  return { apiVersion: group === 'core' ? version : `${group}/${version}`, kind };
}

/** The type token of an object. */
export function formatToken({ apiVersion, kind }: ObjectType): string {
  return `kubernetes:${apiVersion.includes('/') ? apiVersion : `core/${apiVersion}`}:${kind}`;
}
