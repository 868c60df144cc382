import type { CloudResource } from '../../../../policies';
import { check, controls, inPreview, open, resource, run, UNKNOWN } from './run';

describe('firewalls', () => {
  const rule = (properties: object) => resource('gcp:compute/firewall:Firewall', { network: 'main', ...properties });
  const ANY = { sourceRanges: ['10.0.0.0/8', '0.0.0.0/0'] };
  const tcp = (...ports: readonly unknown[]) => ({ allows: [{ protocol: 'tcp', ports }] });
  const SSH = ["sourceRanges[1] | \"0.0.0.0/0\" | 'it' opens SSH (port 22) to the whole internet"];

  it.each<[CloudResource, string[]]>([
    [rule({ ...ANY, ...tcp('22') }), SSH],
    [rule({ ...ANY, ...tcp(22) }), SSH],
    [rule({ ...ANY, ...tcp('80', '20-30') }), SSH],
    [rule({ ...ANY, ...tcp() }), SSH],
    [rule({ ...ANY, allows: [{ protocol: 'icmp' }, { protocol: 'all' }] }), SSH],
    [rule({ ...ANY, allows: [{ protocol: 'TCP', ports: null }] }), SSH],
    [rule({ ...ANY, allows: [{ protocol: '6', ports: ['22'] }] }), SSH],
    [rule({ ...ANY, ...tcp('22'), sourceTags: ['web'] }), SSH],
    [rule({ ...ANY, ...tcp('22'), direction: 'INGRESS', disabled: false }), SSH],
    [rule({ sourceRanges: ['::/0'], ...tcp('22') }), ["sourceRanges[0] | \"::/0\" | 'it' opens SSH (port 22) to the whole internet"]],
    [rule({ sourceRanges: ['0.0.0.0'], ...tcp('22') }), ["sourceRanges[0] | \"0.0.0.0\" | 'it' opens SSH (port 22) to 0.0.0.0, which may be meant to be the whole internet"]],
    [rule({ sourceRanges: ['0.0.0.0', '0.0.0.0/0'], ...tcp('22') }), SSH],
    [rule({ ...ANY, ...tcp('221', '2-21', '23-', 'ssh', '-', null) }), []],
    [rule({ ...ANY, allows: [{ protocol: 'udp', ports: ['22'] }] }), []],
    [rule({ ...ANY, ...tcp('22'), disabled: true }), []],
    [rule({ ...ANY, ...tcp('22'), direction: 'EGRESS' }), []],
    [rule({ ...ANY, denies: [{ protocol: 'all' }] }), []],
    [rule({ sourceRanges: ['35.235.240.0/20'], ...tcp('22') }), []],
    [rule({ sourceTags: ['bastion'], ...tcp('22') }), []],
    [rule({ sourceRanges: null, allows: 'all' }), []],
  ])('do not open SSH: %j: %j', (subject, expected) => {
    expect(check('gcp-firewall-ssh', subject)).toEqual(expected);
  });

  it.each([['0.0.0.0', 'advisory'], ['::', 'advisory'], ['::0', 'advisory'], ['::/0', 'mandatory']])('open to %s: %s', (range, enforcement) => {
    expect(run('gcp-firewall-ssh', rule({ sourceRanges: [range], ...tcp('22') })).findings).toMatchObject([{ enforcement }]);
  });

  it('do not open RDP', () => {
    expect(check('gcp-firewall-rdp', rule({ ...ANY, ...tcp('3380-3390') }))).toEqual(["sourceRanges[1] | \"0.0.0.0/0\" | 'it' opens RDP (port 3389) to the whole internet"]);
    expect(check('gcp-firewall-rdp', rule({ ...ANY, ...tcp('22') }))).toEqual([]);
  });

  const ofPolicy = (properties: object) =>
    resource('gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule', {
      action: 'allow',
      direction: 'INGRESS',
      match: { srcIpRanges: ['0.0.0.0/0'], layer4Configs: [{ ipProtocol: 'tcp', ports: ['22'] }] },
      ...properties,
    });

  it.each<[CloudResource, string[]]>([
    [ofPolicy({}), ["match.srcIpRanges[0] | \"0.0.0.0/0\" | 'it' opens SSH (port 22) to the whole internet"]],
    [ofPolicy({ action: 'deny' }), []],
    [ofPolicy({ action: 'goto_next' }), []],
    [ofPolicy({ direction: 'EGRESS' }), []],
    [ofPolicy({ match: null }), []],
  ])('do not open it in a rule of a policy: %j: %j', (subject, expected) => {
    expect(check('gcp-firewall-ssh', subject)).toEqual(expected);
  });
});

