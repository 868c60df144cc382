import { at, find, kserve } from './platform';

interface Rule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly verbs: readonly string[];
}
interface Container {
  readonly name: string;
  readonly args: readonly string[];
  readonly command?: readonly string[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly [field: string]: unknown;
}

const CONTROLLERS = ['kserve-controller-manager', 'llmisvc-controller-manager', 'kserve-localmodel-controller-manager'];
const { manifests } = kserve({ localModels: {} });
const pod = (name: string) => at(find(manifests, 'Deployment', name), 'spec', 'template', 'spec') as { containers: Container[]; [field: string]: unknown };
const container = (name: string): Container => pod(name).containers.find((each) => each.name === 'manager') as Container;
const rules = (role: string, of = manifests) => at(find(of, 'ClusterRole', role), 'rules') as Rule[];
/** Verbs a role gives on a resource. */
const verbs = (role: string, resource: string, of = manifests) => [...new Set(rules(role, of).flatMap((rule) => (rule.resources?.includes(resource) ? rule.verbs : [])))].sort();

describe.each(CONTROLLERS)('%s', (name) => {
  test('starts as its program wants it', () => {
    expect(container(name).command).toEqual(['/manager']);
    expect(container(name).args).toContain('--leader-elect');
    expect(container(name).env).toContainEqual({ name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } });
    expect(container(name).volumeMounts).toEqual([{ name: 'cert', mountPath: '/tmp/k8s-webhook-server/serving-certs', readOnly: true }]);
  });

  test('has two replicas, spread, of which one may be away', () => {
    expect(at(find(manifests, 'Deployment', name), 'spec', 'replicas')).toBe(2);
    expect(at(find(manifests, 'PodDisruptionBudget', name), 'spec', 'selector')).toEqual(at(find(manifests, 'Deployment', name), 'spec', 'selector'));
  });

  test('probes ports it names', () => {
    const ports = container(name).ports.map(({ containerPort }) => containerPort);
    for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
      const { httpGet, tcpSocket } = container(name)[probe] as { httpGet?: { port: number }; tcpSocket?: { port: number } };
      expect(ports).toContain(httpGet?.port ?? tcpSocket?.port);
    }
  });

  test('is reached only at its webhooks, from the API server, and its metrics', () => {
    const policy = find(manifests, 'NetworkPolicy', name);
    expect(at(policy, 'spec', 'podSelector', 'matchLabels')).toEqual({ 'control-plane': name, 'controller-tools.k8s.io': '1.0' });
    expect(at(policy, 'spec', 'ingress', 0)).toEqual({ ports: [{ port: 9443, protocol: 'TCP' }] });
    expect(at(policy, 'spec', 'egress')).toEqual([{ ports: [{ port: 443, protocol: 'TCP' }, { port: 6443, protocol: 'TCP' }] }]);
  });
});

test('every Service leads to a port its pods name', () => {
  const services = manifests.filter(({ kind }) => kind === 'Service');
  expect(services).toHaveLength(6);
  for (const service of services) {
    const selector = at(service, 'spec', 'selector') as Record<string, string>;
    const target = at(service, 'spec', 'ports', 0, 'targetPort');
    const names = pod(String(selector['control-plane'])).containers.flatMap(({ ports }) => ports.map((port) => port.name));
    expect(names).toContain(target);
  }
});

test('ready means that webhooks are answered', () => {
  expect(container('kserve-controller-manager').readinessProbe).toMatchObject({ httpGet: { path: '/readyz', port: 8081 } });
  // These answer /readyz from the start.
  expect(container('llmisvc-controller-manager').readinessProbe).toMatchObject({ tcpSocket: { port: 9443 } });
  expect(container('kserve-localmodel-controller-manager').readinessProbe).toMatchObject({ tcpSocket: { port: 9443 } });
});

