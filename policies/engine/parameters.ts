/** What users may set about the policies; every one of them has a default. */
export interface PolicyParameters {
  /**
   * Where images may come from: registries or repositories, e.g. `registry.example.com` or `quay.io/jetstack`.
   *
   * @default any
   */
  readonly allowedRegistries?: readonly string[];
  /** Resources of which every container must state a limit. @default cpu and memory */
  readonly requiredLimits: readonly RequiredResource[];
  /** Resources of which every container must state a request. @default cpu and memory */
  readonly requiredRequests: readonly RequiredResource[];
  /**
   * How many times its request a limit may be, by resource, e.g. `{ memory: 2 }`.
   *
   * @default unbounded
   */
  readonly maxLimitRequestRatio: Readonly<Partial<Record<RequiredResource, number>>>;
  /** Namespaces whose objects are not judged (counted in the coverage). @default none */
  readonly exemptNamespaces: readonly string[];
  /**
   * Kubernetes release whose definition of the Pod Security Standards holds, e.g. `1.30`.
   *
   * @default 'latest'
   */
  readonly podSecurityVersion: string;
}

/** A resource that can be required. */
export type RequiredResource = 'cpu' | 'memory';

/** What holds unless it is set otherwise. */
export const DEFAULT_PARAMETERS: PolicyParameters = {
  requiredLimits: ['cpu', 'memory'],
  requiredRequests: ['cpu', 'memory'],
  maxLimitRequestRatio: {},
  exemptNamespaces: [],
  podSecurityVersion: 'latest',
};
