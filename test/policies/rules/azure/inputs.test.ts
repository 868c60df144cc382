import { azure, check, messages, unknown } from './run';

interface Case {
  readonly id: string;
  readonly type: string;
  /** The input that decides. */
  readonly path: readonly string[];
  /** Whether a resource that does not state it passes. */
  readonly absent: 'passes' | 'fails';
  readonly passes: readonly unknown[];
  readonly fails: readonly unknown[];
  /** What else is stated. */
  readonly others?: Readonly<Record<string, unknown>>;
  readonly message: string;
}

const STORAGE = 'storage:StorageAccount';
const FILES = 'storage:FileServiceProperties';
const VAULT = 'keyvault:Vault';
const APP = 'web:WebApp';
const on = { passes: [true], fails: [false, 'true', 1, {}] };
const off = { passes: [false], fails: [true, 'false', 'true', 1] };

const CASES: readonly Case[] = [
  { id: 'azure-storage-https', type: STORAGE, path: ['enableHttpsTrafficOnly'], absent: 'passes', ...on, message: "storage account 'main' accepts transfer that is not encrypted" },
  { id: 'azure-storage-tls', type: STORAGE, path: ['minimumTlsVersion'], absent: 'fails', passes: ['TLS1_2', 'tls1_2', 'TLS1_3'], fails: ['TLS1_0', 'TLS1_1', 1.2], message: "storage account 'main' allows versions of TLS older than 1.2" },
  { id: 'azure-storage-infrastructure-encryption', type: STORAGE, path: ['encryption', 'requireInfrastructureEncryption'], absent: 'fails', ...on, message: "storage account 'main' is not encrypted by the infrastructure" },
  { id: 'azure-storage-customer-key', type: STORAGE, path: ['encryption', 'keySource'], absent: 'fails', passes: ['Microsoft.Keyvault', 'Microsoft.KeyVault'], fails: ['Microsoft.Storage', true], message: "storage account 'main' is encrypted with keys of the platform" },
  { id: 'azure-storage-anonymous-access', type: STORAGE, path: ['allowBlobPublicAccess'], absent: 'passes', ...off, message: "storage account 'main' allows anonymous access to blobs" },
  { id: 'azure-storage-public-network', type: STORAGE, path: ['publicNetworkAccess'], absent: 'fails', passes: ['Disabled', 'disabled', 'SecuredByPerimeter'], fails: ['Enabled', false], message: "storage account 'main' can be reached from public networks" },
  { id: 'azure-storage-default-deny', type: STORAGE, path: ['networkRuleSet', 'defaultAction'], absent: 'fails', passes: ['Deny', 'deny'], fails: ['Allow', true], message: "storage account 'main' allows connections from every network by default" },
  { id: 'azure-storage-default-deny', type: STORAGE, path: ['networkRuleSet', 'defaultAction'], others: { publicNetworkAccess: 'Disabled' }, absent: 'passes', passes: ['Deny'], fails: ['Allow'], message: "storage account 'main' allows connections from every network by default" },
  { id: 'azure-storage-shared-key', type: STORAGE, path: ['allowSharedKeyAccess'], absent: 'fails', ...off, message: "storage account 'main' accepts its access keys" },
  { id: 'azure-storage-key-rotation-reminder', type: STORAGE, path: ['keyPolicy', 'keyExpirationPeriodInDays'], absent: 'fails', passes: [90, 1], fails: [0, '90'], message: "storage account 'main' does not remind of the rotation of its keys" },
  { id: 'azure-storage-cross-tenant-replication', type: STORAGE, path: ['allowCrossTenantReplication'], absent: 'passes', ...off, message: "storage account 'main' allows replication to other tenants" },
  { id: 'azure-storage-entra-by-default', type: STORAGE, path: ['defaultToOAuthAuthentication'], absent: 'fails', ...on, message: "storage account 'main' is opened with its access key in the portal" },
  { id: 'azure-storage-geo-redundancy', type: STORAGE, path: ['sku', 'name'], absent: 'fails', passes: ['Standard_GRS', 'standard_ragzrs'], fails: ['Standard_LRS', 'Premium_ZRS'], message: "storage account 'main' keeps its data in one region" },
  { id: 'azure-file-share-soft-delete', type: FILES, path: ['shareDeleteRetentionPolicy', 'enabled'], absent: 'passes', ...on, message: "file service 'main' does not keep deleted file shares" },
  { id: 'azure-file-share-smb-version', type: FILES, path: ['protocolSettings', 'smb', 'versions'], absent: 'fails', passes: ['SMB3.1.1', 'SMB3.1.1;'], fails: ['SMB3.0;SMB3.1.1', '', ';', 3], message: "file service 'main' allows versions of SMB older than 3.1.1" },
  { id: 'azure-file-share-smb-encryption', type: FILES, path: ['protocolSettings', 'smb', 'channelEncryption'], absent: 'fails', passes: ['AES-256-GCM'], fails: ['AES-128-GCM;AES-256-GCM', ''], message: "file service 'main' allows ciphers weaker than AES-256-GCM" },
  { id: 'azure-key-vault-recoverable', type: VAULT, path: ['properties', 'enablePurgeProtection'], absent: 'fails', ...on, message: "key vault 'main' is not protected from being purged" },
  { id: 'azure-key-vault-rbac', type: VAULT, path: ['properties', 'enableRbacAuthorization'], absent: 'fails', ...on, message: "key vault 'main' is opened by access policies" },
  { id: 'azure-key-vault-public-network', type: VAULT, path: ['properties', 'publicNetworkAccess'], absent: 'fails', passes: ['disabled', 'Disabled'], fails: ['enabled', false], message: "key vault 'main' can be reached from public networks" },
  { id: 'azure-postgresql-ssl-enforcement', type: 'dbforpostgresql:SingleServer', path: ['properties', 'sslEnforcement'], absent: 'fails', passes: ['Enabled', 'ENABLED'], fails: ['Disabled', true], message: "database server 'main' accepts connections without TLS" },
  { id: 'azure-mysql-ssl-enforcement', type: 'dbformysql:SingleServer', path: ['properties', 'sslEnforcement'], absent: 'fails', passes: ['Enabled'], fails: ['Disabled', true], message: "database server 'main' accepts connections without TLS" },
  { id: 'azure-mysql-minimum-tls', type: 'dbformysql:SingleServer', path: ['properties', 'minimalTlsVersion'], absent: 'fails', passes: ['TLS1_2'], fails: ['TLS1_1', 'TLSEnforcementDisabled'], message: "database server 'main' allows versions of TLS older than 1.2" },
  { id: 'azure-postgresql-infrastructure-encryption', type: 'dbforpostgresql:SingleServer', path: ['properties', 'infrastructureEncryption'], absent: 'fails', passes: ['Enabled'], fails: ['Disabled', true], message: "database server 'main' is not encrypted by the infrastructure" },
  { id: 'azure-database-public-network', type: 'dbforpostgresql:Server', path: ['network', 'publicNetworkAccess'], absent: 'fails', passes: ['Disabled'], fails: ['Enabled', false], message: "database server 'main' can be reached from public networks" },
  { id: 'azure-database-public-network', type: 'dbformysql:Server', path: ['network', 'publicNetworkAccess'], others: { network: { delegatedSubnetResourceId: '/subnets/db' } }, absent: 'passes', passes: ['Disabled'], fails: ['Enabled'], message: "database server 'main' can be reached from public networks" },
  { id: 'azure-sql-public-network', type: 'sql:Server', path: ['publicNetworkAccess'], absent: 'fails', passes: ['Disabled', 'SecuredByPerimeter'], fails: ['Enabled', false], message: "database server 'main' can be reached from public networks" },
  { id: 'azure-cosmos-selected-networks', type: 'cosmosdb:DatabaseAccount', path: ['isVirtualNetworkFilterEnabled'], absent: 'fails', ...on, message: "Cosmos DB account 'main' answers every network" },
  { id: 'azure-cosmos-local-auth', type: 'cosmosdb:DatabaseAccount', path: ['disableLocalAuth'], absent: 'fails', ...on, message: "Cosmos DB account 'main' accepts its keys" },
  { id: 'azure-sql-auditing-enabled', type: 'sql:ServerBlobAuditingPolicy', path: ['state'], absent: 'fails', passes: ['Enabled', 'enabled'], fails: ['Disabled', true], message: "auditing policy 'main' is not on" },
  { id: 'azure-sql-audit-retention', type: 'sql:ExtendedServerBlobAuditingPolicy', path: ['retentionDays'], others: { state: 'Enabled' }, absent: 'passes', passes: [0, 90, 91], fails: [89, '91', -1], message: "auditing policy 'main' does not keep its log for 90 days" },
  { id: 'azure-sql-data-encryption', type: 'sql:TransparentDataEncryption', path: ['state'], absent: 'fails', passes: ['Enabled'], fails: ['Disabled', true], message: "transparent data encryption 'main' is not on" },
  { id: 'azure-sql-encryption-protector', type: 'sql:EncryptionProtector', path: ['serverKeyType'], absent: 'fails', passes: ['AzureKeyVault'], fails: ['ServiceManaged', true], message: "encryption protector 'main' is a key of the service" },
  { id: 'azure-ddos-protection', type: 'network:VirtualNetwork', path: ['enableDdosProtection'], absent: 'fails', ...on, message: "virtual network 'main' has no protection from floods of traffic" },
  { id: 'azure-application-gateway-firewall', type: 'network:ApplicationGateway', path: ['firewallPolicy', 'id'], absent: 'fails', passes: ['/policies/x'], fails: ['', ' '], message: "application gateway 'main' has no web application firewall" },
  { id: 'azure-application-gateway-tls', type: 'network:ApplicationGateway', path: ['sslPolicy', 'minProtocolVersion'], absent: 'fails', passes: ['TLSv1_2', 'TLSv1_3'], fails: ['TLSv1_0', 1.2], message: "application gateway 'main' allows versions of TLS older than 1.2" },
  { id: 'azure-application-gateway-http2', type: 'network:ApplicationGateway', path: ['enableHttp2'], absent: 'fails', ...on, message: "application gateway 'main' does not speak HTTP/2" },
  { id: 'azure-web-firewall-request-bodies', type: 'network:WebApplicationFirewallPolicy', path: ['policySettings', 'requestBodyCheck'], absent: 'passes', ...on, message: "firewall policy 'main' does not look into request bodies" },
  { id: 'azure-disk-network-access', type: 'compute:Disk', path: ['networkAccessPolicy'], absent: 'fails', passes: ['DenyAll', 'AllowPrivate'], fails: ['AllowAll', false], message: "disk 'main' can be exported to every network" },
  { id: 'azure-disk-data-access-authentication', type: 'compute:Disk', path: ['dataAccessAuthMode'], absent: 'fails', passes: ['AzureActiveDirectory'], fails: ['None', true], message: "disk 'main' is exported to whoever has a link" },
  { id: 'azure-security-contact-emails', type: 'security:SecurityContact', path: ['emails'], absent: 'fails', passes: ['a@example.com'], fails: ['', ' '], message: "security contact 'main' has no address" },
  { id: 'azure-web-app-https', type: APP, path: ['httpsOnly'], absent: 'fails', ...on, message: "web app 'main' answers over plain HTTP" },
  { id: 'azure-web-app-tls', type: APP, path: ['siteConfig', 'minTlsVersion'], absent: 'passes', passes: ['1.2', '1.3'], fails: ['1.0', '1.1', 1.2], message: "web app 'main' allows versions of TLS older than 1.2" },
  { id: 'azure-web-app-ftp', type: 'web:WebAppSlot', path: ['siteConfig', 'ftpsState'], absent: 'fails', passes: ['Disabled', 'FtpsOnly'], fails: ['AllAllowed', false], message: "web app 'main' takes files over plain FTP" },
  { id: 'azure-web-app-http2', type: APP, path: ['siteConfig', 'http20Enabled'], absent: 'fails', ...on, message: "web app 'main' does not speak HTTP/2" },
  { id: 'azure-web-app-remote-debugging', type: APP, path: ['siteConfig', 'remoteDebuggingEnabled'], absent: 'passes', ...off, message: "web app 'main' can be debugged from afar" },
  { id: 'azure-web-app-client-certificates', type: APP, path: ['clientCertEnabled'], absent: 'fails', ...on, message: "web app 'main' does not ask for client certificates" },
  { id: 'azure-web-app-identity', type: APP, path: ['identity', 'type'], absent: 'fails', passes: ['SystemAssigned', 'UserAssigned'], fails: ['None', '', true], message: "web app 'main' has no identity" },
];

