import type { Finding, Undecided } from '../engine/finding';

/** A violation as Pulumi prints it, below the Pulumi policy's description and the resource. */
export function showFinding(finding: Finding): string {
  return `${showProblem(finding)}. ${finding.remediation}${finding.controls[0] === undefined ? '' : ` [${finding.controls[0]}]`}`;
}

/** What is wrong and where, without what to do about it. */
export function showProblem({ policy, title, severity, message, path, found }: Finding): string {
  const where = path === '' ? '' : ` (${path}: ${found === null ? 'not set' : JSON.stringify(found)})`;
  return `${policy} (${severity}), ${title}: ${message}${where}`;
}

/** A check that came to no verdict, and why. */
export function showUndecided({ policy, container, path, reason }: Undecided): string {
  const at = container === undefined ? '' : `container '${container}', `;
  return `${policy}, undecided: ${at}${path}: ${reason}`;
}
