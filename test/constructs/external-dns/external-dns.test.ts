import { App, Duration } from 'cdk8s';
import { awsPodIdentity, azureClient, Component, createToken, type DnsService, type DnsZone, gcpServiceAccount, imagesOf, type ServiceAccountRef, synthesize, type WorkloadIdentity } from '../../../constructs/core';
import { EXTERNAL_DNS_SERVICE_ACCOUNT, ExternalDns, type ExternalDnsProps } from '../../../constructs/external-dns';
import { GatewayApi } from '../../../constructs/gateway-api';
import { existingIstio, Istio } from '../../../constructs/istio';
import { type Json, objectsOf, stringsOf, verbsOn } from '../jobset/objects';
import { judged } from '../judged';

const CLIENT = '01234567-89ab-cdef-0123-456789abcdef';
const ROUTE53: DnsService = { kind: 'route53', region: 'eu-central-1', hostedZoneId: 'Z0123456789' };
const CLOUD_DNS: DnsService = { kind: 'cloud-dns', project: 'my-project', managedZone: 'example-com' };
const AZURE: DnsService = { kind: 'azure-dns', subscriptionId: 'sub', tenantId: 'tenant', resourceGroup: 'dns' };

/** A zone that remembers who asked for what. */
function recordingZone(service: DnsService, identity: WorkloadIdentity, domain = 'example.com') {
  const grants: { serviceAccount: ServiceAccountRef; records: string }[] = [];
  const zone: DnsZone = {
    domain,
    service,
    grantRecords: (serviceAccount, records) => {
      grants.push({ serviceAccount, records });
      return identity;
    },
  };
  return { zone, grants };
}

function externalDns(props: Partial<ExternalDnsProps> = {}, service: DnsService = ROUTE53, identity: WorkloadIdentity = awsPodIdentity(), domain?: string) {
  const app = new App();
  const { zone, grants } = recordingZone(service, identity, domain);
  const component = new ExternalDns(app, 'external-dns', { zone, ownerId: 'production', ...props });
  return { component, grants, ...objectsOf(component) };
}

type Made = ReturnType<typeof externalDns>;
const podOf = (made: Made): Json => made.one('Deployment', 'external-dns').spec.template;
const argsOf = (made: Made): string[] => podOf(made).spec.containers[0].args;
const ruleKinds = (made: Made): string[] => made.one('ClusterRole', 'external-dns').rules.flatMap((rule: Json) => rule.resources).sort();

test('the objects', () => {
  expect(externalDns().names).toMatchSnapshot();
  expect(externalDns({}, AZURE, azureClient(CLIENT)).names.filter((name) => !externalDns().names.includes(name))).toEqual(['ConfigMap/external-dns/external-dns-azure']);
});

test('the zone grants its records to the pods, once, and they are who it says', () => {
  const made = externalDns({}, CLOUD_DNS, gcpServiceAccount('dns@my-project.iam.gserviceaccount.com'));
  expect(made.grants).toEqual([{ serviceAccount: EXTERNAL_DNS_SERVICE_ACCOUNT, records: 'all' }]);
  expect(made.one('ServiceAccount', 'external-dns').metadata).toMatchObject({ ...EXTERNAL_DNS_SERVICE_ACCOUNT, annotations: { 'iam.gke.io/gcp-service-account': 'dns@my-project.iam.gserviceaccount.com' } });
  expect(podOf(made).spec.serviceAccountName).toBe('external-dns');
  expect(stringsOf(made.ofKind('NetworkPolicy'))).toEqual(expect.arrayContaining(['169.254.169.254/32', '169.254.169.252/32']));
});

