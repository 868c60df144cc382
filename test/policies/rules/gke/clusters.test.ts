import type { CloudResource } from '../../../../policies';
import { check, controls, inPreview, open, UNKNOWN } from '../gcp/run';
import { autopilot, cluster } from './clusters';

const found = (path: string, value: unknown, problem: string) => [`${path} | ${JSON.stringify(value ?? null)} | cluster 'main' ${problem}`];

const CERTIFICATE = 'masterAuth.clientCertificateConfig.issueClientCertificate';
const NO_POLICY = 'does not enforce network policies';
const HIDDEN = 'hides traffic between pods of one node from the network';
const ROUTES = 'is routes-based, not VPC-native';
const NO_BINAUTHZ = 'does not enforce Binary Authorization';
const NO_KEY = 'does not encrypt Secrets with a key in Cloud KMS';
const NO_CHANNEL = 'follows no release channel';
const NO_POSTURE = 'is not watched by the security posture dashboard';

describe('policies over one input of a cluster', () => {
  it.each<[string, CloudResource, string[]]>([
    ['gke-client-certificate', cluster({ masterAuth: { clientCertificateConfig: { issueClientCertificate: true } } }), found(CERTIFICATE, true, 'issues a client certificate')],
    ['gke-client-certificate', cluster({ masterAuth: { clientCertificateConfig: { issueClientCertificate: 'true' } } }), found(CERTIFICATE, 'true', 'issues a client certificate')],
    ['gke-client-certificate', cluster({ masterAuth: { clientCertificateConfig: { issueClientCertificate: false } } }), []],
    ['gke-client-certificate', cluster({ masterAuth: { clientCertificateConfig: null } }), []],
    ['gke-client-certificate', cluster(), []],

    ['gke-google-groups', cluster(), found('authenticatorGroupsConfig.securityGroup', null, 'does not know Google Groups in RBAC')],
    ['gke-google-groups', cluster({ authenticatorGroupsConfig: { securityGroup: '' } }), found('authenticatorGroupsConfig.securityGroup', '', 'does not know Google Groups in RBAC')],
    ['gke-google-groups', autopilot(), found('authenticatorGroupsConfig.securityGroup', null, 'does not know Google Groups in RBAC')],
    ['gke-google-groups', cluster({ authenticatorGroupsConfig: { securityGroup: 'gke-security-groups@example.com' } }), []],

    ['gke-legacy-abac', cluster({ enableLegacyAbac: true }), found('enableLegacyAbac', true, 'uses the legacy authoriser (ABAC)')],
    ['gke-legacy-abac', cluster({ enableLegacyAbac: false }), []],
    ['gke-legacy-abac', cluster({ enableLegacyAbac: null }), []],

    ['gke-alpha-features', cluster({ enableKubernetesAlpha: true }), found('enableKubernetesAlpha', true, 'is an alpha cluster')],
    ['gke-alpha-features', cluster(), []],

    ['gke-workload-identity', cluster(), found('workloadIdentityConfig.workloadPool', null, 'has no Workload Identity')],
    ['gke-workload-identity', cluster({ workloadIdentityConfig: { workloadPool: 5 } }), found('workloadIdentityConfig.workloadPool', 5, 'has no Workload Identity')],
    ['gke-workload-identity', cluster({ workloadIdentityConfig: { workloadPool: 'p.svc.id.goog' } }), []],
    ['gke-workload-identity', cluster({ workloadIdentityConfig: { identityNamespace: 'p.svc.id.goog' } }), []],
    ['gke-workload-identity', autopilot(), []],

    ['gke-secrets-encryption', cluster(), found('databaseEncryption.state', null, NO_KEY)],
    ['gke-secrets-encryption', cluster({ databaseEncryption: { state: 'DECRYPTED' } }), found('databaseEncryption.state', 'DECRYPTED', NO_KEY)],
    ['gke-secrets-encryption', autopilot(), found('databaseEncryption.state', null, NO_KEY)],
    ['gke-secrets-encryption', cluster({ databaseEncryption: { state: 'ENCRYPTED', keyName: 'k' } }), []],
    ['gke-secrets-encryption', cluster({ databaseEncryption: { state: 'ALL_OBJECTS_ENCRYPTION_ENABLED' } }), []],

    ['gke-binary-authorization', cluster(), found('binaryAuthorization.evaluationMode', null, NO_BINAUTHZ)],
    ['gke-binary-authorization', cluster({ binaryAuthorization: { evaluationMode: 'DISABLED', enabled: true } }), found('binaryAuthorization.evaluationMode', 'DISABLED', NO_BINAUTHZ)],
    ['gke-binary-authorization', autopilot(), found('binaryAuthorization.evaluationMode', null, NO_BINAUTHZ)],
    ['gke-binary-authorization', cluster({ binaryAuthorization: { evaluationMode: 'PROJECT_SINGLETON_POLICY_ENFORCE' } }), []],
    ['gke-binary-authorization', cluster({ binaryAuthorization: { enabled: true } }), []],
    ['gke-binary-authorization', cluster({ enableBinaryAuthorization: true }), []],

    ['gke-release-channel', cluster(), found('releaseChannel.channel', null, NO_CHANNEL)],
    ['gke-release-channel', cluster({ releaseChannel: { channel: 'UNSPECIFIED' } }), found('releaseChannel.channel', 'UNSPECIFIED', NO_CHANNEL)],
    ['gke-release-channel', cluster({ releaseChannel: { channel: 'STABLE' } }), []],
    ['gke-release-channel', cluster({ releaseChannel: { channel: 'EXTENDED' } }), []],
    ['gke-release-channel', autopilot(), []],

    ['gke-shielded-nodes', cluster({ enableShieldedNodes: false }), found('enableShieldedNodes', false, 'has no shielded nodes')],
    ['gke-shielded-nodes', cluster({ enableShieldedNodes: 'no' }), found('enableShieldedNodes', 'no', 'has no shielded nodes')],
    ['gke-shielded-nodes', cluster({ enableShieldedNodes: true }), []],
    ['gke-shielded-nodes', cluster(), []],
    ['gke-shielded-nodes', autopilot({ enableShieldedNodes: false }), []],

    ['gke-security-posture', cluster(), found('securityPostureConfig.mode', null, NO_POSTURE)],
    ['gke-security-posture', autopilot({ securityPostureConfig: { mode: 'DISABLED' } }), found('securityPostureConfig.mode', 'DISABLED', NO_POSTURE)],
    ['gke-security-posture', cluster({ securityPostureConfig: { mode: 'ENTERPRISE' } }), []],

    ['gke-network-policy', cluster(), found('networkPolicy.enabled', null, NO_POLICY)],
    ['gke-network-policy', cluster({ networkPolicy: { enabled: false }, datapathProvider: 'LEGACY_DATAPATH' }), found('networkPolicy.enabled', false, NO_POLICY)],
    ['gke-network-policy', cluster({ networkPolicy: { enabled: true } }), []],
    ['gke-network-policy', cluster({ networkPolicy: { enabled: false }, datapathProvider: 'ADVANCED_DATAPATH' }), []],
    ['gke-network-policy', autopilot(), []],

    ['gke-intranode-visibility', cluster(), found('enableIntranodeVisibility', null, HIDDEN)],
    ['gke-intranode-visibility', autopilot({ enableIntranodeVisibility: false }), found('enableIntranodeVisibility', false, HIDDEN)],
    ['gke-intranode-visibility', cluster({ enableIntranodeVisibility: true }), []],
    ['gke-intranode-visibility', autopilot(), []],

    ['gke-vpc-native', cluster({ networkingMode: 'ROUTES', ipAllocationPolicy: {} }), found('networkingMode', 'ROUTES', ROUTES)],
    ['gke-vpc-native', cluster({ clusterIpv4Cidr: '10.96.0.0/14' }), found('networkingMode', null, ROUTES)],
    ['gke-vpc-native', cluster({ clusterIpv4Cidr: '10.96.0.0/14', ipAllocationPolicy: {} }), []],
    ['gke-vpc-native', cluster({ networkingMode: 'VPC_NATIVE' }), []],
    ['gke-vpc-native', cluster(), found('networkingMode', null, 'leaves networkingMode to the default of the provider')],
    ['gke-vpc-native', cluster({ ipAllocationPolicy: {} }), []],
    ['gke-vpc-native', autopilot({ networkingMode: 'ROUTES' }), []],
  ])('%s of %j: %j', (id, resource, expected) => {
    expect(check(id, resource)).toEqual(expected);
  });

  it('leaves a value that is not known yet undecided', () => {
    const resource = inPreview('gcp:container/cluster:Cluster', { databaseEncryption: { state: UNKNOWN } });
    expect(check('gke-secrets-encryption', resource)).toEqual([]);
    expect(open('gke-secrets-encryption', resource)).toEqual(['databaseEncryption.state: the value is not known yet']);
  });

  it('leaves undecided what matters only where Google does not manage the nodes, if that is not known yet', () => {
    const resource = inPreview('gcp:container/cluster:Cluster', { enableAutopilot: UNKNOWN, enableShieldedNodes: false });
    expect(check('gke-shielded-nodes', resource)).toEqual([]);
    expect(open('gke-shielded-nodes', resource)).toEqual(['enableAutopilot: the value is not known yet']);
  });
});