describe('networks', () => {
  const subnet = (properties: object) => resource('gcp:compute/subnetwork:Subnetwork', { network: 'main', ...properties });
  const zone = (properties: object) => resource('gcp:dns/managedZone:ManagedZone', { dnsName: 'example.com.', ...properties });
  const project = (properties: object) => resource('gcp:organizations/project:Project', properties);
  const network = (properties: object) => resource('gcp:compute/network:Network', properties);
  const SILENT = ["logConfig | null | subnet 'it' does not log its traffic"];
  const UNSIGNED = "zone 'it' is not signed";
  const SHA1 = "zone 'it' is signed with SHA-1";

  it.each<[string, CloudResource, string[]]>([
    ['gcp-subnet-flow-logs', subnet({}), SILENT],
    ['gcp-subnet-flow-logs', subnet({ logConfig: null, purpose: 'PRIVATE' }), SILENT],
    ['gcp-subnet-flow-logs', subnet({ logConfig: { flowSampling: 0 } }), ["logConfig.flowSampling | 0 | subnet 'it' samples none of its traffic"]],
    ['gcp-subnet-flow-logs', subnet({ logConfig: {} }), []],
    ['gcp-subnet-flow-logs', subnet({ logConfig: { aggregationInterval: 'INTERVAL_10_MIN', flowSampling: 0.5 } }), []],
    ['gcp-subnet-flow-logs', subnet({ purpose: 'REGIONAL_MANAGED_PROXY' }), []],
    ['gcp-subnet-flow-logs', subnet({ purpose: 'PRIVATE_SERVICE_CONNECT' }), []],
    ['gcp-subnet-flow-logs', subnet({ purpose: 'INTERNAL_HTTPS_LOAD_BALANCER' }), []],

    ['gcp-default-network', project({}), ["autoCreateNetwork | null | project 'it' keeps the default network"]],
    ['gcp-default-network', project({ autoCreateNetwork: true }), ["autoCreateNetwork | true | project 'it' keeps the default network"]],
    ['gcp-default-network', project({ autoCreateNetwork: false }), []],
    ['gcp-default-network', network({ name: 'default' }), ["name | \"default\" | 'it' is the default network"]],
    ['gcp-default-network', network({ name: 'main' }), []],

    ['gcp-legacy-network', network({ ipv4Range: '10.0.0.0/16' }), ["ipv4Range | \"10.0.0.0/16\" | network 'it' is a legacy network"]],
    ['gcp-legacy-network', network({ autoCreateSubnetworks: true }), []],

    ['gcp-dnssec', zone({}), [`dnssecConfig.state | null | ${UNSIGNED}`]],
    ['gcp-dnssec', zone({ dnssecConfig: { state: 'off' }, visibility: 'public' }), [`dnssecConfig.state | "off" | ${UNSIGNED}`]],
    ['gcp-dnssec', zone({ dnssecConfig: { state: 'on' } }), []],
    ['gcp-dnssec', zone({ dnssecConfig: { state: 'transfer' } }), []],
    ['gcp-dnssec', zone({ visibility: 'private' }), []],

    ['gcp-dnssec-algorithm', zone({ dnssecConfig: { defaultKeySpecs: [{ keyType: 'zoneSigning', algorithm: 'rsasha256' }, { keyType: 'keySigning', algorithm: 'rsasha1' }] } }), [`dnssecConfig.defaultKeySpecs[1].algorithm | "rsasha1" | ${SHA1}`]],
    ['gcp-dnssec-algorithm', zone({ dnssecConfig: { defaultKeySpecs: { algorithm: 'rsasha1' } } }), [`dnssecConfig.defaultKeySpecs.algorithm | "rsasha1" | ${SHA1}`]],
    ['gcp-dnssec-algorithm', zone({ dnssecConfig: { defaultKeySpecs: [null] } }), []],
    ['gcp-dnssec-algorithm', zone({}), []],

    ['gcp-dns-logging', resource('gcp:dns/policy:Policy', {}), ["enableLogging | null | DNS policy 'it' does not log queries"]],
    ['gcp-dns-logging', resource('gcp:dns/policy:Policy', { enableLogging: true }), []],
  ])('%s of %j: %j', (id, subject, expected) => {
    expect(check(id, subject)).toEqual(expected);
  });

  it.each([
    ['keySigning', ['3.4']],
    ['zoneSigning', ['3.5']],
    [undefined, ['3.4', '3.5']],
  ])('say which key is signed with SHA-1: %s', (keyType, expected) => {
    const { findings } = runAlgorithm(keyType);
    expect(findings.flatMap(({ controls: all }) => all).filter((id) => id.startsWith('cis-gcp-5.0.0:')).map((id) => id.slice(14))).toEqual(expected);
  });

  const runAlgorithm = (keyType: unknown) => run('gcp-dnssec-algorithm', zone({ dnssecConfig: { defaultKeySpecs: [{ keyType, algorithm: 'rsasha1' }] } }));
});