/** A mapping with a value at a path, over others. */
function at(path: readonly string[], value: unknown, others: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const [key = '', ...rest] = path;
  const inner = others[key];
  const nested = typeof inner === 'object' && inner !== null ? { ...inner } : {};
  return { ...others, [key]: rest.length === 0 ? value : at(rest, value, nested) };
}

describe.each(CASES.map((each) => [each.id, each] as const))('%s', (id, { type, path, others, absent, passes, fails, message }) => {
  const verdict = (inputs: Readonly<Record<string, unknown>>) => check(id, azure(type, inputs));
  const shown = path.join('.');

  it('passes what is right', () => {
    for (const value of passes) expect(verdict(at(path, value, others))).toEqual([]);
  });

  it('fails what is not, also values of a wrong type', () => {
    for (const value of fails) expect(verdict(at(path, value, others))).toEqual([`main ${shown} = ${JSON.stringify(value)}`]);
    expect(messages(id, azure(type, at(path, fails[0], others)))).toEqual([message]);
  });

  it('takes what is not stated, null included, for the default of Azure', () => {
    const expected = absent === 'passes' ? 0 : 1;
    const inputs = [others ?? {}, at(path, null, others), ...(path.length > 1 && !others ? [at(path.slice(0, -1), null), at(path.slice(0, -1), 'none')] : [])];
    for (const each of inputs) expect(verdict(each)).toHaveLength(expected);
  });

  it('leaves open what is not known yet', () => {
    const key = path.at(-1) ?? '';
    const inputs = path.length === 1 ? unknown(key, others) : at(path.slice(0, -1), unknown(key), others);
    expect(verdict(inputs)).toEqual([`main? ${shown}`]);
  });
});