describe('the control plane', () => {
  const limited = (range: unknown, fields: object = {}) => cluster({ masterAuthorizedNetworksConfig: { cidrBlocks: [{ cidrBlock: '203.0.113.0/24' }, { cidrBlock: range }] }, ...fields });
  const OPEN = "the control plane of cluster 'main' answers the whole internet";
  const UNLIMITED = "masterAuthorizedNetworksConfig | null | the control plane of cluster 'main' is not limited to authorised networks";

  it.each<[CloudResource, string[]]>([
    [limited('0.0.0.0/0'), [`masterAuthorizedNetworksConfig.cidrBlocks[1].cidrBlock | "0.0.0.0/0" | ${OPEN}`]],
    [limited('::/0'), [`masterAuthorizedNetworksConfig.cidrBlocks[1].cidrBlock | "::/0" | ${OPEN}`]],
    [limited('10.0.0.0/8'), []],
    [limited('10.0.0.0/10'), []],
    [limited(null), []],
    [cluster({ masterAuthorizedNetworksConfig: {} }), []],
    [cluster({ masterAuthorizedNetworksConfig: { cidrBlocks: [null, 'x'] } }), []],
    [cluster(), [UNLIMITED]],
    [cluster({ masterAuthorizedNetworksConfig: null }), [UNLIMITED]],
    [autopilot(), [UNLIMITED]],
    [cluster({ controlPlaneEndpointsConfig: { ipEndpointsConfig: { enabled: false } } }), []],
    [cluster({ controlPlaneEndpointsConfig: { ipEndpointsConfig: { enabled: true } } }), [UNLIMITED]],
  ])('answers authorised networks only: %j: %j', (resource, expected) => {
    expect(check('gke-authorized-networks', resource)).toEqual(expected);
  });

  const PUBLIC = "the control plane of cluster 'main' has a public endpoint";
  const byName = (allowExternalTraffic: boolean) => cluster({ controlPlaneEndpointsConfig: { ipEndpointsConfig: { enabled: false }, dnsEndpointConfig: { allowExternalTraffic } } });

  it.each<[CloudResource, string[]]>([
    [cluster(), [`privateClusterConfig.enablePrivateEndpoint | null | ${PUBLIC}`]],
    [cluster({ privateClusterConfig: { enablePrivateNodes: true } }), [`privateClusterConfig.enablePrivateEndpoint | null | ${PUBLIC}`]],
    [cluster({ privateClusterConfig: { enablePrivateEndpoint: false } }), [`privateClusterConfig.enablePrivateEndpoint | false | ${PUBLIC}`]],
    [autopilot(), [`privateClusterConfig.enablePrivateEndpoint | null | ${PUBLIC}`]],
    [byName(true), [`privateClusterConfig.enablePrivateEndpoint | null | ${PUBLIC}`]],
    [byName(false), []],
    [cluster({ privateClusterConfig: { enablePrivateEndpoint: true } }), []],
  ])('has no public endpoint: %j: %j', (resource, expected) => {
    expect(check('gke-private-endpoint', resource)).toEqual(expected);
  });
});

