import { suggest } from '../../policies/engine/suggest';
import { inPacks, type Pack, PACKS, POLICIES } from '../../policies';
import type { Described } from '../../policies/describe';
import { CommandError, EXIT } from '../exit-codes';
import { check, type CheckArguments, type CheckOutput } from './check';

/** The command `check` with all it may be asked. */
export interface CheckCommandArguments extends CheckArguments {
  readonly json: boolean;
  readonly list: boolean;
  readonly explain?: string;
}

/**
 * Runs `check`, or tells of the policies if asked to.
 *
 * @throws CommandError if what is asked for does not go together, or does not exist
 */
export async function checkCommand({ json, list, explain, ...args }: CheckCommandArguments): Promise<CheckOutput> {
  const wanted = args.format ?? 'human';
  if (json && wanted !== 'human' && wanted !== 'json') throw new CommandError(`--json and --format ${wanted} ask for different reports`, EXIT.input);
  const format = json ? 'json' : wanted;
  if (!list && explain === undefined) {
    if (args.path.length === 0) throw new CommandError('check needs a path: files, folders, or - for standard input', EXIT.input);
    return check({ ...args, format });
  }
  if (args.path.length > 0) throw new CommandError(`${list ? '--list' : '--explain'} tells of the policies and reads no files; got ${args.path.join(', ')}`, EXIT.input);
  const { described, describePolicy, explainPolicy, listPolicies } = await import('../../policies/describe/index.js');
  if (explain !== undefined) {
    const policy = policyNamed(explain, described);
    return done(format === 'json' ? JSON.stringify(describePolicy(policy), undefined, 2) : explainPolicy(policy));
  }
  const packs = await packsNamed(args.pack);
  const policies = packs.length === 0 ? POLICIES : POLICIES.filter(({ controls }) => inPacks(controls, packs));
  return done(format === 'json' ? JSON.stringify({ policies: policies.map(describePolicy), packs: PACKS }, undefined, 2) : listPolicies(policies));
}

async function packsNamed(names: readonly string[] = []): Promise<readonly Pack[]> {
  const { packsFrom } = await import('../../policies/config/policy-config.js');
  return packsFrom(names, '--pack');
}

function policyNamed(name: string, described: (id: string) => Described | undefined): Described {
  const found = described(name) ?? POLICIES.find(({ controls }) => controls.includes(name));
  if (found) return found;
  const meant = suggest(name, name.includes(':') ? POLICIES.flatMap(({ controls }) => controls) : POLICIES.map(({ id }) => id));
  throw new CommandError(`there is no policy '${name}'; ${meant === undefined ? 'see check --list' : `did you mean '${meant}'?`}`, EXIT.input);
}

function done(text: string): CheckOutput {
  return { pieces: [`${text}\n`], exitCode: EXIT.ok };
}