describe('it writes into its zone alone', () => {
  test('Route 53', () => {
    const made = externalDns();
    expect(argsOf(made)).toEqual(expect.arrayContaining(['--provider=aws', '--zone-id-filter=Z0123456789', '--domain-filter=example.com', '--aws-zone-type=public']));
    expect(podOf(made).spec.containers[0].env).toEqual([{ name: 'AWS_REGION', value: 'eu-central-1' }]);
  });

  test('Cloud DNS', () => {
    expect(argsOf(externalDns({}, CLOUD_DNS))).toEqual(expect.arrayContaining(['--provider=google', '--google-project=my-project', '--zone-id-filter=example-com', '--domain-filter=example.com']));
  });

  test('Azure DNS, by a file without a credential', () => {
    const made = externalDns({}, AZURE, azureClient(CLIENT));
    expect(argsOf(made)).toEqual(expect.arrayContaining(['--provider=azure', '--azure-config-file=/etc/kubernetes/azure.json', '--zone-name-filter=example.com']));
    expect(JSON.parse(made.one('ConfigMap', 'external-dns-azure').data['azure.json'])).toEqual({
      aadClientId: CLIENT,
      cloud: 'AzurePublicCloud',
      resourceGroup: 'dns',
      subscriptionId: 'sub',
      tenantId: 'tenant',
      useWorkloadIdentityExtension: true,
    });
    expect(podOf(made).metadata.labels).toMatchObject({ 'azure.workload.identity/use': 'true' });
    expect(podOf(made).spec.containers[0].volumeMounts).toEqual([{ name: 'azure-config', mountPath: '/etc/kubernetes', readOnly: true }]);
    expect(made.ofKind('Secret')).toEqual([]);
  });

  test('a changed file starts a new pod', () => {
    const hash = (azureCloud: ExternalDnsProps['azureCloud']) => podOf(externalDns({ azureCloud }, AZURE, azureClient(CLIENT))).metadata.annotations['external-dns.kubeflow-cdk.dev/config-hash'];
    expect(hash('AzureChinaCloud')).not.toBe(hash('AzurePublicCloud'));
  });
});

test('records go with what they belong to, unless told otherwise, and belong to this cluster', () => {
  expect(argsOf(externalDns())).toEqual(expect.arrayContaining(['--policy=sync', '--registry=txt', '--txt-owner-id=production', '--txt-prefix=%{record_type}-external-dns.', '--events']));
  expect(argsOf(externalDns({ policy: 'upsert-only' }))).toContain('--policy=upsert-only');
});

describe('sources', () => {
  const gateway = { gateway: 'istio-system/gateway', service: 'gateway', pods: { app: 'gateway' } };
  const mesh = existingIstio({ version: '1.30.1', ingressGateway: gateway, clusterLocalGateway: gateway });

  test('load balancers need no pods, nodes or slices to be read', () => {
    const made = externalDns();
    expect(argsOf(made)).toEqual(expect.arrayContaining(['--source=service', '--service-type-filter=LoadBalancer', '--source=ingress']));
    expect(ruleKinds(made)).toEqual(['ingresses', 'services']);
  });

  test('types of Services decide what is read', () => {
    expect(ruleKinds(externalDns({ sources: [{ kind: 'service', types: ['ClusterIP'] }] }))).toEqual(['endpointslices', 'pods', 'services']);
    expect(ruleKinds(externalDns({ sources: [{ kind: 'service', types: ['NodePort'] }] }))).toEqual(['endpointslices', 'nodes', 'pods', 'services']);
  });

  test('Istio', () => {
    const made = externalDns({ sources: [{ kind: 'istio-gateway', mesh }, { kind: 'istio-virtualservice', mesh }] });
    expect(argsOf(made).filter((arg) => arg.startsWith('--source'))).toEqual(['--source=istio-gateway', '--source=istio-virtualservice']);
    expect(ruleKinds(made)).toEqual(['gateways', 'ingresses', 'services', 'virtualservices']);
  });

  test('nothing is written, whatever the source', () => {
    const gatewayApi = {};
    const role = externalDns({ sources: [{ kind: 'ingress', classes: ['alb'] }, { kind: 'gateway-httproute', gatewayApi }, { kind: 'gateway-grpcroute', gatewayApi }, { kind: 'gateway-tlsroute', gatewayApi }] }).one('ClusterRole', 'external-dns');
    expect([...new Set(role.rules.flatMap((rule: Json) => rule.verbs))].sort()).toEqual(['get', 'list', 'watch']);
    expect(verbsOn(role, 'gateway.networking.k8s.io', 'grpcroutes')).toEqual(['get', 'list', 'watch']);
    expect(role.rules.filter((rule: Json) => rule.resources.includes('namespaces'))).toHaveLength(1);
  });

  test('it waits for who has the definitions of what it reads', () => {
    const app = new App();
    const gatewayApi = new GatewayApi(app, 'gateway-api');
    const istio = new Istio(app, 'istio', {});
    const { zone } = recordingZone(ROUTE53, awsPodIdentity());
    const component = new ExternalDns(app, 'external-dns', { zone, ownerId: 'a', sources: [{ kind: 'istio-gateway', mesh: istio }, { kind: 'gateway-httproute', gatewayApi }] });
    expect(component.requires).toEqual(['gateway-api', 'istio']);
  });

  test('and for the zone', () => {
    class Cloud extends Component {}
    const app = new App();
    const providedBy = new Cloud(app, 'cloud', { version: '1' });
    const { zone } = recordingZone(ROUTE53, awsPodIdentity());
    expect(new ExternalDns(app, 'external-dns', { zone: { ...zone, providedBy }, ownerId: 'a' }).requires).toEqual(['cloud']);
  });
});