describe('virtual machines', () => {
  const machine = (properties: object) => resource('gcp:compute/instance:Instance', properties);
  const DEFAULT = '12-compute@developer.gserviceaccount.com';
  const OWN = 'bastion@my-project.iam.gserviceaccount.com';
  const FULL = "'it' has the default service account with full access to all APIs";

  it.each<[string, CloudResource, string[]]>([
    ['gcp-instance-default-service-account', machine({ serviceAccount: { scopes: ['x'] } }), ["serviceAccount.email | null | 'it' has the default service account"]],
    ['gcp-instance-default-service-account', machine({ serviceAccount: { email: DEFAULT } }), [`serviceAccount.email | "${DEFAULT}" | 'it' has the default service account`]],
    ['gcp-instance-default-service-account', machine({ serviceAccount: { email: OWN } }), []],
    ['gcp-instance-default-service-account', machine({}), []],
    ['gcp-instance-default-service-account', machine({ name: 'gke-main-1', serviceAccount: {} }), []],
    ['gcp-instance-default-service-account', machine({ labels: { 'goog-gke-node': '' }, serviceAccount: {} }), []],

    ['gcp-instance-full-api-access', machine({ serviceAccount: { scopes: ['storage-ro', 'cloud-platform'] } }), [`serviceAccount.scopes[1] | "cloud-platform" | ${FULL}`]],
    ['gcp-instance-full-api-access', machine({ serviceAccount: { email: DEFAULT, scopes: ['https://www.googleapis.com/auth/cloud-platform'] } }), [`serviceAccount.scopes[0] | "https://www.googleapis.com/auth/cloud-platform" | ${FULL}`]],
    ['gcp-instance-full-api-access', machine({ serviceAccount: { email: OWN, scopes: ['cloud-platform'] } }), []],
    ['gcp-instance-full-api-access', machine({ serviceAccount: { scopes: ['storage-ro'] } }), []],

    ['gcp-instance-project-ssh-keys', machine({}), ["metadata.block-project-ssh-keys | null | 'it' takes the SSH keys of the project"]],
    ['gcp-instance-project-ssh-keys', machine({ metadata: { 'block-project-ssh-keys': 'false' } }), ["metadata.block-project-ssh-keys | \"false\" | 'it' takes the SSH keys of the project"]],
    ['gcp-instance-project-ssh-keys', machine({ metadata: { 'block-project-ssh-keys': 'TRUE' } }), []],
    ['gcp-instance-project-ssh-keys', machine({ metadata: { 'block-project-ssh-keys': true } }), []],
    ['gcp-instance-project-ssh-keys', machine({ metadata: { 'enable-oslogin': 'TRUE' } }), []],

    ['gcp-instance-os-login', machine({ metadata: { 'enable-oslogin': 'FALSE' } }), ["metadata.enable-oslogin | \"FALSE\" | 'it' switches off OS Login"]],
    ['gcp-instance-os-login', machine({ metadata: { 'enable-oslogin': false } }), ["metadata.enable-oslogin | false | 'it' switches off OS Login"]],
    ['gcp-instance-os-login', machine({ metadata: {} }), []],

    ['gcp-instance-serial-port', machine({ metadata: { 'serial-port-enable': '1' } }), ["metadata.serial-port-enable | \"1\" | 'it' can be reached by its serial port"]],
    ['gcp-instance-serial-port', machine({ metadata: { 'serial-port-enable': true } }), ["metadata.serial-port-enable | true | 'it' can be reached by its serial port"]],
    ['gcp-instance-serial-port', machine({ metadata: { 'serial-port-enable': 'false' } }), []],
    ['gcp-instance-serial-port', machine({ metadata: null }), []],

    ['gcp-instance-ip-forwarding', machine({ canIpForward: true }), ["canIpForward | true | 'it' may forward packets"]],
    ['gcp-instance-ip-forwarding', machine({ canIpForward: true, name: 'gke-main-1' }), []],
    ['gcp-instance-ip-forwarding', machine({}), []],

    ['gcp-instance-shielded', machine({}), ["shieldedInstanceConfig | null | 'it' is not shielded"]],
    ['gcp-instance-shielded', machine({ shieldedInstanceConfig: { enableVtpm: false, enableIntegrityMonitoring: false } }), [
      "shieldedInstanceConfig.enableVtpm | false | 'it' is shielded without enableVtpm",
      "shieldedInstanceConfig.enableIntegrityMonitoring | false | 'it' is shielded without enableIntegrityMonitoring",
    ]],
    ['gcp-instance-shielded', machine({ shieldedInstanceConfig: {} }), []],

    ['gcp-instance-public-address', machine({ networkInterfaces: [{ network: 'a' }, { accessConfigs: [{ natIp: '203.0.113.9' }] }] }), ["networkInterfaces[1].accessConfigs[0] | {\"natIp\":\"203.0.113.9\"} | 'it' has a public address"]],
    ['gcp-instance-public-address', machine({ networkInterfaces: [{ accessConfigs: [{}] }] }), ["networkInterfaces[0].accessConfigs[0] | {} | 'it' has a public address"]],
    ['gcp-instance-public-address', machine({ networkInterfaces: [{ ipv6AccessConfigs: [{ networkTier: 'PREMIUM' }] }] }), ["networkInterfaces[0].ipv6AccessConfigs[0] | {\"networkTier\":\"PREMIUM\"} | 'it' has a public address"]],
    ['gcp-instance-public-address', machine({ networkInterfaces: [{ accessConfigs: [] }, null] }), []],

    ['gcp-project-os-login', resource('gcp:compute/projectMetadata:ProjectMetadata', { metadata: { other: 'x' } }), ["metadata.enable-oslogin | null | 'it' does not switch on OS Login for the project"]],
    ['gcp-project-os-login', resource('gcp:compute/projectMetadata:ProjectMetadata', { metadata: { 'enable-oslogin': 'true' } }), []],
    ['gcp-project-os-login', resource('gcp:compute/projectMetadataItem:ProjectMetadataItem', { key: 'enable-oslogin', value: 'FALSE' }), ["value | \"FALSE\" | 'it' does not switch on OS Login for the project"]],
    ['gcp-project-os-login', resource('gcp:compute/projectMetadataItem:ProjectMetadataItem', { key: 'enable-oslogin', value: 'TRUE' }), []],
    ['gcp-project-os-login', resource('gcp:compute/projectMetadataItem:ProjectMetadataItem', { key: 'other', value: 'FALSE' }), []],
  ])('%s of %j: %j', (id, subject, expected) => {
    expect(check(id, subject)).toEqual(expected);
  });

  it('are looked for in templates too', () => {
    for (const type of ['gcp:compute/instanceTemplate:InstanceTemplate', 'gcp:compute/regionInstanceTemplate:RegionInstanceTemplate']) {
      expect(check('gcp-instance-shielded', resource(type, {}))).toEqual(["shieldedInstanceConfig | null | 'it' is not shielded"]);
    }
  });

  it('have what their template has, if they do not say', () => {
    const type = 'gcp:compute/instanceFromTemplate:InstanceFromTemplate';
    expect(check('gcp-instance-shielded', resource(type, {}))).toEqual([]);
    expect(open('gcp-instance-shielded', resource(type, {}))).toEqual(['shieldedInstanceConfig: not stated here; it comes from the template']);
    expect(check('gcp-instance-shielded', resource(type, { shieldedInstanceConfig: { enableVtpm: false } }))).toHaveLength(1);
  });

  it('are undecided while their account is not made yet', () => {
    const subject = inPreview('gcp:compute/instance:Instance', { serviceAccount: { email: UNKNOWN } });
    expect(open('gcp-instance-default-service-account', subject)).toEqual(['serviceAccount.email: the value is not known yet']);
  });
});

