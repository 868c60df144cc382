import { suggest } from '../../policies/engine/suggest';
import { type Pack, packNamed, PACKS, POLICIES, policiesOf } from '../../policies';
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
    if (args.writeBaseline !== undefined && (format !== 'human' || args.output !== undefined)) {
      throw new CommandError('--write-baseline writes the baseline and no report: leave out --format and --output', EXIT.input);
    }
    return check({ ...args, format });
  }
  for (const [name, value] of Object.entries({ output: args.output, config: args.config, baseline: args.baseline, 'write-baseline': args.writeBaseline, waivers: args.waivers })) {
    if (value !== undefined) throw new CommandError(`--${name} does not go with ${list ? '--list' : '--explain'}`, EXIT.input);
  }
  if (format !== 'human' && format !== 'json') throw new CommandError(`${list ? '--list' : '--explain'} is told as human or json, not as ${format}`, EXIT.input);
  if (args.path.length > 0) throw new CommandError(`${list ? '--list' : '--explain'} tells of the policies and reads no files; got ${args.path.join(', ')}`, EXIT.input);
  const { described, describePolicy, explainPolicy, listPolicies } = await import('../../policies/describe/index.js');
  if (explain !== undefined) {
    const policy = policyNamed(explain, described);
    return done(format === 'json' ? JSON.stringify(describePolicy(policy), undefined, 2) : explainPolicy(policy));
  }
  const packs = await packsNamed(args.pack);
  const policies = packs.length === 0 ? POLICIES : policiesOf(...packs);
  return done(format === 'json' ? JSON.stringify({ policies: policies.map(describePolicy), packs: PACKS }, undefined, 2) : listPolicies(policies));
}

async function packsNamed(names: readonly string[] = []): Promise<readonly Pack[]> {
  const { packsFrom } = await import('../../policies/config/policy-config.js');
  return packsFrom(names, '--pack');
}

function policyNamed(name: string, described: (id: string) => Described | undefined): Described {
  const found = described(name) ?? POLICIES.find(({ controls }) => controls.includes(name));
  if (found) return found;
  if (packNamed(name)) throw new CommandError(`'${name}' is a pack: see check --list --pack ${name}`, EXIT.input);
  const meant = newestControl(name) ?? suggest(name, name.includes(':') ? POLICIES.flatMap(({ controls }) => controls) : POLICIES.map(({ id }) => id));
  throw new CommandError(`there is no policy '${name}'; ${meant === undefined ? 'see check --list' : `did you mean '${meant}'?`}`, EXIT.input);
}

/** The control that is meant by a number without its benchmark's version: the newest benchmark comes first. */
function newestControl(name: string): string | undefined {
  const [, benchmark = '', number] = /^(?:([a-z-]+):)?(\d+(?:\.\d+)+)$/.exec(name) ?? [];
  if (number === undefined) return undefined;
  return POLICIES.flatMap(({ controls }) => controls).find((control) => control.startsWith(benchmark) && control.endsWith(`:${number}`));
}

function done(text: string): CheckOutput {
  return { pieces: [`${text}\n`], exitCode: EXIT.ok };
}