describe('inputs that other API versions have elsewhere', () => {
  it.each([
    ['azure-database-public-network', 'dbformysql:SingleServer', { properties: { publicNetworkAccess: 'Enabled' } }, 'main properties.publicNetworkAccess = "Enabled"'],
    ['azure-database-public-network', 'dbformysql:Server', { publicNetworkAccess: 'Enabled' }, 'main publicNetworkAccess = "Enabled"'],
    ['azure-postgresql-ssl-enforcement', 'dbforpostgresql:Server', { properties: { sslEnforcement: 'Disabled' } }, 'main properties.sslEnforcement = "Disabled"'],
    ['azure-sql-data-encryption', 'sql:TransparentDataEncryption', { status: 'Disabled' }, 'main status = "Disabled"'],
  ])('%s of %s reads %j', (id, type, inputs, expected) => {
    expect(check(id, azure(type, inputs))).toEqual([expected]);
  });

  it('asks nothing of flexible servers that only single servers have', () => {
    for (const id of ['azure-postgresql-ssl-enforcement', 'azure-postgresql-infrastructure-encryption']) expect(check(id, azure('dbforpostgresql:Server', { version: '16' }))).toEqual([]);
    expect(check('azure-mysql-minimum-tls', azure('dbformysql:Server', { version: '8.0.21' }))).toEqual([]);
  });
});

