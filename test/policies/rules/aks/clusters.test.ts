import { azure, check, controls, declared, messages, unknown, urnOf } from '../azure/run';

const TYPE = 'containerservice:ManagedCluster';
const cluster = (properties: object = {}) => azure(TYPE, { resourceName: 'aks', ...properties });
const ID = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks';

describe('audit logs', () => {
  const setting = (logs: unknown, resourceUri: string = ID) => azure('monitor:DiagnosticSetting', { resourceUri, logs }, { name: 'setting' });
  const verdict = (...settings: ReturnType<typeof setting>[]) => check('aks-audit-logs', cluster(), ...settings);

  it.each([{ category: 'kube-audit' }, { category: 'Kube-Audit-Admin' }, { categoryGroup: 'allLogs' }, { categoryGroup: 'audit' }])('are sent by %j', (log) => {
    expect(verdict(setting([{ category: 'kube-apiserver', enabled: false }, { ...log, enabled: true }]))).toEqual([]);
    expect(verdict(setting([{ ...log, enabled: false }]))).toHaveLength(1);
    expect(verdict(setting([{ ...log, enabled: 'true' }]))).toHaveLength(1);
  });

  it.each([[[{ category: 'kube-apiserver', enabled: true }]], [null], ['all'], [[null]], [[]]])('are not sent by %j', (logs) => {
    expect(verdict(setting(logs))).toEqual(['main  = null']);
  });

  it('are those of the cluster', () => {
    const logs = [{ category: 'kube-audit', enabled: true }];
    expect(verdict(setting(logs, ID.toLowerCase()))).toEqual([]);
    expect(verdict(setting(logs, ID.replace('/aks', '/other')))).toHaveLength(1);
    expect(verdict(setting(logs, ID.replace('managedClusters', 'vaults')))).toHaveLength(1);
    expect(check('aks-audit-logs', azure(TYPE, {}, { id: ID }), setting(logs))).toEqual([]);
    expect(check('aks-audit-logs', azure(TYPE, { resourceName: 'aks' }, { id: ID.replace('/0/', '/1/') }), setting(logs))).toHaveLength(1);
    expect(messages('aks-audit-logs', cluster())).toEqual(["cluster 'main' has no diagnostic setting that sends its audit log"]);
  });

  it('are known by where the id came from, or left open', () => {
    const logs = [{ category: 'kube-audit', enabled: true }];
    const main = declared(TYPE, 'main', {});
    const of = (name: string) => azure('monitor:DiagnosticSetting', unknown('resourceUri', { logs }), { name: 'setting', dependencies: { resourceUri: [urnOf(TYPE, name)] } });
    expect(check('aks-audit-logs', main, of('main'))).toEqual([]);
    expect(check('aks-audit-logs', main, of('other'))).toEqual(['main  = null']);
    expect(check('aks-audit-logs', main, azure('monitor:DiagnosticSetting', unknown('resourceUri', { logs })))).toEqual(['main? ']);
    expect(check('aks-audit-logs', main, azure('monitor:DiagnosticSetting', unknown('logs', { resourceUri: 'x' }), { dependencies: { resourceUri: [urnOf(TYPE, 'main')] } }))).toEqual(['main? ']);
  });

  it('may be those of a cluster whose name is not known', () => {
    const logs = [{ category: 'kube-audit', enabled: true }];
    expect(check('aks-audit-logs', azure(TYPE, {}), setting(logs))).toEqual(['main? ']);
    expect(check('aks-audit-logs', azure(TYPE, {}), setting(logs, ID.replace('/aks', '/main')))).toEqual([]);
    expect(check('aks-audit-logs', azure(TYPE, {}), setting(logs, ID.replace('managedClusters', 'vaults')))).toEqual(['main  = null']);
  });

  describe('of a cluster elsewhere', () => {
    const off = [{ category: 'kube-apiserver', enabled: true }, { category: 'kube-audit', enabled: false }];
    const alone = (...settings: ReturnType<typeof setting>[]) => check('aks-audit-logs', ...settings);

    it('are not sent if a setting leaves them off', () => {
      expect(alone(setting(off))).toEqual(['setting logs[1].enabled = false']);
      expect(alone(setting([{ category: 'kube-audit-admin' }]))).toEqual(['setting logs[0].enabled = null']);
      expect(messages('aks-audit-logs', setting(off))).toEqual(["diagnostic setting 'setting' does not send the audit log of its cluster"]);
      expect(controls('aks-audit-logs', 'aks-1.8', setting(off))).toEqual(['2.1.1']);
    });

    it('are sent by it, or by another setting', () => {
      expect(alone(setting([...off, { category: 'kube-audit-admin', enabled: true }]))).toEqual([]);
      expect(alone(setting(off), setting([{ categoryGroup: 'audit', enabled: true }], ID.toUpperCase()))).toEqual([]);
      expect(alone(setting(off), setting([{ categoryGroup: 'audit', enabled: true }], ID.replace('/aks', '/other')))).toHaveLength(1);
    });

    it('are not asked for where a setting does not name them, or is of something else', () => {
      for (const logs of [[{ category: 'kube-apiserver', enabled: true }], null, [null], 'all']) expect(alone(setting(logs))).toEqual([]);
      for (const uri of [ID.replace('managedClusters', 'vaults'), `${ID}/agentPools/a`]) expect(alone(setting(off, uri))).toEqual([]);
      expect(check('aks-audit-logs', azure('monitor:DiagnosticSetting', { logs: off }))).toEqual([]);
    });

    it('are left open', () => {
      expect(alone(azure('monitor:DiagnosticSetting', unknown('resourceUri', { logs: off }), { name: 'setting' }))).toEqual(['setting? logs[1].enabled']);
      expect(alone(azure('monitor:DiagnosticSetting', unknown('resourceUri', { logs: [{ category: 'AuditEvent', enabled: true }] }), { name: 'setting' }))).toEqual([]);
      expect(alone(setting(off), azure('monitor:DiagnosticSetting', unknown('logs', { resourceUri: ID }), { name: 'other' }))).toEqual(['setting? logs[1].enabled', 'other? logs']);
    });
  });

  it('may be sent where the cluster is monitored', () => {
    for (const addon of ['omsagent', 'omsAgent']) expect(check('aks-audit-logs', cluster({ addonProfiles: { [addon]: { enabled: true } } }))).toEqual([`main? addonProfiles.${addon}`]);
    for (const omsagent of [{ enabled: false }, { enabled: 'true' }, null]) expect(check('aks-audit-logs', cluster({ addonProfiles: { omsagent } }))).toHaveLength(1);
  });
});

