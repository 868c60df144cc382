import { type Finding, isBlocking } from '../engine/finding';
import type { Severity } from '../engine/policy';

/** What a finding means for the run: it fails it, it advises, an exception covers it, or the baseline has it. */
export type State = 'blocking' | 'advisory' | 'waived' | 'known';

/** Severities, the worst first. */
export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

export function stateOf(finding: Finding): State {
  if (finding.waived) return 'waived';
  if (finding.baseline) return 'known';
  return isBlocking(finding) ? 'blocking' : 'advisory';
}

/** Whether someone should look at a finding now. */
export function isOpen(finding: Finding): boolean {
  return !finding.waived && !finding.baseline;
}

/** How many findings there are of each state. */
export function tally(findings: readonly Finding[]): Readonly<Record<State, number>> {
  const counts: Record<State, number> = { blocking: 0, advisory: 0, waived: 0, known: 0 };
  for (const finding of findings) counts[stateOf(finding)]++;
  return counts;
}

/** Those that are open: what blocks before what advises, the worst first, else as they came. */
export function openFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(isOpen).sort((a, b) => urgency(a) - urgency(b));
}

/** A number that grows as it matters less. */
export function urgency(finding: Finding): number {
  return (stateOf(finding) === 'blocking' ? 0 : SEVERITIES.length) + SEVERITIES.indexOf(finding.severity);
}
