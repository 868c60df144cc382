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

/** Whether there is a page about a policy: not about one that a user wrote. */
export function hasPage(id: string): boolean {
  return described(id) !== undefined;
}

/** The page about a policy, from the root of the package. */
export function pageOf(id: string): string {
  return `docs/policies/${id}.md`;
}