describe.each<[string, readonly string[], string]>([
  ['aks-defender', ['securityProfile', 'defender', 'securityMonitoring', 'enabled'], "cluster 'main' is not watched by Microsoft Defender"],
  ['aks-secrets-key', ['securityProfile', 'azureKeyVaultKms', 'enabled'], "cluster 'main' does not encrypt its secrets with a key of their owner"],
  ['aks-private-cluster', ['apiServerAccessProfile', 'enablePrivateCluster'], "cluster 'main' has a public API server"],
  ['aks-azure-rbac', ['aadProfile', 'enableAzureRBAC'], "cluster 'main' is not authorized by Azure RBAC"],
])('%s', (id, path, message) => {
  const at = (value: unknown) => cluster(path.reduceRight<object>((inner, key, index) => ({ [key]: index === path.length - 1 ? value : inner }), {}));

  it('asks for true', () => {
    expect(check(id, at(true))).toEqual([]);
    for (const value of [false, 'true', 1, {}]) expect(check(id, at(value))).toEqual([`main ${path.join('.')} = ${JSON.stringify(value)}`]);
    for (const each of [cluster(), at(null), cluster({ [path[0] ?? '']: null }), cluster({ [path[0] ?? '']: 'on' })]) expect(messages(id, each)).toEqual([message]);
  });

  it('leaves open what is not known yet', () => {
    expect(check(id, azure(TYPE, unknown(path[0] ?? '')))).toEqual([`main? ${path.join('.')}`]);
  });
});

it('takes Defender where older versions of the API have it', () => {
  expect(check('aks-defender', cluster({ securityProfile: { azureDefender: { enabled: true } } }))).toEqual([]);
});

