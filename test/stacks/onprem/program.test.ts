import { X509Certificate } from 'node:crypto';
import { componentsOf, type Manifest, synthesize } from '../../../constructs/core';
import { ReleaseGraph } from '../../../constructs/core/release';
import { evaluate, isBlocking } from '../../../policies';
import { onprem } from '../../../stacks/onprem';
import { declare, type Declared, DATABASE, EVERYTHING, MINIMAL, OWN_CA, resolved, type Values } from './stand';

interface Spec {
  readonly [field: string]: unknown;
}
const specOf = (manifest: Manifest): Spec => manifest['spec'] as Spec;
const SECRETS = ['hush-registry', 'hush-id', 'hush-key', 'hush-sql', 'hush-oidc', 'PRIVATE KEY'];

/** What must be there before an object, however far. */
function before({ app }: Declared, kind: string, name: string): readonly string[] {
  const graph = ReleaseGraph.of(synthesize(app), componentsOf(app));
  const nodes = graph.order();
  const label = ({ object: { manifest } }: (typeof nodes)[number]) => `${manifest.kind}/${manifest.metadata.name}`;
  const start = nodes.find((node) => label(node) === `${kind}/${name}`);
  if (!start) throw new Error(`no ${kind}/${name}`);
  const seen = new Set([start]);
  for (const node of seen) for (const { node: dependency } of graph.directDependencies(node)) seen.add(dependency);
  return [...seen].map(label);
}

test('goes to the cluster of the one context that is named', () => {
  const { config } = declare();
  expect(onprem.target(config)).toEqual({ kind: 'existing', kubeconfig: '~/.kube/config', context: 'production' });
});