describe('logging and monitoring', () => {
  it.each<['logging' | 'monitoring', CloudResource, string[]]>([
    ['logging', cluster({ loggingService: 'none' }), ["loggingService | \"none\" | cluster 'main' does not send to Cloud Logging"]],
    ['logging', cluster({ loggingConfig: { enableComponents: [] } }), ["loggingConfig.enableComponents | [] | cluster 'main' does not send to Cloud Logging"]],
    ['logging', cluster({ loggingConfig: { enableComponents: ['WORKLOADS'] } }), ["loggingConfig.enableComponents | [\"WORKLOADS\"] | cluster 'main' does not send to Cloud Logging"]],
    ['logging', cluster({ clusterTelemetry: { type: 'DISABLED' } }), ["clusterTelemetry.type | \"DISABLED\" | cluster 'main' does not send to Cloud Logging"]],
    ['logging', cluster({ loggingConfig: { enableComponents: ['SYSTEM_COMPONENTS'] } }), []],
    ['logging', cluster({ loggingService: 'logging.googleapis.com/kubernetes' }), []],
    ['logging', cluster(), []],
    ['logging', autopilot({ loggingService: 'none' }), []],
    ['monitoring', cluster({ monitoringService: 'none' }), ["monitoringService | \"none\" | cluster 'main' does not send to Cloud Monitoring"]],
    ['monitoring', cluster({ monitoringConfig: { enableComponents: [null, 'POD'] } }), ["monitoringConfig.enableComponents | [null,\"POD\"] | cluster 'main' does not send to Cloud Monitoring"]],
    ['monitoring', cluster({ monitoringConfig: { managedPrometheus: { enabled: true } } }), []],
    ['monitoring', cluster({ loggingService: 'none' }), []],
  ])('%s of %j: %j', (kind, resource, expected) => {
    expect(check(`gke-${kind}`, resource)).toEqual(expected);
  });
});