describe('inputs that depend on others', () => {
  const rules = (networkRuleSet: unknown) => check('azure-storage-trusted-services', azure(STORAGE, { networkRuleSet }));

  it('asks for trusted services only where rules deny by default', () => {
    expect(rules({ defaultAction: 'Deny', bypass: 'Logging, Metrics' })).toEqual(['main networkRuleSet.bypass = "Logging, Metrics"']);
    expect(rules({ defaultAction: 'Deny', bypass: 'None' })).toHaveLength(1);
    expect(rules({ defaultAction: 'Deny', bypass: true })).toHaveLength(1);
    expect(rules({ defaultAction: 'Deny', bypass: 'Logging, azureservices' })).toEqual([]);
    expect(rules({ defaultAction: 'Deny' })).toEqual([]);
    expect(rules({ defaultAction: 'Allow', bypass: 'None' })).toEqual([]);
    expect(rules(undefined)).toEqual([]);
  });

  it('finds soft delete of a vault that is turned off', () => {
    const vault = azure(VAULT, { properties: { enablePurgeProtection: true, enableSoftDelete: false } });
    expect(check('azure-key-vault-recoverable', vault)).toEqual(['main properties.enableSoftDelete = false']);
    expect(messages('azure-key-vault-recoverable', vault)).toEqual(["key vault 'main' does not keep what is deleted"]);
  });

  it('keeps no log where auditing is off', () => {
    expect(check('azure-sql-audit-retention', azure('sql:ServerBlobAuditingPolicy', { state: 'Disabled', retentionDays: 365 }))).toEqual(['main state = "Disabled"']);
    const short = azure('sql:ServerBlobAuditingPolicy', { state: 'disabled', retentionDays: 30 });
    expect(check('azure-sql-audit-retention', short)).toEqual(['main retentionDays = 30', 'main state = "disabled"']);
    expect(messages('azure-sql-audit-retention', short)).toEqual(["auditing policy 'main' does not keep its log for 90 days", "auditing policy 'main' does not keep its log for 90 days, as it is not on"]);
    expect(check('azure-sql-audit-retention', azure('sql:ServerBlobAuditingPolicy', unknown('state', { retentionDays: 30 })))).toEqual(['main retentionDays = 30', 'main? state']);
  });

  it('asks no filter of Cosmos DB accounts that are closed', () => {
    for (const type of ['cosmosdb:DatabaseAccount', 'documentdb:DatabaseAccount']) {
      expect(check('azure-cosmos-selected-networks', azure(type, { publicNetworkAccess: 'Disabled' }))).toEqual([]);
      expect(check('azure-cosmos-selected-networks', azure(type, { publicNetworkAccess: 'Enabled', ipRules: [{ ipAddressOrRange: '203.0.113.7' }] }))).toEqual(['main isVirtualNetworkFilterEnabled = null']);
    }
  });

  it('asks no policy of disks that are closed', () => {
    expect(check('azure-disk-network-access', azure('compute:Disk', { networkAccessPolicy: 'AllowAll', publicNetworkAccess: 'Disabled' }))).toEqual([]);
    expect(check('azure-disk-network-access', azure('compute:Disk', { publicNetworkAccess: 'Enabled' }))).toHaveLength(1);
  });

  it('knows the predefined policies of gateways', () => {
    const policy = (policyName: string) => check('azure-application-gateway-tls', azure('network:ApplicationGateway', { sslPolicy: { policyType: 'Predefined', policyName } }));
    expect(policy('AppGwSslPolicy20220101S')).toEqual([]);
    expect(policy('AppGwSslPolicy20170401')).toHaveLength(1);
  });

  it('takes a firewall of the gateway itself', () => {
    expect(check('azure-application-gateway-firewall', azure('network:ApplicationGateway', { webApplicationFirewallConfiguration: { enabled: true } }))).toEqual([]);
  });

  it('looks for the rule set for bots among all', () => {
    const sets = (managedRuleSets: unknown) => check('azure-web-firewall-bots', azure('network:WebApplicationFirewallPolicy', { managedRules: { managedRuleSets } }));
    expect(sets([null, { ruleSetType: 'OWASP' }, { ruleSetType: 'Microsoft_BotManagerRuleSet' }])).toEqual([]);
    expect(sets([{ ruleSetType: 'OWASP' }])).toHaveLength(1);
    expect(sets('all')).toEqual(['main managedRules.managedRuleSets = "all"']);
    expect(sets(undefined)).toHaveLength(1);
  });

  it('looks for a rotation among the actions of a key', () => {
    const actions = (lifetimeActions: unknown) => check('azure-key-rotation', azure('keyvault:Key', { properties: { rotationPolicy: { lifetimeActions } } }));
    expect(actions([{ action: { type: 'notify' } }, { action: { type: 'Rotate' } }])).toEqual([]);
    expect(actions([null, { action: { type: 'notify' } }])).toHaveLength(1);
    expect(actions(undefined)).toEqual(['main properties.rotationPolicy.lifetimeActions = null']);
  });
});
