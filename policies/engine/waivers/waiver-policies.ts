import type { Policy } from '../policy';

/** The part of a policy that describes findings on waivers: those are made by the engine, not by a check. */
export type WaiverRule = Pick<Policy, 'id' | 'title' | 'severity' | 'enforcement' | 'controls' | 'rationale' | 'remediation'>;

/** A waiver that covers nothing would silently cover the next real finding. */
export const WAIVER_UNUSED: WaiverRule = {
  id: 'waiver-unused',
  title: 'Waivers cover a finding',
  severity: 'low',
  enforcement: 'mandatory',
  controls: [],
  rationale: 'An exception that is no longer needed stays behind as a hole: the next finding of that policy would be waived without anyone judging it.',
  remediation: 'Remove the waiver, or the container names in it that need none.',
};

/** An expired waiver no longer covers anything. */
export const WAIVER_EXPIRED: WaiverRule = {
  id: 'waiver-expired',
  title: 'Waivers have not expired',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: [],
  rationale: 'A dated exception was granted until that day. After it the finding counts again, and the waiver only misleads.',
  remediation: 'Fix the finding and remove the waiver, or judge the exception again and give it a new date.',
};

/** A waiver that cannot be understood covers nothing. */
export const WAIVER_MALFORMED: WaiverRule = {
  id: 'waiver-malformed',
  title: 'Waivers can be understood',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: [],
  rationale: 'A waiver with a misspelt policy or date looks like an exception and is none.',
  remediation: 'Correct the waiver: the policy id, the reason, the date as YYYY-MM-DD.',
};

/** What the engine itself reports about waivers. */
export const WAIVER_RULES: readonly WaiverRule[] = [WAIVER_UNUSED, WAIVER_EXPIRED, WAIVER_MALFORMED];