it('wants an identity and an issuer for workloads', () => {
  const [identity, issuer] = [{ securityProfile: { workloadIdentity: { enabled: true } } }, { oidcIssuerProfile: { enabled: true } }];
  expect(check('aks-workload-identity', cluster({ ...identity, ...issuer }))).toEqual([]);
  expect(check('aks-workload-identity', cluster(identity))).toEqual(['main oidcIssuerProfile.enabled = null']);
  expect(check('aks-workload-identity', cluster({ ...identity, oidcIssuerProfile: { enabled: false } }))).toEqual(['main oidcIssuerProfile.enabled = false']);
  expect(check('aks-workload-identity', cluster(issuer))).toEqual(['main securityProfile.workloadIdentity.enabled = null']);
  expect(messages('aks-workload-identity', cluster({ securityProfile: null }))).toEqual(["cluster 'main' has no identities for workloads", "cluster 'main' has no issuer of tokens for workloads"]);
});

describe('endpoint ranges', () => {
  const ranges = (apiServerAccessProfile: unknown) => check('aks-endpoint-ranges', cluster({ apiServerAccessProfile }));

  it('name the networks', () => {
    for (const authorizedIPRanges of [['203.0.113.0/24'], ['10.0.0.1', '10.0.0.2/32'], ['0.0.0.0/32']]) expect(ranges({ authorizedIPRanges })).toEqual([]);
    expect(ranges({ authorizedIpRanges: ['203.0.113.0/24'] })).toEqual([]);
    expect(check('aks-endpoint-ranges', cluster({ apiServerAuthorizedIPRanges: ['203.0.113.0/24'] }))).toEqual([]);
    expect(ranges({ enablePrivateCluster: true })).toEqual([]);
  });

  it('are missing', () => {
    for (const [profile, found] of [[undefined, 'null'], [null, 'null'], [{}, 'null'], [{ authorizedIPRanges: [] }, '[]'], [{ authorizedIPRanges: '203.0.113.0/24' }, '"203.0.113.0/24"'], [{ enablePrivateCluster: false }, 'null'], [{ enablePrivateCluster: 'true' }, 'null']] as const) {
      expect(ranges(profile)).toEqual([`main apiServerAccessProfile.authorizedIPRanges = ${found}`]);
    }
    expect(messages('aks-endpoint-ranges', cluster())).toEqual(["cluster 'main' answers every network at its API server"]);
  });

  it('name everything', () => {
    expect(ranges({ authorizedIPRanges: ['203.0.113.0/24', '0.0.0.0/0'] })).toEqual(['main apiServerAccessProfile.authorizedIPRanges[1] = "0.0.0.0/0"']);
    expect(ranges({ authorizedIPRanges: ['::/0 '] })).toHaveLength(1);
  });

  it('are left open', () => {
    expect(ranges(unknown('authorizedIPRanges'))).toEqual(['main? apiServerAccessProfile.authorizedIPRanges']);
  });
});

describe('nodes with public addresses', () => {
  it.each([true, 'true', 'false', 1])('are found by %j', (enableNodePublicIP) => {
    const found = JSON.stringify(enableNodePublicIP);
    expect(check('aks-private-nodes', cluster({ agentPoolProfiles: [{ name: 'a' }, { name: 'b', enableNodePublicIP }] }))).toEqual([`main agentPoolProfiles[1].enableNodePublicIP = ${found}`]);
    expect(check('aks-private-nodes', azure('containerservice:AgentPool', { enableNodePublicIP }))).toEqual([`main enableNodePublicIP = ${found}`]);
  });

  it('are not found', () => {
    for (const agentPoolProfiles of [undefined, null, 'x', [], [null, 'x', {}], [{ enableNodePublicIP: false }], [{ enableNodePublicIP: null }]]) expect(check('aks-private-nodes', cluster({ agentPoolProfiles }))).toEqual([]);
    expect(check('aks-private-nodes', azure('containerservice:AgentPool', {}))).toEqual([]);
  });

  it('names the pool', () => {
    expect(messages('aks-private-nodes', cluster({ agentPoolProfiles: [{ name: 'users', enableNodePublicIP: true }, { enableNodePublicIP: true }] }))).toEqual([
      "node pool 'users' gives its nodes public addresses",
      "node pool '1' gives its nodes public addresses",
    ]);
    expect(messages('aks-private-nodes', azure('containerservice:AgentPool', { enableNodePublicIP: true }))).toEqual(["node pool 'main' gives its nodes public addresses"]);
  });
});

