/** What a control reference is made of. */
export interface Control {
  /** Name of the benchmark as people know it, e.g. `CIS EKS`. */
  readonly benchmark: string;
  /** `''` if the benchmark has no versions. */
  readonly version: string;
  readonly id: string;
}

/** One benchmark's ids, and the versions in which they are these. */
export interface Numbering {
  readonly benchmark: string;
  readonly ids: readonly string[];
  /** The newest first; empty if the benchmark has no versions. */
  readonly versions: readonly string[];
}

const CIS: Readonly<Record<string, string>> = {
  kubernetes: 'CIS Kubernetes',
  eks: 'CIS EKS',
  gke: 'CIS GKE',
  aks: 'CIS AKS',
  aws: 'CIS AWS Foundations',
  gcp: 'CIS Google Cloud Foundations',
  azure: 'CIS Azure Foundations',
};
const OTHERS: Readonly<Record<string, string>> = {
  pss: 'Pod Security Standards',
  'resource-limits': 'Requests and limits',
  hardening: 'Hardening',
};

/** Takes a reference such as `cis-eks-1.8:4.2.1` or `pss:baseline` apart. */
export function parseControl(reference: string): Control {
  const [, benchmark = '', version = '', id = reference] = /^cis-([a-z]+)-([^:]+):(.+)$/.exec(reference) ?? [];
  if (benchmark !== '') return { benchmark: CIS[benchmark] ?? `CIS ${benchmark}`, version, id };
  const colon = reference.indexOf(':');
  const family = reference.slice(0, Math.max(colon, 0));
  return { benchmark: OTHERS[family] ?? family, version: '', id: reference.slice(colon + 1) };
}

/** Controls by benchmark, and within it by numbering: versions that number alike are one entry. */
export function numberings(references: readonly string[]): readonly Numbering[] {
  const benchmarks = new Map<string, Map<string, string[]>>();
  for (const { benchmark, version, id } of references.map(parseControl)) {
    const versions = benchmarks.get(benchmark) ?? new Map<string, string[]>();
    benchmarks.set(benchmark, versions);
    versions.set(version, [...(versions.get(version) ?? []), id]);
  }
  return [...benchmarks].flatMap(([benchmark, versions]) => {
    const alike = new Map<string, { ids: string[]; versions: string[] }>();
    for (const [version, ids] of versions) {
      const same = alike.get(ids.join()) ?? { ids, versions: [] };
      alike.set(ids.join(), same);
      if (version !== '') same.versions.push(version);
    }
    return [...alike.values()].map((each) => ({ benchmark, ...each }));
  });
}

/** The newest number in each benchmark, short: `Kubernetes 5.2.2, EKS 4.2.1, pss:baseline`. */
export function shortControls(references: readonly string[]): string {
  const newest = new Map<string, string>();
  for (const { benchmark, ids } of numberings(references.filter(isVersioned))) {
    if (!newest.has(benchmark)) newest.set(benchmark, `${benchmark.replace(/^CIS | Foundations$/g, '')} ${ids.join(' ')}`);
  }
  return [...newest.values(), ...references.filter((reference) => !isVersioned(reference))].join(', ');
}

/** The newest numbers, for where the benchmark is named already. */
export function newestIds(references: readonly string[]): string {
  return numberings(references)[0]?.ids.join(', ') ?? '';
}

function isVersioned(reference: string): boolean {
  return parseControl(reference).version !== '';
}

/** Ids, and in brackets the versions that have them: `5.2.2 (2.0.1, 1.12)`. */
export function showNumbering({ ids, versions }: Numbering): string {
  return ids.join(', ') + (versions.length > 0 ? ` (${versions.join(', ')})` : '');
}
