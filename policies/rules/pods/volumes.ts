import type { PodTemplate } from '../../engine/pod-template';
import { setting } from '../../engine/setting';
import { readOr } from '../../engine/unknown-value';

/** What a volume is called in messages: its name, or its place if it has none. */
export function volumeName(template: PodTemplate, index: number): string {
  const name = readOr(undefined, () => setting(template, 'volumes', index, 'name').value);
  const isName = (typeof name === 'string' && name !== '') || typeof name === 'number' || typeof name === 'boolean';
  return String(isName ? name : index);
}
