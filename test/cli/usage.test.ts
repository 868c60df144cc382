import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { command } from './command';

const folder = () => mkdtempSync(path.join(tmpdir(), 'cli-'));

describe('usage', () => {
  it('helps: commands, options, exit codes', async () => {
    const { code, stdout } = await command(['--help']);
    expect(code).toBe(0);
    for (const word of ['up', 'down', 'preview', 'synth', 'check', 'images', 'why', 'cluster', '--json', 'Exit codes']) expect(stdout).toContain(word);
  });

  it.each([
    { args: [], says: 'Name a command' },
    { args: ['upp'], says: 'Did you mean up?' },
    { args: ['up', '--stakc', 'local'], says: 'Unknown argument: stakc' },
    { args: ['synth'], says: 'Missing required argument: out' },
    { args: ['why'], says: 'Not enough non-option arguments' },
    { args: ['cluster', 'explode'], says: 'Invalid values' },
    { args: ['images', '--stack', 'locl'], says: "there is no stack 'locl'; did you mean 'local'?; stacks: local, onprem" },
    { args: ['images', '-c', 'nodez=3'], says: "kubeflow-cdk:nodez is not known; did you mean 'nodes'?" },
    { args: ['images', '-c', 'nodes=none'], says: 'kubeflow-cdk:nodes is "none"; expected a whole number' },
    { args: ['images', '-s', 'onprem'], says: 'kubeflow-cdk:context is missing' },
    { args: ['why', 'Deployment/kserve/kserve-controler-manager'], says: 'Deployment/kserve/kserve-controller-manager' },
  ])('refuses $args with exit code 2', async ({ args, says }) => {
    const { code, stdout, stderr } = await command(args, { cwd: folder() });
    expect(stderr).toContain(says);
    expect(code).toBe(2);
    expect(stdout).toBe('');
  });

  it('says it in JSON as well when asked', async () => {
    const { code, stdout } = await command(['images', '--stack', 'nowhere', '--json'], { cwd: folder() });
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({ error: { name: 'UnknownStackError', message: expect.stringContaining("there is no stack 'nowhere'") as string } });
  });
});

describe('synth', () => {
  it('writes a file a component and release.json, the same every time', async () => {
    const [first, second] = [path.join(folder(), 'a'), path.join(folder(), 'b')];
    const results = await Promise.all([first, second].map((out) => command(['synth', '--out', out, '--json'], { cwd: folder() })));
    expect(results.map(({ code }) => code)).toEqual([0, 0]);
    const [one, two] = results.map(({ stdout }) => JSON.parse(stdout) as { files: string[]; objects: number });
    expect(one?.files).toEqual(expect.arrayContaining(['cert-manager.yaml', 'istio.yaml', 'jobset.yaml', 'kserve.yaml', 'release.json', 'trainer.yaml']));
    for (const file of one?.files ?? []) expect(readFileSync(path.join(first, file), 'utf8') === readFileSync(path.join(second, file), 'utf8')).toBe(true);
    const release = JSON.parse(readFileSync(path.join(first, 'release.json'), 'utf8')) as { objects: unknown[] };
    expect(release.objects).toHaveLength(two?.objects ?? -1);
  });

  it('writes nothing into a folder that holds something else', async () => {
    const out = folder();
    writeFileSync(path.join(out, 'precious.txt'), 'x');
    const { code, stderr } = await command(['synth', '--out', out], { cwd: folder() });
    expect(code).toBe(2);
    expect(stderr).toContain('holds precious.txt; expected a new or empty folder, or one of an earlier synthesis');
    expect(existsSync(path.join(out, 'release.json'))).toBe(false);
  });

  it('writes nothing when the configuration is wrong', async () => {
    const out = path.join(folder(), 'out');
    expect((await command(['synth', '--out', out, '-c', 'domain=NOT A DOMAIN'], { cwd: folder() })).code).toBe(2);
    expect(existsSync(out)).toBe(false);
  });
});

describe('images', () => {
  it('are rewritten to the mirror, every one', async () => {
    const { stdout } = await command(['images', '-c', 'imageRegistry=mirror.example.com/kubeflow'], { cwd: folder() });
    const images = stdout.trim().split('\n');
    expect(images.length).toBeGreaterThan(20);
    expect(images.filter((image) => !image.startsWith('mirror.example.com/kubeflow/'))).toEqual([]);
  });
});

