import type { Finding } from '../engine/finding';

/** Findings on the same object of the same file, in the order in which each object first comes. */
export function byObject(findings: readonly Finding[]): Iterable<readonly [Finding, ...Finding[]]> {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const { apiVersion, kind, namespace, name } = finding.object;
    const key = JSON.stringify([apiVersion, kind, namespace, name, finding.file]);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return groups.values();
}

/** How many findings there are of each policy, the worst and most frequent first. */
export function byPolicy(findings: readonly Finding[], rank: (finding: Finding) => number): readonly { readonly example: Finding; readonly count: number }[] {
  const counts = new Map<string, { readonly example: Finding; count: number }>();
  for (const finding of findings) {
    const counted = counts.get(finding.policy);
    if (counted) counted.count++;
    else counts.set(finding.policy, { example: finding, count: 1 });
  }
  return [...counts.values()].sort((a, b) => rank(a.example) - rank(b.example) || b.count - a.count || (a.example.policy < b.example.policy ? -1 : 1));
}
