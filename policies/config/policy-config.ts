import { z } from 'zod';
import type { EvaluateOptions } from '../evaluate';
import { type Pack, packNamed, PACKS } from '../pack-list';
import { POLICIES } from '../rules';
import { isFields } from '../engine/object';
import { suggest } from '../engine/suggest';

/** A configuration that cannot be used. Nothing was evaluated with half of it. */
export class PolicyConfigError extends Error {
  override readonly name = 'PolicyConfigError';
}

/** What a team sets about the policies: for `check --config`, for the Pulumi packs, and in code. */
export type PolicyConfig = z.infer<typeof SCHEMA>;

const RESOURCE = z.enum(['cpu', 'memory'], { error: 'expected cpu or memory' });
const RATIO = z.number({ error: 'expected a number, e.g. 2' }).min(1, 'expected at least 1: a limit is no less than its request');
const SOME_NAMES = z.array(z.string().min(1)).min(1, 'expected at least one');
const RATIOS = z.strictObject({ cpu: RATIO.optional(), memory: RATIO.optional() });
const RELEASE = "expected 'latest', or a release in quotes such as '1.34'";
/** YAML reads an unquoted `off` as false. */
const LEVEL = z.union([z.enum(['mandatory', 'advisory', 'off']), z.literal(false).transform(() => 'off' as const)], { error: 'expected mandatory, advisory or off' });

const PARAMETERS = z.strictObject({
  allowedRegistries: SOME_NAMES.optional(),
  requiredLimits: z.array(RESOURCE).optional(),
  requiredRequests: z.array(RESOURCE).optional(),
  maxLimitRequestRatio: RATIOS.optional(),
  exemptNamespaces: z.array(z.string().min(1)).optional(),
  podSecurityVersion: z.string({ error: RELEASE }).regex(/^(latest|1\.\d+)$/, RELEASE).optional(),
});

const SCHEMA = z.strictObject({
  /** Packs whose findings count. @default all */
  packs: SOME_NAMES.optional(),
  /** Whether a policy is `mandatory`, `advisory` or `off`, by its id. @default as the policy says of itself */
  policies: z.record(z.string(), LEVEL).optional(),
  /** Ids of policies that no waiver may name. @default none */
  notWaivable: z.array(z.string()).optional(),
  parameters: PARAMETERS.optional(),
  /** Files with waivers, from the folder of this one. @default none */
  waiverFiles: z.array(z.string().min(1)).optional(),
});

/** What a configuration means for a check. */
export type ConfiguredOptions = Pick<EvaluateOptions, 'policies' | 'enforcement' | 'notWaivable' | 'parameters'> & {
  readonly packs?: readonly Pack[];
  readonly waiverFiles: readonly string[];
};

/**
 * Checks a configuration that was read from somewhere.
 *
 * @param where its name in errors, e.g. the file
 * @throws PolicyConfigError that names every field that is wrong, what was given, and what would be right
 */
export function checkConfig(value: unknown, where: string): ConfiguredOptions {
  const ids = POLICIES.map(({ id }) => id);
  for (const id of statedPolicies(value)) knownName(id, ids, 'policy', `${where}: policies`);
  const parsed = SCHEMA.safeParse(value ?? {});
  if (!parsed.success) throw new PolicyConfigError(parsed.error.issues.map((issue) => `${where}: ${describe(issue, value)}`).join('\n'));
  const { packs, policies = {}, notWaivable = [], parameters, waiverFiles = [] } = parsed.data;
  notWaivable.forEach((id, index) => knownName(id, ids, 'policy', `${where}: notWaivable[${index}]`));
  return {
    ...(packs && { packs: packs.map((name, index) => packOf(name, `${where}: packs[${index}]`)) }),
    policies: POLICIES.filter(({ id }) => policies[id] !== 'off'),
    enforcement: new Map(Object.entries(policies).flatMap(([id, level]) => (level === 'off' ? [] : [[id, level] as const]))),
    notWaivable,
    waiverFiles,
    ...(parameters && { parameters: withoutAbsent(parameters) }),
  };
}

/**
 * The packs of names as the command line takes them: several options, or one with commas.
 *
 * @throws PolicyConfigError with the name that was probably meant
 */
export function packsFrom(names: readonly string[], where: string): readonly Pack[] {
  return names.flatMap((list) => list.split(',')).map((name) => packOf(name.trim(), where));
}

/**
 * The pack of a name that someone wrote.
 *
 * @throws PolicyConfigError with the name that was probably meant
 */
function packOf(name: string, where: string): Pack {
  knownName(name, PACKS.map((pack) => pack.name), 'pack', where);
  const pack = packNamed(name);
  if (!pack) throw new PolicyConfigError(`${where}: there is no pack '${name}'`);
  return pack;
}

/** The ids under `policies`, looked at first: a misspelt one matters more than its level. */
function statedPolicies(value: unknown): readonly string[] {
  return isFields(value) && isFields(value.policies) ? Object.keys(value.policies) : [];
}

function knownName(name: string, known: readonly string[], what: string, where: string): void {
  if (known.includes(name)) return;
  const meant = suggest(name, known);
  throw new PolicyConfigError(`${where}: there is no ${what} '${name}'; ${meant === undefined ? `see check --list` : `did you mean '${meant}'?`}`);
}

function describe(issue: z.core.$ZodIssue, value: unknown): string {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys({ '': SCHEMA.shape, parameters: PARAMETERS.shape, 'parameters.maxLimitRequestRatio': RATIOS.shape }[path] ?? {});
    const [key = ''] = issue.keys;
    const meant = suggest(key, known);
    return `${[path, key].filter(Boolean).join('.')} is no field of it; ${meant === undefined ? `expected ${known.join(', ')}` : `did you mean '${meant}'?`}`;
  }
  const given = issue.path.reduce<unknown>((at, step) => (typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined), value);
  return `${path || 'the whole'} is ${JSON.stringify(given) ?? 'missing'}; ${issue.message}`;
}

/** Leaves out what was not set, so that the default holds. */
function withoutAbsent<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept: { [K in keyof T]?: Exclude<T[K], undefined> } = {};
  Object.assign(kept, Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)));
  return kept;
}