describe('check', () => {
  const pod = (privileged: boolean) => `apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: a}\nspec: {containers: [{name: c, image: i, securityContext: {privileged: ${privileged}}}]}\n`;

  it('exits with 1 on findings, and reports them as JSON', async () => {
    const { code, stdout } = await command(['check', '-', '--json'], { input: pod(true) });
    expect(code).toBe(1);
    const { findings } = JSON.parse(stdout) as { findings: { path: string; controls: string[] }[] };
    expect(findings).toContainEqual(expect.objectContaining({ path: 'spec.containers[0].securityContext.privileged', controls: expect.arrayContaining(['cis-kubernetes-2.0.1:5.2.2']) as string[] }));
  });

  it('exits with 2 when something could not be read, and still evaluates the rest', async () => {
    const { code, stdout } = await command(['check', '-', '--json'], { input: `${pod(true)}---\n{ broken: [\n` });
    expect(code).toBe(2);
    const { findings, coverage } = JSON.parse(stdout) as { findings: unknown[]; coverage: { unevaluated: { line: number }[] } };
    expect(findings.length).toBeGreaterThan(0);
    expect(coverage.unevaluated).toHaveLength(1);
  });

  it.each([
    ['sarif', (text: string) => expect(JSON.parse(text)).toMatchObject({ version: '2.1.0' })],
    ['junit', (text: string) => expect(text).toContain('<testsuites')],
    ['markdown', (text: string) => expect(text).toContain('privileged')],
    ['json', (text: string) => expect(JSON.parse(text)).toHaveProperty('coverage')],
  ])('writes %s to a file, and the same exit code', async (format, looksRight) => {
    const file = path.join(folder(), 'report');
    const { code, stdout } = await command(['check', '-', '--format', format, '--output', file], { input: pod(true) });
    expect([code, stdout]).toEqual([1, '']);
    looksRight(readFileSync(file, 'utf8'));
  });

  it('counts only the findings of the packs that are asked for', async () => {
    const { stdout } = await command(['check', '-', '--json', '--pack', 'resource-limits,hardening', '--pack', 'cis-eks'], { input: pod(true) });
    const { findings } = JSON.parse(stdout) as { findings: { controls: string[] }[] };
    const outside = findings.filter(({ controls }) => !controls.some((control) => /^(resource-limits|hardening|cis-eks-)/.test(control)));
    expect(findings.length).toBeGreaterThan(3);
    expect(outside).toEqual([]);
  });

  it('fails only on new findings once there is a baseline', async () => {
    const baseline = path.join(folder(), 'known.json');
    const written = await command(['check', '-', '--write-baseline', baseline], { input: pod(false) });
    expect([written.code, written.stdout]).toEqual([0, expect.stringMatching(/^\d+ findings written to /)]);
    expect((await command(['check', '-', '--baseline', baseline], { input: pod(false) })).code).toBe(0);
    const { code, stdout } = await command(['check', '-', '--baseline', baseline, '--json'], { input: pod(true) });
    const { findings } = JSON.parse(stdout) as { findings: { policy: string; enforcement: string; baseline?: boolean }[] };
    expect(code).toBe(1);
    expect(findings.filter((finding) => !finding.baseline && finding.enforcement === 'mandatory').map(({ policy }) => policy)).toEqual(['privileged']);
  });

  it('writes no baseline of what it could not see whole', async () => {
    const baseline = path.join(folder(), 'known.json');
    const { code, stderr } = await command(['check', '-', '--write-baseline', baseline], { input: `${pod(true)}---\n{ broken: [\n` });
    expect([code, existsSync(baseline)]).toEqual([2, false]);
    expect(stderr).toContain('no baseline is written');
  });

  it('takes waivers and configuration from files', async () => {
    const directory = folder();
    const at = (name: string, text: string): string => {
      writeFileSync(path.join(directory, name), text);
      return path.join(directory, name);
    };
    const waivers = at('waivers.yaml', 'waivers:\n- {policy: privileged, object: {kind: Pod, name: p*}, reason: debugging}\n');
    const config = at('policies.yaml', 'policies: {host-port: "off"}\nnotWaivable: [privileged]\n');
    const waived = JSON.parse((await command(['check', '-', '--json', '--waivers', waivers], { input: pod(true) })).stdout) as { findings: object[] };
    expect(waived.findings).toContainEqual(expect.objectContaining({ policy: 'privileged', waived: expect.objectContaining({ reason: 'debugging' }) as object }));
    const refused = JSON.parse((await command(['check', '-', '--json', '--waivers', waivers, '--config', config], { input: pod(true) })).stdout) as { findings: object[] };
    expect(refused.findings).toContainEqual(expect.objectContaining({ policy: 'waiver-malformed', file: waivers, line: 2 }));
  });

  it.each<[string[], RegExp]>([
    [['check', '-', '--pack', 'cis-kuberntes'], /^error: --pack: there is no pack 'cis-kuberntes'; did you mean 'cis-kubernetes'\?/],
    [['check', '-', '--format', 'xml'], /Invalid values:[^]*Given: "xml", Choices: "human", "json", "sarif", "junit", "markdown"/],
    [['check', '-', '--format'], /^error: Not enough arguments following: format/],
    [['check', '-', '-o', 'a', '-o', 'b'], /^error: --output takes one value; got a, b/],
    [['check', '-', '-o', '/no/such/folder/x'], /^error: \/no\/such\/folder\/x cannot be written: ENOENT/],
    [['check', '-', '-o', '/tmp'], /^error: \/tmp cannot be written: EISDIR/],
    [['check', '-', '--write-baseline', 'x', '-f', 'sarif'], /^error: --write-baseline writes the baseline and no report/],
    [['check', '--list', '-o', 'x'], /^error: --output does not go with --list/],
    [['check', '--explain', 'privileged', '-f', 'sarif'], /^error: --explain is told as human or json, not as sarif/],
    [['check', '--explain', 'resource-limits'], /^error: 'resource-limits' is a pack: see check --list --pack resource-limits/],
    [['check', '--explain', '5.2.2'], /did you mean 'cis-kubernetes-2\.0\.1:5\.2\.2'\?/],
    [['check', '-', '--pack', 'cis-kube'], /did you mean 'cis-kubernetes'\?/],
    [['check', '-', '--config', '/nowhere.yaml'], /^error: \/nowhere\.yaml cannot be read/],
    [['check', '-', '--waivers', '/nowhere.yaml'], /^error: \/nowhere\.yaml cannot be read/],
    [['check', '-', '--baseline', '/nowhere.json'], /^error: the baseline \/nowhere\.json cannot be read/],
    [['check', '-', '--basline', 'x'], /Unknown argument: basline|Did you mean/],
    [['check', '--explain', 'privilegd'], /^error: there is no policy 'privilegd'; did you mean 'privileged'\?/],
    [['check', '--explain', 'cis-kubernetes-2.0.1:5.2.99'], /did you mean 'cis-kubernetes-2\.0\.1:5\.2\.\d'\?/],
    [['check'], /^error: check needs a path/],
    [['check', 'x.yaml', '--list'], /^error: --list tells of the policies and reads no files; got x\.yaml/],
    [['check', '-', '--json', '--format', 'sarif'], /^error: --json and --format sarif ask for different reports/],
  ])('refuses %j before anything is evaluated', async (args, message) => {
    const { code, stderr } = await command(args, { input: pod(true) });
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('lists and explains every policy', async () => {
    const list = await command(['check', '--list']);
    expect([list.code, list.stdout]).toEqual([0, expect.stringMatching(/^POLICY .*\n(.*\n)*privileged +critical +mandatory .*Kubernetes 5\.2\.2/)]);
    const explained = await command(['check', '--explain', 'cis-kubernetes-2.0.1:5.2.2']);
    expect(explained.stdout).toMatch(/^privileged: Containers are not privileged\n/);
    const { policies } = JSON.parse((await command(['check', '--list', '--json', '--pack', 'cis-eks'])).stdout) as { policies: { id: string }[] };
    expect(policies.map(({ id }) => id)).toEqual(expect.arrayContaining(['privileged', 'eks-endpoint-access']));
  });

  it('takes names after -- as paths, whatever they begin with', async () => {
    const directory = folder();
    writeFileSync(path.join(directory, '-bad.yaml'), pod(true));
    const { code, stdout } = await command(['check', '--json', '--', '-bad.yaml'], { cwd: directory });
    expect([code, stdout]).toEqual([1, expect.stringContaining('"file": "-bad.yaml"')]);
  });

  it('does not mind a reader that leaves early', async () => {
    const script = `"${process.execPath}" "${path.resolve('dist/cli/main.js')}" check --list | head -1`;
    const { stdout, stderr } = await promisify(execFile)('sh', ['-c', script]);
    expect([stdout.split('\n').length, stderr]).toEqual([2, '']);
  });

  it('exits with 2 when there was nothing to evaluate', async () => {
    const { code, stderr } = await command(['check', '-'], { input: 'apiVersion: v1\nkind: List\nitems: []\n' });
    expect(code).toBe(2);
    expect(stderr).toContain('there is nothing to evaluate in');
  });

  it('finds nothing unwaived in the synthesised platform', async () => {
    const out = path.join(folder(), 'out');
    await command(['synth', '--out', out], { cwd: folder() });
    const { code } = await command(['check', out]);
    expect(code).toBe(0);
  });
});

describe('why', () => {
  it('gives the chain of reasons', async () => {
    const { code, stdout } = await command(['why', 'Deployment/kserve/kserve-controller-manager'], { cwd: folder() });
    expect(code).toBe(0);
    expect(stdout).toContain('Namespace/kserve');
    expect(stdout).toMatch(/Certificate\/kserve\//);
  });
});
