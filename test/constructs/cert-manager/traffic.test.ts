import { App } from 'cdk8s';
import { CertManager, type CertManagerProps, vault } from '../../../constructs/cert-manager';
import { awsPodIdentity, awsRole, azureClient, gcpServiceAccount } from '../../../constructs/core';
import { asExpected } from './refusals';
import { objectsOf, openPorts } from './objects';

const objects = (props?: CertManagerProps) => objectsOf(new CertManager(new App(), 'cert-manager', props));

test('the namespace lets nothing in or out but DNS', () => {
  const { one } = objects();
  expect(one('NetworkPolicy', 'default-deny').spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  expect(new Set(openPorts(one('NetworkPolicy', 'allow-dns'), 'egress'))).toEqual(new Set(['53', '5353']));
  expect(one('Namespace', 'cert-manager').metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
});

test.each([['cert-manager', ['9402']], ['cert-manager-cainjector', ['9402']], ['cert-manager-webhook', ['9402', '10250']]])('%s is open on %j, and goes to the API server', (name, ports) => {
  const policy = objects().one('NetworkPolicy', name);
  expect(openPorts(policy, 'ingress')).toEqual(ports);
  expect(openPorts(policy, 'egress')).toEqual(['443', '6443']);
  expect(policy.spec.podSelector).toEqual(objects().one('Deployment', name).spec.selector);
});

test('metrics are for pods of the cluster only', () => {
  expect(objects().one('NetworkPolicy', 'cert-manager').spec.ingress[0].from).toEqual([{ namespaceSelector: {} }]);
});

test('a Vault on a port of its own is let through for the controller', () => {
  const { one, ofKind } = objects({ platformIssuer: vault({ server: 'https://vault.example.com:8200', path: 'pki/sign/kubeflow', role: 'cert-manager' }) });
  const policy = one('NetworkPolicy', 'cert-manager-issuer-kubeflow-platform-ca');
  expect(openPorts(policy, 'egress')).toEqual(['8200']);
  expect(policy.spec.podSelector).toEqual(one('Deployment', 'cert-manager').spec.selector);
  expect(ofKind('NetworkPolicy')).toHaveLength(6);
});

test('a Vault on 443 needs nothing more', () => {
  expect(objects({ platformIssuer: vault({ server: 'https://vault.example.com', path: 'p', role: 'r' }) }).ofKind('NetworkPolicy')).toHaveLength(5);
});

describe('workload identity', () => {
  const controller = (props: CertManagerProps) => {
    const { one } = objects(props);
    return {
      account: one('ServiceAccount', 'cert-manager').metadata.annotations,
      labels: one('Deployment', 'cert-manager').spec.template.metadata.labels,
      egress: openPorts(one('NetworkPolicy', 'cert-manager'), 'egress'),
    };
  };

  test('AWS role', () => {
    const { account, egress } = controller({ workloadIdentity: awsRole('arn:aws:iam::123456789012:role/cert-manager') });
    expect(account).toEqual({ 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/cert-manager' });
    expect(egress).toEqual(['443', '6443']);
  });
  test('EKS Pod Identity opens the agent on the node', () => {
    expect(controller({ workloadIdentity: awsPodIdentity() }).egress).toEqual(['443', '6443', '80@169.254.170.23/32']);
  });
  test('Google opens the metadata server', () => {
    const { account, egress } = controller({ workloadIdentity: gcpServiceAccount('dns@project.iam.gserviceaccount.com') });
    expect(account).toEqual({ 'iam.gke.io/gcp-service-account': 'dns@project.iam.gserviceaccount.com' });
    expect(egress).toEqual(['443', '6443', '80@169.254.169.254/32', '988@169.254.169.252/32']);
  });
  test('Azure labels the pods', () => {
    const { account, labels } = controller({ workloadIdentity: azureClient('7a1e2c7e-0000-4000-8000-000000000000') });
    expect(account).toEqual({ 'azure.workload.identity/client-id': '7a1e2c7e-0000-4000-8000-000000000000' });
    expect(labels).toMatchObject({ 'azure.workload.identity/use': 'true' });
  });
  test.each([
    ['roleArn', () => awsRole('cert-manager')],
    ['email', () => gcpServiceAccount('me@example.com')],
    ['clientId', () => azureClient('cert-manager')],
  ])('refuses what is no %s', (property, make) => {
    expect(make).toThrow(asExpected(property));
  });
});

describe('DNS checks', () => {
  test('resolvers are passed on, and their ports opened where DNS and HTTPS are not enough', () => {
    const { one } = objects({ dnsCheck: { nameservers: ['10.0.0.53:53', 'https://dns.example.com/dns-query', '[fd00::1]:5300'], only: true } });
    expect(one('Deployment', 'cert-manager').spec.template.spec.containers[0].args).toEqual(
      expect.arrayContaining(['--dns01-recursive-nameservers=10.0.0.53:53,https://dns.example.com/dns-query,[fd00::1]:5300', '--dns01-recursive-nameservers-only=true']),
    );
    expect(openPorts(one('NetworkPolicy', 'cert-manager'), 'egress')).toEqual(['443', '6443', '5300', '5300']);
  });
  test.each(['1.1.1.1', '1.1.1.1:99999', 'fd00::1'])('refuses %s, which names no port', (nameserver) => {
    expect(() => objects({ dnsCheck: { nameservers: [nameserver] } })).toThrow(asExpected('dnsCheck.nameservers'));
  });
});
