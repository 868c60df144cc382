import { stringify } from 'yaml';
import { referenceTo } from '../engine/object';
import { isResourcePolicy, type Policy } from '../engine/policy';
import { WAIVER_ANNOTATION } from '../engine/waivers/waiver';
import { evaluate } from '../evaluate';
import type { Described } from './catalogue';

/** Ways to state an exception from a policy, each with what it is good for; none for what is said about waivers. */
export function waysToWaive(policy: Described): readonly { readonly where: string; readonly yaml: string }[] {
  if (!('examples' in policy)) return [];
  const reason = 'why it is needed';
  const object = exampleObject(policy);
  const waivers = [{ policy: policy.id, ...(object && { object }), reason }];
  const inFile = { where: 'In a waiver file:', yaml: stringify({ waivers }).trimEnd() };
  if (isResourcePolicy(policy)) return [inFile];
  const annotations = { [WAIVER_ANNOTATION + policy.id]: reason };
  return [
    { where: 'On the object:', yaml: stringify({ metadata: { annotations } }).trimEnd() },
    { ...inFile, where: 'In a waiver file, for an object that cannot be edited:' },
  ];
}

/** The object of the failing example that is found at fault: of several, not each is. */
function exampleObject(policy: Policy) {
  const subjects = [policy.examples.fails].flat();
  const [finding] = evaluate(subjects, { policies: [policy] }).findings;
  const [subject] = subjects;
  const reference = finding?.object ?? (subject && referenceTo(subject));
  if (!reference) return undefined;
  const { kind, namespace, name } = reference;
  return { kind, ...(namespace !== undefined && { namespace }), name };
}
