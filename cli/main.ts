#!/usr/bin/env node
import yargs, { type Argv } from 'yargs';
import { hideBin } from 'yargs/helpers';
import { EXIT, exitCodeOf } from './exit-codes';

const EPILOGUE = `Exit codes:
  0  done; for check: nothing found
  1  policies found something that is not waived
  2  wrong input: usage, configuration, or files that could not be evaluated; nothing was changed
  3  the deployment did not succeed; running the command again resumes it
  4  something on this machine is missing, or the cluster does not answer; nothing was changed`;

/** Prints a result: as JSON, or as the text made of it. */
function print<T>(json: boolean, result: T, text: (result: T) => string): void {
  process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : text(result));
}

function stackOptions<T>(argv: Argv<T>) {
  return argv
    .option('stack', { alias: 's', type: 'string', default: 'local', requiresArg: true, describe: 'Stack: local, onprem, eks, gke, aks' })
    .option('config', { alias: 'c', type: 'string', array: true, requiresArg: true, describe: 'Configuration key=value, over Pulumi.<stack>.yaml' });
}

function engineOptions<T>(argv: Argv<T>) {
  return stackOptions(argv)
    .option('cluster', { type: 'string', default: 'kubeflow', requiresArg: true, describe: 'Name of the embedded cluster (stack local)' })
    .option('policies', { type: 'boolean', default: true, describe: 'Run the policy packs in the engine' })
    .option('audit', { type: 'boolean', describe: 'Have the embedded API server log all writes' });
}

/** Refuses an option that takes one value and was given several: none of them is the one that is meant. */
function onlyOnce(...names: readonly string[]): (argv: Readonly<Record<string, unknown>>) => true {
  return (argv) => {
    for (const name of names) {
      const value = argv[name];
      if (Array.isArray(value)) throw new UsageError(`--${name} takes one value; got ${value.join(', ')}`);
    }
    return true;
  };
}

/** yargs drops a lone `-`, the customary name of standard input; it travels under another name. */
const STANDARD_INPUT = 'standard-input:';