describe('network policies', () => {
  const verdict = (networkProfile: unknown) => check('aks-network-policy', cluster({ networkProfile }));

  it('are enforced by an engine', () => {
    for (const networkPolicy of ['azure', 'Azure', 'calico', 'cilium']) expect(verdict({ networkPolicy })).toEqual([]);
    expect(verdict({ networkDataplane: 'cilium' })).toEqual([]);
    for (const [profile, found] of [[undefined, 'null'], [null, 'null'], [{ networkPlugin: 'kubenet', networkPolicy: null }, 'null'], [{ networkPolicy: 'none' }, '"none"'], [{ networkPolicy: '' }, '""'], [{ networkPolicy: true }, 'true'], [{ networkDataplane: 'cilium', networkPolicy: 'none' }, '"none"']] as const) {
      expect(verdict(profile)).toEqual([`main networkProfile.networkPolicy = ${found}`]);
    }
    expect(messages('aks-network-policy', cluster())).toEqual(["cluster 'main' does not enforce network policies"]);
  });

  it('may be enforced by a plugin that is installed apart', () => {
    expect(verdict({ networkPlugin: 'none' })).toEqual(['main? networkProfile.networkPolicy']);
    expect(verdict({ networkPlugin: 'none', networkPolicy: 'none' })).toEqual(['main? networkProfile.networkPolicy']);
  });

  it('have a number in each benchmark', () => {
    expect(controls('aks-network-policy', 'aks-1.8', cluster())).toEqual(['4.4.1', '5.4.4']);
    expect(controls('aks-network-policy', 'kubernetes-2.0.1', cluster())).toEqual(['5.3.1']);
  });
});

describe('people', () => {
  const good = { aadProfile: { managed: true, enableAzureRBAC: true }, disableLocalAccounts: true };

  it('are known by Entra ID only', () => {
    expect(check('aks-entra-id', cluster(good))).toEqual([]);
    expect(check('aks-entra-id', cluster({ ...good, aadProfile: { managed: false } }))).toEqual(['main aadProfile.managed = false']);
    // Azure makes no cluster without local accounts that does not know Entra ID.
    expect(check('aks-entra-id', cluster({ ...good, aadProfile: null }))).toEqual([]);
    expect(check('aks-entra-id', cluster({ ...good, aadProfile: null, disableLocalAccounts: false }))).toEqual(['main aadProfile.managed = null', 'main disableLocalAccounts = false']);
    expect(check('aks-entra-id', cluster({ ...good, disableLocalAccounts: undefined }))).toEqual(['main disableLocalAccounts = null']);
    expect(check('aks-entra-id', cluster({ ...good, disableLocalAccounts: 'true' }))).toEqual(['main disableLocalAccounts = "true"']);
    expect(messages('aks-entra-id', cluster({ enableRBAC: false }))).toEqual([
      "cluster 'main' does not know people by Entra ID",
      "cluster 'main' has local accounts",
      "cluster 'main' lets every account do everything",
    ]);
  });

  it('are authorized by Azure RBAC, on the roles of Kubernetes', () => {
    expect(check('aks-azure-rbac', cluster({ ...good, enableRBAC: true }))).toEqual([]);
    expect(check('aks-azure-rbac', cluster({ ...good, enableRBAC: null }))).toEqual([]);
    expect(check('aks-azure-rbac', cluster({ ...good, enableRBAC: false }))).toEqual(['main enableRBAC = false']);
    expect(check('aks-azure-rbac', cluster({ ...good, enableRBAC: 'true' }))).toEqual(['main enableRBAC = "true"']);
  });
});

describe('clusters of the SKU Automatic', () => {
  const IDS = ['aks-network-policy', 'aks-entra-id', 'aks-azure-rbac', 'aks-workload-identity'];
  const automatic = (properties: object = {}) => cluster({ sku: { name: 'automatic', tier: 'Standard' }, ...properties });

  it.each(IDS)('%s is met unless it is turned off', (id) => {
    expect(check(id, automatic())).toEqual([]);
    expect(check(id, cluster({ sku: { name: 'Base' } }))).not.toEqual([]);
  });

  it('are asked for the rest', () => {
    expect(check('aks-entra-id', automatic({ disableLocalAccounts: false }))).toEqual(['main disableLocalAccounts = false']);
    expect(check('aks-network-policy', automatic({ networkProfile: { networkPolicy: 'none' } }))).toHaveLength(1);
    expect(check('aks-private-cluster', automatic())).toHaveLength(1);
  });
});
