import { type Pack, PACKS } from '../pack-list';
import type { Described } from './catalogue';
import { numberings, showNumbering } from './controls';
import { exampleYaml } from './example-yaml';
import { waysToWaive } from './waiving';

/** Longer lines are hard to read. */
const WIDTH = 88;

/** All that is known of a policy, for a terminal. */
export function explainPolicy(policy: Described): string {
  const { id, title, severity, enforcement, rationale, remediation } = policy;
  const sections = [
    `${id}: ${title}\n${severity}, ${enforcement}`,
    section('Why', wrap(rationale)),
    section('What to do', wrap(remediation)),
    section('Controls', table(numberings(policy.controls).map((numbering) => [numbering.benchmark, showNumbering(numbering)]))),
    section('Packs', packsOf(policy).map(({ name }) => name)),
    ...('examples' in policy ? [section('Fails', exampleYaml(policy.examples.fails).split('\n')), section('Passes', exampleYaml(policy.examples.passes).split('\n'))] : []),
    section('How to waive it', waysToWaive(policy).flatMap(({ where, yaml }, index) => [...(index > 0 ? [''] : []), where, ...yaml.split('\n').map((line) => `  ${line}`)])),
  ];
  return sections.filter((text) => text !== '').join('\n\n');
}

/** The packs in which a policy's findings count. */
export function packsOf({ controls }: Pick<Described, 'controls'>): readonly Pack[] {
  return PACKS.filter((pack) => controls.some((control) => pack.controls.some((start) => control.startsWith(start))));
}

/** `''` if there is nothing to say. */
function section(heading: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return [heading, ...lines.map((line) => (line === '' ? '' : `  ${line}`))].join('\n');
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
}

function wrap(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return line === '' ? lines : [...lines, line];
}