describe('names for a Service', () => {
  test('are annotations the program reads', () => {
    expect(externalDns().component.nameAnnotations({ names: ['example.com', '*.kubeflow.example.com'], ttl: Duration.minutes(1) })).toEqual({
      'external-dns.kubernetes.io/hostname': 'example.com,*.kubeflow.example.com',
      'external-dns.kubernetes.io/ttl': '60',
    });
  });

  test.each(['kubeflow.example.org', 'badexample.com', 'Kubeflow.example.com', 'a.*.example.com', 'example.com.'])('%s is refused', (name) => {
    expect(() => externalDns().component.nameAnnotations({ names: [name] })).toThrow(`names is '${name}'; expected a name in the zone 'example.com'`);
  });

  test('a zone or name that is known at deploy time goes through', () => {
    const token = createToken({}, 'the domain');
    const { component } = externalDns({}, ROUTE53, awsPodIdentity(), token);
    expect(component.nameAnnotations({ names: [`kubeflow.${token}`, 'anything.example.org'] })['external-dns.kubernetes.io/hostname']).toBe(`kubeflow.${token},anything.example.org`);
  });
});

test('one pod at a time: it elects no leader', () => {
  expect(externalDns().one('Deployment', 'external-dns').spec).toMatchObject({ replicas: 1, strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } } });
});

test('annotations of old are read only if asked for', () => {
  expect(argsOf(externalDns())).not.toContain('--enable-legacy-annotation-prefix');
  expect(argsOf(externalDns({ legacyAnnotations: true }))).toContain('--enable-legacy-annotation-prefix');
});

test('the image is the released one', () => {
  expect(imagesOf(externalDns().component).map((use) => use.reference)).toEqual(['registry.k8s.io/external-dns/external-dns:v0.23.0']);
});

test('metrics are for the cluster, nothing else comes in', () => {
  expect(externalDns().one('NetworkPolicy', 'external-dns').spec.ingress).toEqual([{ from: [{ namespaceSelector: {} }], ports: [{ protocol: 'TCP', port: 7979 }] }]);
});

test.each([['route53', ROUTE53], ['cloud-dns', CLOUD_DNS], ['azure-dns', AZURE]] as const)('%s: policies find nothing but its token and a namespace without a quota, for which there are reasons', (_, service) => {
  expect(judged(externalDns({}, service).all)).toEqual({
    open: [],
    waived: ['namespace-quota Namespace/external-dns', 'service-account-token Deployment/external-dns'],
    unevaluated: [],
  });
});

test('two syntheses are the same', () => {
  const text = () => JSON.stringify(synthesize(externalDns({}, AZURE).component));
  expect(text()).toBe(text());
});

describe('bad input', () => {
  test.each<[Partial<ExternalDnsProps>, string]>([
    [{ ownerId: '' }, "ownerId is ''"],
    [{ ownerId: 'a b' }, "ownerId is 'a b'; expected letters"],
    [{ txtPrefix: '' }, "txtPrefix is ''"],
    [{ txtPrefix: '%{type}-' }, "txtPrefix is '%{type}-'"],
    [{ interval: Duration.seconds(1) }, 'expected at least 10 seconds'],
    [{ sources: [{ kind: 'ingress' }, { kind: 'ingress' }] }, 'sources is ["ingress","ingress"]; expected at least one source, and each kind once'],
  ])('%j', (props, message) => {
    expect(() => externalDns(props)).toThrow(message);
  });

  test.each(['example', '*.example.com', 'example.com.', 'Example.com'])('a zone %s', (domain) => {
    expect(() => externalDns({}, ROUTE53, awsPodIdentity(), domain)).toThrow(`external-dns: zone.domain is '${domain}'`);
  });
});