describe('everything there is', () => {
  const all = declare(EVERYTHING);

  it('is what its parts are', () => {
    expect(componentsOf(all.app).map(({ id }) => id)).toEqual(expect.arrayContaining(['metallb', 'metrics-server', 'csi-driver-nfs', 'storage', 'sign-in', 'pull-secret', 'istio', 'kserve', 'trainer', 'team-team-a', 'team-vision']));
  });

  it('finds no mandatory policy against it', () => {
    const { findings } = evaluate(all.objects, { now: new Date('2026-01-01T00:00:00Z') });
    expect(findings.filter(isBlocking).map(({ policy, object, message }) => `${policy}: ${object.kind}/${object.name}: ${message}`)).toEqual([]);
  });

  it('has no secret in what is written before the engine runs', () => {
    const text = JSON.stringify(all.objects);
    expect(SECRETS.filter((secret) => text.includes(secret))).toEqual([]);
  });

  it('gives the gateway its address after MetalLB has addresses, and takes it away before', () => {
    expect(all.one('Service', 'istio-ingressgateway')).toMatchObject({ metadata: { annotations: { 'metallb.io/loadBalancerIPs': '192.168.10.5' } }, spec: { type: 'LoadBalancer' } });
    expect(specOf(all.one('IPAddressPool', 'default'))).toMatchObject({ addresses: EVERYTHING.loadBalancer.addresses });
    expect(before(all, 'Service', 'istio-ingressgateway')).toEqual(expect.arrayContaining(['Deployment/controller', 'DaemonSet/speaker']));
  });

  it('shares files of the NFS server, by the driver that is installed', () => {
    expect(all.one('StorageClass', 'kubeflow-shared')).toMatchObject({ provisioner: 'nfs.csi.k8s.io', parameters: { server: 'nfs.example.com', share: '/exports/kubeflow' } });
    expect(all.one('PersistentVolumeClaim', 'shared', 'vision')).toMatchObject({ spec: { storageClassName: 'kubeflow-shared', accessModes: ['ReadWriteMany'] } });
    expect(before(all, 'PersistentVolumeClaim', 'shared')).toContain('StorageClass/kubeflow-shared');
  });

  it('leaves the StorageClass of single nodes as it is', () => {
    expect(all.objects.filter(({ kind }) => kind === 'StorageClass').map(({ metadata }) => metadata.name)).toEqual(['kubeflow-shared']);
  });

  it('asks kubelets that sign for themselves', () => {
    expect(JSON.stringify(specOf(all.one('Deployment', 'metrics-server')))).toContain('--kubelet-insecure-tls');
  });

  it('hands each team the key of the bucket and the user of the database, and opens the way to both', async () => {
    const key = all.one('Secret', 'team-objects-key', 'team-a');
    expect(key.metadata.annotations).toMatchObject({ 'serving.kserve.io/s3-endpoint': 'minio.storage.svc:9000', 'serving.kserve.io/s3-usehttps': '0' });
    const data = key['stringData'] as Record<string, string>;
    expect(await resolved(data['AWS_SECRET_ACCESS_KEY'] ?? '')).toBe('hush-key');
    expect(all.one('ConfigMap', 'team-objects', 'team-a')['data']).toMatchObject({ uri: 's3://models/team-a/', AWS_ENDPOINT_URL: 'http://minio.storage.svc:9000' });
    const sql = all.one('Secret', 'team-a', 'team-a')['stringData'] as Record<string, string>;
    expect(await resolved(sql['password'] ?? '')).toBe(DATABASE.password);
    expect(new X509Certificate(sql['ca.crt'] ?? '').ca).toBe(true);
    expect(all.one('ConfigMap', 'team-database', 'team-a')['data']).toMatchObject({ host: 'sql.example.com', port: '3306', database: 'team_a', secret: 'team-a' });
    expect(specOf(all.one('NetworkPolicy', 'team', 'team-a'))['egress']).toEqual(
      expect.arrayContaining([
        { ports: [{ port: 3306, protocol: 'TCP' }] },
        { to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'storage' } } }] },
      ]),
    );
  });

  it('pulls every image with the credentials of the mirror', async () => {
    const accounts = all.objects.filter(({ kind }) => kind === 'ServiceAccount');
    expect(accounts.length).toBeGreaterThan(10);
    for (const account of accounts) {
      expect(account['imagePullSecrets']).toEqual([{ name: 'registry-credentials' }]);
      const secret = all.one('Secret', 'registry-credentials', account.metadata.namespace);
      const config = await resolved((secret['stringData'] as Record<string, string>)['.dockerconfigjson'] ?? '');
      expect(JSON.parse(config)).toEqual({ auths: { 'registry.example.com': { username: 'robot', password: 'hush-registry', auth: Buffer.from('robot:hush-registry').toString('base64') } } });
    }
    const withAccounts = new Set(accounts.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`));
    const workloads = all.objects.filter(({ kind }) => ['Deployment', 'DaemonSet', 'StatefulSet', 'Job'].includes(kind));
    const accountless = workloads.filter((workload) => !withAccounts.has(`${workload.metadata.namespace}/${String((specOf(workload)['template'] as { spec: { serviceAccountName?: string } }).spec.serviceAccountName)}`));
    expect(accountless.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual([]);
  });

  it('lets nobody in without a token of the issuer', () => {
    expect(JSON.stringify(specOf(all.one('RequestAuthentication', 'sign-in')))).toContain('https://login.example.com/realms/ml');
  });
});

describe('TLS at the gateway', () => {
  const gatewayOf = (declared: Declared) => specOf(declared.one('Gateway', 'kubeflow-gateway'))['servers'];
  const HTTPS: unknown = expect.objectContaining({ port: { number: 443, name: 'https', protocol: 'HTTPS' }, tls: expect.objectContaining({ mode: 'SIMPLE', credentialName: 'kubeflow-gateway-tls' }) as unknown });

  it('is with the given certificate', async () => {
    const given = declare(EVERYTHING);
    expect(gatewayOf(given)).toContainEqual(HTTPS);
    const secret = given.one('Secret', 'kubeflow-gateway-tls', 'istio-system');
    expect(secret['type']).toBe('kubernetes.io/tls');
    expect(await resolved((secret['stringData'] as Record<string, string>)['tls.key'] ?? '')).toBe(EVERYTHING.certificates.given.key);
  });

  it('is with one that cert-manager issues from a CA of one\'s own', () => {
    const made = declare({ ...MINIMAL, certificates: { ca: OWN_CA } });
    expect(gatewayOf(made)).toContainEqual(HTTPS);
    expect(specOf(made.one('ClusterIssuer', 'own-ca'))).toEqual({ ca: { secretName: 'kubeflow-gateway-ca' } });
    expect(made.one('Secret', 'kubeflow-gateway-ca').metadata.namespace).toBe('cert-manager');
    expect(specOf(made.one('Certificate', 'kubeflow-gateway', 'istio-system'))).toMatchObject({ secretName: 'kubeflow-gateway-tls', issuerRef: { name: 'own-ca' }, dnsNames: ['ml.example.com', '*.ml.example.com'] });
  });

  it('is with one that Vault signs', () => {
    const made = declare({ ...MINIMAL, certificates: { vault: { server: 'https://vault.example.com:8200', path: 'pki/sign/kubeflow', role: 'kubeflow', caFile: DATABASE.caFile } } });
    expect(gatewayOf(made)).toContainEqual(HTTPS);
    expect(specOf(made.one('ClusterIssuer', 'own-ca'))).toMatchObject({ vault: { server: 'https://vault.example.com:8200', path: 'pki/sign/kubeflow', auth: { kubernetes: { role: 'kubeflow' } } } });
  });

  it('is not, unless asked for', () => {
    expect(JSON.stringify(gatewayOf(declare()))).not.toContain('443');
  });
});

describe('what is there already', () => {
  const quiet: Values = { ...MINIMAL, loadBalancer: { existing: { annotations: { 'kube-vip.io/loadbalancerIPs': '10.0.0.9' } } }, sharedFiles: { storageClass: 'cephfs' }, teams: ['vision'] };

  it('is used, and nothing is brought beside it', () => {
    const made = declare(quiet);
    const ids = componentsOf(made.app).map(({ id }) => id);
    expect(ids.filter((id) => ['metallb', 'metrics-server', 'csi-driver-nfs', 'pull-secret', 'sign-in'].includes(id))).toEqual([]);
    expect(made.one('Service', 'istio-ingressgateway').metadata.annotations).toMatchObject({ 'kube-vip.io/loadbalancerIPs': '10.0.0.9' });
    expect(made.objects.filter(({ kind }) => kind === 'StorageClass')).toEqual([]);
    expect(specOf(made.one('PersistentVolumeClaim', 'shared'))).toMatchObject({ storageClassName: 'cephfs' });
  });

  it('an NFS driver that is there is used', () => {
    const made = declare({ ...MINIMAL, sharedFiles: { nfs: { server: '10.0.0.7', share: '/srv', driver: 'existing' } } });
    expect(made.objects.filter(({ kind }) => kind === 'CSIDriver')).toEqual([]);
    expect(made.one('StorageClass', 'kubeflow-shared')).toMatchObject({ provisioner: 'nfs.csi.k8s.io' });
  });

  it('finds no mandatory policy against it', () => {
    const { findings } = evaluate(declare(quiet).objects, { now: new Date('2026-01-01T00:00:00Z') });
    expect(findings.filter(isBlocking)).toEqual([]);
  });
});

test('directories of k3s reach the CNI agent', () => {
  const { one } = declare({ ...MINIMAL, cni: { binDir: '/var/lib/rancher/k3s/data/cni', confDir: '/var/lib/rancher/k3s/agent/etc/cni/net.d' } });
  expect(JSON.stringify(specOf(one('DaemonSet', 'istio-cni-node')))).toContain('/var/lib/rancher/k3s/agent/etc/cni/net.d');
});

test('is planned without the secrets, which only a deployment decrypts', async () => {
  const secure = { secure: 'v1:abc' };
  const planned = declare({ ...EVERYTHING, certificates: { given: { ...EVERYTHING.certificates.given, key: secure } }, database: { ...DATABASE, password: secure }, objectStore: { ...EVERYTHING.objectStore, secretAccessKey: secure }, registry: { username: 'robot', password: secure }, signIn: { ...EVERYTHING.signIn, clientSecret: secure } });
  const names = ({ objects }: Declared) => objects.map(({ kind, metadata }) => `${kind}/${metadata.namespace}/${metadata.name}`);
  expect(names(planned)).toEqual(names(declare(EVERYTHING)));
  const sql = planned.one('Secret', 'vision', 'vision')['stringData'] as Record<string, string>;
  expect(await resolved(sql['password'] ?? '')).toContain('database.password');
});