describe('disks', () => {
  const KEY = { kmsKeySelfLink: 'k' };
  const template = (...disks: readonly unknown[]) => resource('gcp:compute/instanceTemplate:InstanceTemplate', { disks });

  it.each<[CloudResource, string[]]>([
    [resource('gcp:compute/disk:Disk', {}), ["diskEncryptionKey | null | disk 'it' is not encrypted with a key of your own"]],
    [resource('gcp:compute/disk:Disk', { diskEncryptionKey: {} }), ["diskEncryptionKey | {} | disk 'it' is not encrypted with a key of your own"]],
    [resource('gcp:compute/regionDisk:RegionDisk', { diskEncryptionKey: { rawKey: '' } }), ["diskEncryptionKey | {\"rawKey\":\"\"} | disk 'it' is not encrypted with a key of your own"]],
    [resource('gcp:compute/disk:Disk', { diskEncryptionKey: KEY }), []],
    [resource('gcp:compute/disk:Disk', { diskEncryptionKey: { rawKey: 'c2VjcmV0' } }), []],
    [resource('gcp:compute/instance:Instance', { bootDisk: { initializeParams: {} } }), ["bootDisk.kmsKeySelfLink | null | a disk of 'it' is not encrypted with a key of your own"]],
    [resource('gcp:compute/instance:Instance', { bootDisk: KEY }), []],
    [resource('gcp:compute/instance:Instance', { bootDisk: { diskEncryptionKeyRaw: 'c2VjcmV0' } }), []],
    [resource('gcp:compute/instance:Instance', { bootDisk: { source: 'other' } }), []],
    [template({ diskEncryptionKey: KEY }, { sourceImage: 'debian' }), ["disks[1].diskEncryptionKey | null | a disk of 'it' is not encrypted with a key of your own"]],
    [template({ source: 'other' }, { type: 'SCRATCH' }, { diskType: 'local-ssd' }), []],
  ])('%j: %j', (subject, expected) => {
    expect(check('gcp-disk-encryption', subject)).toEqual(expected);
  });
});

