import type { Policy } from '../engine/policy';
import { WAIVER_RULES, type WaiverRule } from '../engine/waivers/waiver-policies';
import { POLICIES } from '../rules';

/** What can be explained: a policy, or what the engine itself reports about waivers. */
export type Described = Policy | WaiverRule;

let byId: ReadonlyMap<string, Described> | undefined;

/** The policy or rule about waivers of an id. */
export function described(id: string): Described | undefined {
  byId ??= new Map([...POLICIES, ...WAIVER_RULES].map((each) => [each.id, each]));
  return byId.get(id);
}