it.each([
  ['gke-client-certificate', ['5.8.1']],
  ['gke-google-groups', ['5.8.2']],
  ['gke-legacy-abac', ['5.8.3']],
  ['gke-alpha-features', ['5.10.2']],
  ['gke-workload-identity', ['5.2.2']],
  ['gke-secrets-encryption', ['5.3.1']],
  ['gke-boot-disk-encryption', ['5.9.2']],
  ['gke-persistent-disk-encryption', ['5.9.1']],
  ['gke-binary-authorization', ['5.1.4']],
  ['gke-release-channel', ['5.5.4']],
  ['gke-shielded-nodes', ['5.5.5']],
  ['gke-integrity-monitoring', ['5.5.6']],
  ['gke-secure-boot', ['5.5.7']],
  ['gke-network-policy', ['4.3.1']],
  ['gke-intranode-visibility', ['5.6.1']],
  ['gcp-subnet-flow-logs', ['5.6.1']],
  ['gke-vpc-native', ['5.6.2']],
  ['gke-authorized-networks', ['5.6.3']],
  ['gke-private-endpoint', ['5.6.4']],
  ['gke-private-nodes', ['5.6.5']],
  ['ingress-tls', ['5.6.7']],
  ['gke-logging', ['5.7.1']],
  ['gke-monitoring', ['5.7.1']],
  ['gke-security-posture', ['5.10.4']],
])('%s decides %j of CIS GKE', (id, expected) => {
  expect(controls(id, 'cis-gke-1.9:')).toEqual(expected);
});