describe('load balancers', () => {
  const policy = (properties: object) => resource('gcp:compute/sSLPolicy:SSLPolicy', properties);
  const backend = (properties: object) => resource('gcp:compute/backendService:BackendService', properties);
  const regional = (properties: object) => resource('gcp:compute/regionBackendService:RegionBackendService', properties);
  const WEAK = "SSL policy 'it' allows weak ciphers";
  const SILENT = "backend 'it' does not log requests";

  it.each<[string, CloudResource, string[]]>([
    ['gcp-ssl-policy', policy({}), [`profile | null | ${WEAK}`]],
    ['gcp-ssl-policy', policy({ profile: 'COMPATIBLE', minTlsVersion: 'TLS_1_2' }), [`profile | "COMPATIBLE" | ${WEAK}`]],
    ['gcp-ssl-policy', policy({ profile: 'MODERN' }), ["minTlsVersion | null | SSL policy 'it' allows TLS below 1.2"]],
    ['gcp-ssl-policy', policy({ profile: 'CUSTOM', customFeatures: ['TLS_AES_128_GCM_SHA256', 'TLS_RSA_WITH_AES_256_CBC_SHA'] }), ["customFeatures[1] | \"TLS_RSA_WITH_AES_256_CBC_SHA\" | SSL policy 'it' allows the weak cipher TLS_RSA_WITH_AES_256_CBC_SHA"]],
    ['gcp-ssl-policy', policy({ profile: 'MODERN', minTlsVersion: 'TLS_1_2' }), []],
    ['gcp-ssl-policy', policy({ profile: 'RESTRICTED' }), []],
    ['gcp-ssl-policy', policy({ profile: 'FIPS_202205' }), []],
    ['gcp-ssl-policy', policy({ profile: 'CUSTOM', customFeatures: ['TLS_AES_128_GCM_SHA256'] }), []],
    ['gcp-ssl-policy', resource('gcp:compute/regionSslPolicy:RegionSslPolicy', { profile: 'COMPATIBLE' }), [`profile | "COMPATIBLE" | ${WEAK}`]],

    ['gcp-proxy-ssl-policy', resource('gcp:compute/targetHttpsProxy:TargetHttpsProxy', {}), ["sslPolicy | null | load balancer 'it' has the default SSL policy, which allows TLS 1.0"]],
    ['gcp-proxy-ssl-policy', resource('gcp:compute/targetSSLProxy:TargetSSLProxy', { sslPolicy: '' }), ["sslPolicy | \"\" | load balancer 'it' has the default SSL policy, which allows TLS 1.0"]],
    ['gcp-proxy-ssl-policy', resource('gcp:compute/regionTargetHttpsProxy:RegionTargetHttpsProxy', { sslPolicy: 'restricted' }), []],

    ['gcp-load-balancer-logging', backend({}), [`logConfig.enable | null | ${SILENT}`]],
    ['gcp-load-balancer-logging', backend({ protocol: 'HTTPS', loadBalancingScheme: 'EXTERNAL_MANAGED', logConfig: { enable: false } }), [`logConfig.enable | false | ${SILENT}`]],
    ['gcp-load-balancer-logging', backend({ logConfig: { enable: true, sampleRate: 0 } }), ["logConfig.sampleRate | 0 | backend 'it' logs none of its requests"]],
    ['gcp-load-balancer-logging', backend({ logConfig: { enable: true } }), []],
    ['gcp-load-balancer-logging', backend({ protocol: 'TCP' }), []],
    ['gcp-load-balancer-logging', backend({ loadBalancingScheme: 'INTERNAL_SELF_MANAGED' }), []],
    ['gcp-load-balancer-logging', regional({}), []],
    ['gcp-load-balancer-logging', regional({ loadBalancingScheme: 'EXTERNAL_MANAGED', protocol: 'HTTP' }), [`logConfig.enable | null | ${SILENT}`]],
  ])('%s of %j: %j', (id, subject, expected) => {
    expect(check(id, subject)).toEqual(expected);
  });
});

