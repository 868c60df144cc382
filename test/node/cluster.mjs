// The real node, driven by its program: everything the test asks of a cluster.
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** A command that failed, with what it said. */
export class CommandFailed extends Error {
  constructor(command, code, stderr) {
    super(`${command} ended with ${code}:\n${stderr.trim()}`);
    this.stderr = stderr.trim();
  }
}

/** Runs a command to its end and returns what it wrote to standard output. */
export function run(command, args, { input, env, cwd, echo = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, ...env }, cwd, stdio: ['pipe', 'pipe', echo ? 'inherit' : 'pipe'] });
    const out = [];
    const err = [];
    child.stdout.on('data', (chunk) => out.push(chunk));
    child.stderr?.on('data', (chunk) => err.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(out).toString());
      else reject(new CommandFailed([command, ...args].join(' ').slice(0, 200), code, Buffer.concat(err).toString()));
    });
    child.stdin.on('error', () => undefined); // A command that ends early says why itself.
    child.stdin.end(input ?? '');
  });
}

/** Asks until there is an answer other than undefined; a failure of the question counts as "not yet". */
export async function until(what, seconds, ask) {
  const end = Date.now() + seconds * 1000;
  let last;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`${what}: not so after ${seconds} s${last ? `; last: ${last.message}` : ''}`);
    await sleep(500);
  }
}

export class Cluster {
  /** @param program the `node` program of the real node */
  constructor(program) {
    this.program = program;
  }

  async isUp() {
    return run(this.program, ['kubectl', 'get', '--raw', '/readyz']).then(() => true, () => false);
  }

  async up() {
    await run(this.program, ['up']);
  }

  down() {
    return run(this.program, ['down']);
  }

  /** Packs files into an image of these names. */
  image(names, entrypoint, files) {
    return run(this.program, ['image', names.join(','), JSON.stringify(entrypoint), ...files.map(({ from, to }) => `${from}:${to}`)]);
  }

  kubectl(args, input) {
    return run(this.program, ['kubectl', ...args], { input });
  }

  async get(...args) {
    return JSON.parse(await this.kubectl(['get', ...args, '-o', 'json']));
  }

  /** Names of the objects of this kind that a selector finds. */
  async names(kind, namespace, selector) {
    const { items } = await this.get(kind, '-n', namespace, '-l', selector);
    return items.map(({ metadata }) => metadata.name);
  }

  /** Server-side apply, as deployments do it. */
  async apply(objects) {
    await this.kubectl(['apply', '--server-side', '--force-conflicts', '--field-manager=kubeflow-cdk', '-f', '-'], list(objects));
  }

  /** Runs a command where cluster addresses are reachable. */
  inside(command, args, options) {
    return run(this.program, ['sh', command, ...args], options);
  }

  /** What the API server would make of a new object, all of its webhooks asked. */
  async tryCreate(object) {
    return JSON.parse(await this.kubectl(['create', '--dry-run=server', '-o', 'json', '-f', '-'], JSON.stringify(object)));
  }

  /** Why the API server refuses a new object, in the words of its answer; undefined if it does not. */
  async refusal(object) {
    try {
      // kubectl rewrites some answers, leaving out who refused; at this verbosity it logs them as they came.
      await this.kubectl(['create', '--dry-run=server', '-v=9', '-f', '-'], JSON.stringify(object));
      return undefined;
    } catch (error) {
      const message = /"kind":"Status".*?"message":("(?:[^"\\]|\\.)*")/.exec(error.stderr)?.[1];
      if (message === undefined) throw error;
      return JSON.parse(message);
    }
  }

  delete(objects) {
    return this.kubectl(['delete', '--wait=true', '--timeout=120s', '-f', '-'], list(objects));
  }
}

function list(items) {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}