describe('metrics', () => {
  test('are behind a proxy that asks who calls', () => {
    const [manager, proxy] = pod('kserve-controller-manager').containers;
    expect(manager?.args).toContain('--metrics-addr=127.0.0.1:8080');
    expect(proxy?.args).toEqual(expect.arrayContaining(['--secure-listen-address=0.0.0.0:8443', '--upstream=http://127.0.0.1:8080/']));
    expect(verbs('kserve-proxy-role', 'tokenreviews')).toEqual(['create']);
    expect(at(find(manifests, 'NetworkPolicy', 'kserve-controller-manager'), 'spec', 'ingress', 1)).toEqual({ from: [{ namespaceSelector: {} }], ports: [{ port: 8443, protocol: 'TCP' }] });
  });

  test('or plain, for all pods of the cluster', () => {
    const plain = kserve({ metrics: 'in-cluster' }).manifests;
    const containers = at(find(plain, 'Deployment', 'kserve-controller-manager'), 'spec', 'template', 'spec', 'containers') as Container[];
    expect(containers.map(({ name }) => name)).toEqual(['manager']);
    expect(containers[0]?.args).toContain('--metrics-addr=:8080');
    expect(plain.some(({ kind, metadata }) => kind === 'ClusterRole' && metadata.name === 'kserve-proxy-role')).toBe(false);
    expect(at(find(plain, 'Service', 'kserve-controller-manager-metrics-service'), 'spec', 'ports', 0)).toMatchObject({ port: 8080, targetPort: 'metrics' });
    expect(find(plain, 'Service', 'kserve-controller-manager-metrics-service').metadata.annotations).toMatchObject({ 'prometheus.io/scheme': 'http', 'prometheus.io/port': '8080' });
  });

  test('of the LLM controller can be reached at all', () => {
    expect(container('llmisvc-controller-manager').args).toContain('--metrics-addr=:8443');
  });
});

describe('permissions', () => {
  test('no role of a controller has a wildcard', () => {
    const roles = manifests.filter(({ kind }) => kind === 'ClusterRole' || kind === 'Role');
    expect(roles.flatMap((role) => at(role, 'rules') as Rule[]).filter((rule) => JSON.stringify(rule ?? {}).includes('"*"'))).toEqual([]);
  });

  test('the controller manages what it makes, and only reads what it refers to', () => {
    const role = 'kserve-manager-role';
    expect(verbs(role, 'deployments')).toEqual(['create', 'delete', 'get', 'list', 'patch', 'update', 'watch']);
    expect(verbs(role, 'clusterservingruntimes')).toEqual(['get', 'list', 'watch']);
    expect(verbs(role, 'secrets')).toEqual(['get']);
    expect(verbs(role, 'mutatingwebhookconfigurations')).toEqual([]);
    expect(verbs(role, 'virtualservices')).toEqual([]);
  });

  test('it may read the model cache only where there is one', () => {
    expect(verbs('kserve-manager-role', 'localmodelcaches')).toEqual(['get', 'list', 'watch']);
    expect(verbs('kserve-manager-role', 'localmodelcaches', kserve().manifests)).toEqual([]);
  });

  test('the LLM controller has what it grants to schedulers', () => {
    const role = 'kserve-llmisvc-manager-role';
    expect(verbs(role, 'inferenceobjectives')).toEqual(['get', 'list', 'watch']);
    expect(verbs(role, 'endpointslices')).toEqual(['get', 'list', 'watch']);
    expect(verbs(role, 'leases')).toEqual(expect.arrayContaining(['create', 'delete', 'list', 'watch']));
    expect(verbs(role, 'gateways')).toEqual(['get', 'list', 'watch']);
  });

  test('a token is mounted where the API is used, and each controller has an account of its own', () => {
    for (const name of CONTROLLERS) {
      expect(pod(name)).toMatchObject({ serviceAccountName: name, automountServiceAccountToken: true });
      expect(find(manifests, 'ServiceAccount', name)).toMatchObject({ automountServiceAccountToken: false });
    }
  });
});