it.each([
  ['gcp-firewall-ssh', '3.6', '3.6'],
  ['gcp-firewall-rdp', '3.7', '3.7'],
  ['gcp-subnet-flow-logs', '3.10', '3.8'],
  ['gcp-ssl-policy', '3.11', '3.9'],
  ['gcp-proxy-ssl-policy', '3.11', '3.9'],
  ['gcp-load-balancer-logging', '2.17', '2.16'],
  ['gcp-dns-logging', '2.13', '2.12'],
  ['gcp-default-network', '3.1', '3.1'],
  ['gcp-legacy-network', '3.2', '3.2'],
  ['gcp-dnssec', '3.3', '3.3'],
  ['gcp-instance-default-service-account', '4.1', '4.1'],
  ['gcp-instance-full-api-access', '4.2', '4.2'],
  ['gcp-instance-project-ssh-keys', '4.3', '4.3'],
  ['gcp-instance-os-login', '4.4', '4.4'],
  ['gcp-project-os-login', '4.4', '4.4'],
  ['gcp-instance-serial-port', '4.5', '4.5'],
  ['gcp-instance-ip-forwarding', '4.6', '4.6'],
  ['gcp-disk-encryption', '4.7', '4.7'],
  ['gcp-instance-shielded', '4.8', '4.8'],
  ['gcp-instance-public-address', '4.9', '4.9'],
])('%s decides %s of the benchmark, once %s', (id, now, before) => {
  expect(controls(id, 'cis-gcp-5.0.0:')).toEqual([now]);
  for (const version of ['4.0.0', '3.0.0', '2.0.0']) expect(controls(id, `cis-gcp-${version}:`)).toEqual([before]);
});
