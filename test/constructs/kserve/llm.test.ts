import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { at, find, kserve } from './platform';

interface Container {
  readonly name: string;
  readonly command?: string[];
  readonly env: { readonly name: string }[];
  readonly ports: { readonly containerPort: number }[];
  readonly resources: { readonly limits: object };
  readonly securityContext: { readonly capabilities: { readonly add?: string[] }; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}
interface Pod {
  readonly containers: Container[];
  readonly initContainers?: Container[];
  readonly securityContext: object;
  readonly volumes: { readonly name: string }[];
}

const { manifests } = kserve();
const spec = (suffix: string, of = manifests) => at(find(of, 'LLMInferenceServiceConfig', `kserve-config-llm-${suffix}`), 'spec');
const pods = (of = manifests): [string, Pod][] =>
  [
    ['template', ['template']],
    ['decode-template', ['template']],
    ['prefill-template', ['prefill', 'template']],
    ['worker-data-parallel', ['template']],
    ['worker-data-parallel', ['worker']],
    ['decode-worker-data-parallel', ['template']],
    ['decode-worker-data-parallel', ['worker']],
    ['prefill-worker-data-parallel', ['prefill', 'template']],
    ['prefill-worker-data-parallel', ['prefill', 'worker']],
  ].map(([suffix, path]) => [`${suffix} ${(path as string[]).join('.')}`, at(spec(suffix as string, of), ...(path as string[])) as Pod]);
const main = (pod: Pod) => pod.containers.find(({ name }) => name === 'main') as Container;
const command = (name: string) => main(pods().find(([each]) => each === name)?.[1] as Pod).command as string[];

test('every preset KServe looks for by name is there', () => {
  const names = manifests.filter(({ kind }) => kind === 'LLMInferenceServiceConfig').map(({ metadata }) => metadata.name.replace('kserve-config-llm-', ''));
  expect(names.sort()).toEqual([
    'decode-template', 'decode-worker-data-parallel', 'prefill-template', 'prefill-worker-data-parallel', 'router-route', 'scheduler', 'template', 'worker-data-parallel',
  ]);
});

test.each(pods())('%s runs without root, without capabilities, and writes only to volumes', (_, pod) => {
  expect(pod.securityContext).toEqual({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
  for (const { securityContext, resources, volumeMounts } of [...pod.containers, ...(pod.initContainers ?? [])]) {
    expect(securityContext).toEqual({ runAsNonRoot: true, readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' } });
    expect(Object.keys(resources.limits).sort()).toEqual(['cpu', 'memory']);
    const volumes = pod.volumes.map(({ name }) => name);
    expect((volumeMounts as { name: string }[]).every(({ name }) => volumes.includes(name))).toBe(true);
  }
});

test('decode listens behind the sidecar, everything else in front', () => {
  const ports = Object.fromEntries(pods().map(([name, pod]) => [name, main(pod).ports[0]?.containerPort]));
  expect(Object.entries(ports).filter(([, port]) => port === 8001).map(([name]) => name)).toEqual(['decode-template template', 'decode-worker-data-parallel template', 'decode-worker-data-parallel worker']);
  const sidecars = pods().filter(([, pod]) => pod.initContainers);
  expect(sidecars.map(([name]) => name)).toEqual(['decode-template template', 'decode-worker-data-parallel template', 'decode-worker-data-parallel worker'].filter((name) => name !== 'decode-worker-data-parallel worker'));
  for (const [, pod] of sidecars) expect(pod.initContainers?.[0]).toMatchObject({ name: 'llm-d-routing-sidecar', restartPolicy: 'Always', args: expect.arrayContaining(['--port=8000', '--vllm-port=8001']) });
});

test('leaders answer requests and are probed; workers are neither', () => {
  for (const [name, pod] of pods()) expect(main(pod).readinessProbe === undefined).toBe(name.endsWith('worker'));
});

test('RDMA capabilities come only where the platform asks for them, with a waiver', () => {
  const added = (of: typeof manifests) => pods(of).filter(([, pod]) => main(pod).securityContext.capabilities.add).map(([name]) => name.split(' ')[0]);
  expect(added(manifests)).toEqual([]);
  const rdma = kserve({ llm: { rdma: true } }).manifests;
  expect(new Set(added(rdma))).toEqual(new Set(['worker-data-parallel', 'decode-worker-data-parallel', 'prefill-worker-data-parallel']));
  expect(Object.keys(find(rdma, 'LLMInferenceServiceConfig', 'kserve-config-llm-worker-data-parallel').metadata.annotations ?? {})).toEqual([
    'waiver.kubeflow-cdk.dev/capabilities',
    'waiver.kubeflow-cdk.dev/net-raw-capability',
  ]);
});

test('what a server may use is the platform\'s choice', () => {
  const chosen = kserve({ llm: { serverResources: { cpu: { request: '4' }, memory: { request: '64Gi' } } } }).manifests;
  for (const [, pod] of pods(chosen)) expect(main(pod).resources.limits).toEqual({ cpu: '4', memory: '64Gi' });
});

describe('the start script of a node', () => {
  /** Fills in a template as KServe does, far enough for these scripts. */
  const filled = (script: string, values: Readonly<Record<string, string>>) =>
    script
      .replace(/\{\{ if (\S+) \}\}(.*?)\{\{ end \}\}/g, (_, name: string, text: string) => (values[name] ? text : ''))
      .replace(/\{\{ or (\S+) (\d+) \}\}/g, (_, name: string, otherwise: string) => values[name] ?? otherwise)
      .replace(/\{\{ (\S+) \}\}/g, (_, name: string) => values[name] ?? '');
  const PARALLELISM = { '.Spec.Model.Name': 'my model', '.Spec.Parallelism.Data': '16', '.Spec.Parallelism.DataLocal': '8', '.Spec.Parallelism.Expert': 'true' };

  /** Runs the script with a program called vllm that prints its arguments, one a line. */
  function run(name: string, env: Readonly<Record<string, string>>, more: readonly string[] = [], devices = '/nowhere'): string[] {
    const [, , given = '', zero = ''] = command(name);
    const script = given.replaceAll('/sys/class/infiniband', devices);
    const vllm = 'vllm() { printf "%s\\n" "$@"; }\n';
    const shell = vllm + filled(script, PARALLELISM).replace('exec vllm', 'vllm');
    return execFileSync('/bin/bash', ['--norc', '-c', shell, zero, ...more], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], env: { PATH: '/usr/bin:/bin', ...env } }).trim().split('\n');
  }

  test('a leader serves, starts at rank 0, and takes further arguments with their quotes', () => {
    const args = run('worker-data-parallel template', { LWS_LEADER_ADDRESS: 'leader.svc', VLLM_ADDITIONAL_ARGS: '--a "b c"' }, ['--last']);
    expect(args).toEqual([
      'serve', '/mnt/models', '--served-model-name', 'my model', '--port', '8000', '--api-server-count', '8', '--enable-expert-parallel',
      '--data-parallel-size', '16', '--data-parallel-size-local', '8', '--data-parallel-address', 'leader.svc', '--data-parallel-rpc-port', '5555',
      '--data-parallel-start-rank', '0', '--a', 'b c', '--last',
    ]);
  });

  test('a worker computes without serving, at the rank its place gives it', () => {
    const args = run('decode-worker-data-parallel worker', { LWS_LEADER_ADDRESS: 'leader.svc', LWS_WORKER_INDEX: '1' });
    expect(args).toEqual(expect.arrayContaining(['--headless', '--port', '8001']));
    expect(args[args.indexOf('--data-parallel-start-rank') + 1]).toBe('8');
    expect(args).not.toContain('--api-server-count');
  });

  test('prefill spreads as prefill says', () => {
    const [, , script] = command('prefill-worker-data-parallel prefill.template');
    expect(script).toContain('.Spec.Prefill.Parallelism.Data ');
    expect(script).not.toContain('{{ or .Spec.Parallelism');
  });

  test('without RDMA devices the search says so and the server starts', () => {
    const args = run('worker-data-parallel template', { LWS_LEADER_ADDRESS: 'x', KSERVE_INFER_ROCE: 'true' });
    expect(args[0]).toBe('RoCE: no device is up');
    expect(args[1]).toBe('serve');
  });

  describe('with RDMA devices', () => {
    const sys = mkdtempSync(path.join(tmpdir(), 'infiniband-'));
    afterAll(() => rmSync(sys, { recursive: true }));
    /** A device with the addresses it has by index, RoCE v2 all of them. */
    const device = (name: string, state: string, gids: Readonly<Record<number, string>>) => {
      const port = path.join(sys, name, 'ports', '1');
      for (const folder of ['gid_attrs/types', 'gids']) mkdirSync(path.join(port, folder), { recursive: true });
      writeFileSync(path.join(port, 'state'), state);
      for (const [index, gid] of Object.entries(gids)) {
        writeFileSync(path.join(port, 'gid_attrs/types', index), 'RoCE v2\n');
        writeFileSync(path.join(port, 'gids', index), `${gid}\n`);
      }
    };
    const IPV6 = 'fe80:0000:0000:0000:0000:0000:0000:0001';
    const IPV4 = '0000:0000:0000:0000:0000:ffff:0a00:0001';
    device('mlx5_0', '4: ACTIVE', { 1: IPV6, 5: IPV4 });
    device('mlx5_1', '4: ACTIVE', { 3: IPV4 });
    device('mlx5_2', '1: DOWN', { 7: IPV4 });
    const ask = (env: Readonly<Record<string, string>> = {}) => run('worker-data-parallel template', { LWS_LEADER_ADDRESS: 'x', KSERVE_INFER_ROCE: 'true', ...env }, [], sys)[0];

    test('takes those that are up, and of indexes equally common 3', () => {
      expect(ask()).toBe('RoCE: devices mlx5_0,mlx5_1, GID index 3');
    });

    test('leaves alone what the environment says', () => {
      expect(ask({ NCCL_IB_HCA: 'mlx5_9', NCCL_IB_GID_INDEX: '11' })).toBe('RoCE: devices mlx5_9, GID index 11');
    });

    test('does not look unless asked', () => {
      expect(ask({ KSERVE_INFER_ROCE: '' })).toBe('serve');
    });
  });

  test('holds no double quote inside double braces, which JSON would break', () => {
    for (const [, pod] of pods()) {
      for (const [action] of JSON.stringify(pod).matchAll(/\{\{.*?\}\}/g)) expect(action).not.toMatch(/["\\<>&]/);
    }
  });
});

test('completions are routed to the pool, everything else to any server', () => {
  const rules = at(spec('router-route'), 'router', 'route', 'http', 'spec', 'rules') as { matches: { path: { value: string } }[]; backendRefs: { kind: string }[] }[];
  expect(rules.map(({ matches, backendRefs }) => [matches[0]?.path.value, backendRefs[0]?.kind])).toEqual([
    ['/{{ .ObjectMeta.Namespace }}/{{ .ObjectMeta.Name }}/v1/completions', 'InferencePool'],
    ['/{{ .ObjectMeta.Namespace }}/{{ .ObjectMeta.Name }}/v1/chat/completions', 'InferencePool'],
    ['/{{ .ObjectMeta.Namespace }}/{{ .ObjectMeta.Name }}', 'Service'],
  ]);
});

test('the scheduler\'s Service and its container agree on the port, and the pool on the servers', () => {
  const scheduler = at(spec('scheduler'), 'router', 'scheduler');
  const [container] = at(scheduler, 'template', 'containers') as Container[];
  expect(container?.ports.map(({ containerPort }) => containerPort)).toContain(at(scheduler, 'pool', 'spec', 'endpointPickerRef', 'port', 'number'));
  expect(at(scheduler, 'pool', 'spec', 'targetPorts')).toEqual([{ number: 8000 }]);
});