const cli = yargs(hideBin(process.argv).map((argument) => (argument === '-' ? STANDARD_INPUT : argument)))
  .scriptName('kubeflow-cdk')
  .usage('$0 <command>\n\nKubeflow as typed constructs: bring it up, look at it, check it.')
  .option('json', { type: 'boolean', default: false, global: true, describe: 'Print the result as JSON' })
  .command(
    'up',
    'Bring a stack up; resumes a run that failed or was killed',
    (argv) => engineOptions(argv).example('$0 up', 'the platform on an embedded control plane').example('$0 up -s onprem -c context=prod', 'on the cluster of that context'),
    async (argv) => (await import('./commands/deploy-command.js')).runUp(argv, print),
  )
  .command(
    'down',
    'Take a stack down, custom resources before controllers; removes the embedded cluster',
    (argv) => engineOptions(argv).option('keep-cluster', { type: 'boolean', default: false, describe: 'Keep the embedded cluster' }),
    async (argv) => (await import('./commands/deploy-command.js')).runDown(argv, print),
  )
  .command('preview', 'Show what up would change', (argv) => engineOptions(argv), async (argv) => (await import('./commands/deploy-command.js')).runPreview(argv, print))
  .command(
    'synth',
    'Write one YAML file a component, and release.json with the order and its reasons',
    (argv) => stackOptions(argv).option('out', { alias: 'o', type: 'string', demandOption: true, requiresArg: true, describe: 'Folder to write to' }),
    async (argv) => {
      const { synth } = await import('./commands/synth.js');
      print(argv.json, await synth(argv), ({ objects, files, directory }) => `${objects} objects in ${files.length - 1} files, and release.json, in ${directory}\n`);
    },
  )
  .command(
    'check [path..]',
    'Run the policies over YAML and JSON files, Pulumi exports and previews, folders, or - for standard input',
    (argv) =>
      argv
        .positional('path', { type: 'string', array: true, default: [], describe: 'Files and folders' })
        .option('format', { alias: 'f', choices: ['human', 'json', 'sarif', 'junit', 'markdown'] as const, default: 'human' as const, requiresArg: true, describe: 'Form of the report' })
        .option('output', { alias: 'o', type: 'string', requiresArg: true, describe: 'File for the report' })
        .option('pack', { alias: 'p', type: 'string', array: true, nargs: 1, describe: 'Count only findings of these packs, e.g. cis-kubernetes,resource-limits' })
        .option('config', { alias: 'c', type: 'string', requiresArg: true, describe: 'File with parameters, levels and packs' })
        .option('waivers', { alias: 'w', type: 'string', array: true, nargs: 1, describe: 'File with waivers for objects that cannot be edited' })
        .option('baseline', { alias: 'b', type: 'string', requiresArg: true, describe: 'File of known findings: only new ones fail' })
        .option('write-baseline', { type: 'string', requiresArg: true, describe: 'Write the findings of now to a baseline file' })
        .option('list', { type: 'boolean', default: false, describe: 'List every policy with its controls, and the packs' })
        .option('explain', { type: 'string', requiresArg: true, describe: 'Say why a policy is, with a failing and a passing example' })
        .conflicts('write-baseline', 'baseline')
        .check(onlyOnce('format', 'output', 'config', 'baseline', 'write-baseline', 'explain'))
        .example('$0 check ./manifests', '')
        .example('kustomize build . | $0 check -', '')
        .example('pulumi stack export | $0 check - --pack cis-eks', 'cloud resources, without credentials')
        .example('$0 check . --format sarif --output results.sarif', ''),
    async (argv) => {
      const { checkCommand } = await import('./commands/check-command.js');
      // What stands after `--`, such as a name that begins with a hyphen, is not among the positional arguments.
      const paths = [...argv.path, ...argv._.slice(1).map(String)];
      const result = await checkCommand({ ...argv, path: paths.map((path) => (path === STANDARD_INPUT ? '-' : path)) });
      process.exitCode = result.exitCode;
      for (const piece of result.pieces) process.stdout.write(piece);
    },
  )
  .command('images', 'List every image a stack may pull, one a line', (argv) => stackOptions(argv), async (argv) => {
    const { images } = await import('./commands/images.js');
    print(argv.json, await images(argv), (rows) => rows.map(({ image }) => `${image}\n`).join(''));
  })
  .command(
    'why <object>',
    'Say why an object waits for what it waits for',
    (argv) =>
      stackOptions(argv)
        .positional('object', { type: 'string', demandOption: true, describe: 'Kind/name or Kind/namespace/name' })
        .example('$0 why Deployment/kserve/kserve-controller-manager', ''),
    async (argv) => {
      const { why } = await import('./commands/why.js');
      const result = await why(argv);
      print(argv.json, result.why, () => result.text);
    },
  )
  .command(
    'cluster <action> [name]',
    'Start, stop, remove or list embedded clusters',
    (argv) =>
      argv
        .positional('action', { choices: ['start', 'stop', 'remove', 'list'] as const, demandOption: true })
        .positional('name', { type: 'string', default: 'kubeflow', describe: 'Name of the cluster' })
        .option('audit', { type: 'boolean', describe: 'Have the API server log all writes (start)' }),
    async (argv) => {
      const { cluster } = await import('./commands/cluster.js');
      print(argv.json, await cluster(argv), ({ text }) => text);
    },
  )
  .demandCommand(1, 'Name a command')
  .strict()
  .recommendCommands()
  .wrap(Math.min(110, process.stdout.columns ?? 100))
  .epilogue(EPILOGUE)
  .version()
  .help();

async function main(): Promise<void> {
  try {
    await cli
      .fail((message, error) => {
        // An option without its value is an error of the parser itself.
        throw error && error.name !== 'YError' ? error : new UsageError(message || error.message);
      })
      .parseAsync();
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** The reader of standard output may leave early, as `head` does: that is no failure. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') {
    process.stderr.write(`error: standard output cannot be written: ${error.message}\n`);
    process.exitCode = EXIT.environment;
  }
  process.exit();
});

class UsageError extends Error {
  override readonly name = 'UsageError';
}

function report(error: unknown): number {
  const known = error instanceof UsageError ? EXIT.input : exitCodeOf(error);
  const message = error instanceof Error ? (known === undefined ? (error.stack ?? error.message) : error.message) : String(error);
  if (process.argv.includes('--json')) {
    process.stdout.write(`${JSON.stringify({ error: { name: error instanceof Error ? error.name : 'Error', message } }, null, 2)}\n`);
  }
  process.stderr.write(`error: ${message}\n`);
  if (error instanceof UsageError) process.stderr.write(`See: kubeflow-cdk --help\n`);
  return known ?? EXIT.deployment;
}

void main();
