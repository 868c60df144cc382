/** Numbers of one control in the benchmarks that have it. */
interface Numbering {
  /** CIS Kubernetes 1.12 and 2.0.1. @default not in that benchmark */
  readonly kubernetes?: string;
  /** CIS Kubernetes 1.8 to 1.11, if it differs. @default as in 2.0.1 */
  readonly upTo1_11?: readonly string[];
  /** CIS Kubernetes 1.8 to 1.10, if it differs from 1.11. @default as in 1.11 */
  readonly upTo1_10?: readonly string[];
  /** CIS EKS 1.8. @default not in that benchmark */
  readonly eks?: string | readonly string[];
  /** CIS GKE 1.9. @default not in that benchmark */
  readonly gke?: string | readonly string[];
  /** CIS AKS 1.8. @default not in that benchmark */
  readonly aks?: string | readonly string[];
}

/**
 * Exact references of a control in every benchmark version that has it, the newest Kubernetes benchmark first.
 *
 * @see https://www.cisecurity.org/benchmark/kubernetes
 */
export function cis({ kubernetes, upTo1_11 = one(kubernetes), upTo1_10 = upTo1_11, eks, gke, aks }: Numbering): readonly string[] {
  return [
    ...references('kubernetes', ['2.0.1', '1.12'], one(kubernetes)),
    ...references('kubernetes', ['1.11'], upTo1_11),
    ...references('kubernetes', ['1.10', '1.9', '1.8'], upTo1_10),
    ...references('eks', ['1.8'], one(eks)),
    ...references('gke', ['1.9'], one(gke)),
    ...references('aks', ['1.8'], one(aks)),
  ];
}

/** Numbers of one control in the foundations benchmark of a cloud, by benchmark version, e.g. `{ '6.0.0': '2.1.1' }`. */
export function foundations(cloud: 'aws' | 'gcp' | 'azure', numbers: Readonly<Record<string, string | readonly string[]>>): readonly string[] {
  return Object.entries(numbers).flatMap(([version, ids]) => references(cloud, [version], one(ids)));
}

function references(benchmark: string, versions: readonly string[], ids: readonly string[]): readonly string[] {
  return versions.flatMap((version) => ids.map((id) => `cis-${benchmark}-${version}:${id}`));
}

function one(ids: string | readonly string[] | undefined): readonly string[] {
  return ids === undefined ? [] : typeof ids === 'string' ? [ids] : ids;
}
