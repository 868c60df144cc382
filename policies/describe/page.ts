import type { Policy } from '../engine/policy';
import { WAIVER_RULES } from '../engine/waivers/waiver-policies';
import { type Pack, PACKS } from '../pack-list';
import type { Described } from './catalogue';
import { newestIds, numberings, shortControls } from './controls';
import { exampleYaml } from './example-yaml';
import { packsOf } from './explain';
import { codeBlock, prose } from './markdown-text';
import { waysToWaive } from './waiving';

/** First line of every page that is made from the policies, and by which one that is out of date is known. */
export const GENERATED = '<!-- Generated from the policies by scripts/generate-policy-docs.mjs; do not edit. -->';
/** Name of the page that lists the others. */
export const INDEX = 'index.md';

/** The page about a policy. */
export function policyPage(policy: Described): string {
  return [GENERATED, `# ${prose(policy.title)}`, ...facts(policy), ...policySections(policy), '[All policies](index.md)'].join('\n\n') + '\n';
}

/** What the page says below its heading: also the help that other tools show. */
export function policySections(policy: Described): readonly string[] {
  const controls = numberings(policy.controls).map(({ benchmark, versions, ids }) => `| ${benchmark} | ${versions.join(', ')} | ${ids.join(', ')} |`);
  return [
    prose(policy.rationale),
    '## What to do',
    prose(policy.remediation),
    ...(controls.length > 0 ? ['## Controls', ['| benchmark | versions | control |', '|---|---|---|', ...controls].join('\n')] : []),
    ...('examples' in policy ? ['## What fails', codeBlock(exampleYaml(policy.examples.fails), 'yaml'), '## What passes', codeBlock(exampleYaml(policy.examples.passes), 'yaml')] : []),
    ...waiving(policy),
  ];
}

/** The page that lists every policy, by pack. */
export function indexPage(policies: readonly Policy[]): string {
  const packs = PACKS.flatMap((pack) => {
    const inPack = policies.filter((policy) => packsOf(policy).includes(pack));
    return inPack.length > 0 ? [`## ${prose(pack.title)}`, `\`--pack ${pack.name}\``, policyTable(inPack, pack)] : [];
  });
  const others = policies.filter((policy) => packsOf(policy).length === 0);
  return [
    GENERATED,
    '# Policies by pack',
    `${policies.length} policies. [README.md](README.md) says how they are run, waived and configured.`,
    ...packs,
    ...(others.length > 0 ? ['## In no pack', policyTable(others)] : []),
    '## About waivers',
    'Reported in every run, whatever packs are chosen.',
    policyTable(WAIVER_RULES),
  ].join('\n\n') + '\n';
}

/** Every page by its file name. */
export function policyPages(policies: readonly Policy[]): ReadonlyMap<string, string> {
  const pages = [...policies, ...WAIVER_RULES].map((policy) => [`${policy.id}.md`, policyPage(policy)] as const);
  return new Map([[INDEX, indexPage(policies)], ...pages]);
}

function facts(policy: Described): string[] {
  const packs = packsOf(policy).map(({ name }) => `\`${name}\``);
  const about = 'resourceTypes' in policy ? policy.resourceTypes.map((type) => `\`${type}\``) : [];
  return [
    [
      '| policy | severity | enforcement |',
      '|---|---|---|',
      `| \`${policy.id}\` | ${policy.severity} | ${policy.enforcement} |`,
    ].join('\n'),
    ...(packs.length > 0 ? [`Packs: ${packs.join(', ')}`] : []),
    ...(about.length > 0 ? [`Resources: ${about.join(', ')}`] : []),
  ];
}

function waiving(policy: Described): string[] {
  const ways = waysToWaive(policy);
  if (ways.length === 0) return [];
  return ['## How to waive it', ...ways.flatMap(({ where, yaml }) => [where, codeBlock(yaml, 'yaml')])];
}

function policyTable(policies: readonly Described[], pack?: Pack): string {
  const rows = policies.map(({ id, title, severity, enforcement, controls }) => {
    const numbers = pack ? newestIds(controls.filter((control) => pack.controls.some((start) => control.startsWith(start)))) : shortControls(controls);
    return `| [${id}](${id}.md) | ${severity} | ${enforcement} | ${numbers} | ${prose(title)} |`;
  });
  return ['| policy | severity | enforcement | control | what it asks |', '|---|---|---|---|---|', ...rows].join('\n');
}
