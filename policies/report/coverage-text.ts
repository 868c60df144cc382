import type { CheckCoverage, CheckResult } from '../check';
import { tally } from './state';
import { counted, cut, printable } from './text';

/** More reasons than this are counted, not named. */
const REASONS_SHOWN = 3;
const LONGEST_REASON = 100;

/** How many findings there are, by what they mean, e.g. `1 blocking finding, 2 waived`. */
export function verdict({ findings }: Pick<CheckResult, 'findings'>): string {
  const { blocking, advisory, waived, known } = tally(findings);
  const others = [
    ...(advisory > 0 ? [`${advisory} advisory`] : []),
    ...(waived > 0 ? [`${waived} waived`] : []),
    ...(known > 0 ? [`${known} in the baseline`] : []),
  ];
  // Beside others it must be clear that they are not among them.
  return [counted(blocking, others.length > 0 ? 'blocking finding' : 'finding'), ...others].join(', ');
}

/** What was seen, and what was not: one line. */
export function coverageText(coverage: CheckCoverage): string {
  const { files, documents, objects, resources, exempt, podTemplates, containers, policies, undecided, unevaluated, ignored, baselineGone = 0 } = coverage;
  const clouds = resources > 0 ? ` and ${counted(resources, 'cloud resource')}` : '';
  return [
    `${counted(policies, 'policy', 'policies')} on ${counted(objects, 'object')} (${counted(podTemplates, 'pod template')}, ${counted(containers, 'container')})${clouds}`,
    `from ${counted(documents, 'document')} in ${counted(files, 'file')}`,
    `${unevaluated.length} not evaluated${because(unevaluated)}`,
    ...(undecided.length > 0 ? [`${counted(undecided.length, 'check')} undecided${because(undecided)}`] : []),
    ...(exempt > 0 ? [`${counted(exempt, 'object')} in exempt namespaces`] : []),
    ...(baselineGone > 0 ? [`${baselineGone} of the baseline no longer found`] : []),
    ...(ignored.length > 0 ? [`${ignored.length} ignored${because(ignored)}`] : []),
  ].join('; ');
}

/** The reasons, the most frequent first. */
function because(problems: readonly { readonly reason: string }[]): string {
  if (problems.length === 0) return '';
  const counts = new Map<string, number>();
  for (const { reason } of problems) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const reasons = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const shown = reasons.slice(0, REASONS_SHOWN).map(([reason, count]) => `${cut(printable(reason), LONGEST_REASON)}${reasons.length > 1 ? ` (${count})` : ''}`);
  const left = reasons.length - shown.length;
  return `: ${[...shown, ...(left > 0 ? [counted(left, 'other reason')] : [])].join(', ')}`;
}
