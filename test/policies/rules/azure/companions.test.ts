import { azure, check, controls, declared, messages, unknown, urnOf } from './run';

const ID = '/subscriptions/0/resourceGroups/rg/providers';

describe('references by name', () => {
  const account = azure('storage:StorageAccount', { accountName: 'data', resourceGroupName: 'rg' });
  const service = (properties: object) => azure('storage:BlobServiceProperties', { deleteRetentionPolicy: { enabled: true }, ...properties }, { name: 'blobs' });
  const verdict = (...subjects: ReturnType<typeof azure>[]) => check('azure-blob-soft-delete', ...subjects);

  it('finds the settings of an account in the same group, whatever the case of the names', () => {
    expect(verdict(account, service({ accountName: 'DATA', resourceGroupName: 'RG' }))).toEqual([]);
  });

  it('finds them where the group is not known', () => {
    expect(verdict(account, service({ accountName: 'data' }))).toEqual([]);
    expect(verdict(azure('storage:StorageAccount', { accountName: 'data' }), service({ accountName: 'data', resourceGroupName: 'rg' }))).toEqual([]);
  });

  it('does not take those of another account, or of the same name in another group', () => {
    expect(verdict(account, service({ accountName: 'other', resourceGroupName: 'rg' }))).toEqual(['main  = null']);
    expect(verdict(account, service({ accountName: 'data', resourceGroupName: 'other' }))).toEqual(['main  = null']);
  });

  it('finds them by where the name came from', () => {
    const of = declared('storage:StorageAccount', 'account', {});
    const settings = azure('storage:BlobServiceProperties', unknown('accountName', { deleteRetentionPolicy: { enabled: true } }), { dependencies: { accountName: [urnOf('storage:StorageAccount', 'account')] } });
    expect(verdict(of, settings)).toEqual([]);
  });

  it('finds them by the name in the id of the account', () => {
    const of = azure('storage:StorageAccount', {}, { id: `${ID}/Microsoft.Storage/storageAccounts/data` });
    expect(verdict(of, service({ accountName: 'data', resourceGroupName: 'rg' }))).toEqual([]);
  });

  it('leaves it open if the name came from something else', () => {
    const settings = (from: string) => azure('storage:BlobServiceProperties', unknown('accountName', { deleteRetentionPolicy: { enabled: true } }), { dependencies: { accountName: [from] } });
    expect(verdict(account, settings('urn:pulumi:test::project::random:index/randomString:RandomString::name'))).toEqual(['main? ']);
    expect(verdict(account, settings(urnOf('storage:StorageAccount', 'other')))).toEqual(['main  = null']);
  });

  it('leaves it open if the account may be called so', () => {
    const nameless = azure('storage:StorageAccount', { resourceGroupName: 'rg' });
    expect(verdict(nameless, service({ accountName: 'data', resourceGroupName: 'rg' }))).toEqual(['main? ']);
    expect(verdict(nameless, service({ accountName: 'main', resourceGroupName: 'rg' }))).toEqual([]);
    expect(verdict(nameless, { ...account, name: 'account' }, service({ accountName: 'data', resourceGroupName: 'rg' }))).toEqual(['main  = null']);
  });

  it('leaves it open while nothing says which account some are of', () => {
    expect(verdict(account, azure('storage:BlobServiceProperties', unknown('accountName', { deleteRetentionPolicy: { enabled: true } })))).toEqual(['main? ']);
  });
});

describe('blob services', () => {
  it.each([
    ['azure-blob-soft-delete', 'deleteRetentionPolicy.enabled', { deleteRetentionPolicy: { enabled: true } }, 'does not keep deleted blobs'],
    ['azure-container-soft-delete', 'containerDeleteRetentionPolicy.enabled', { containerDeleteRetentionPolicy: { enabled: true } }, 'does not keep deleted containers'],
    ['azure-blob-versioning', 'isVersioningEnabled', { isVersioningEnabled: true }, 'does not keep versions of blobs'],
  ])('%s asks for %s', (id, path, on, problem) => {
    const service = (properties: object) => azure('storage:BlobServiceProperties', { ...properties });
    expect(check(id, service(on))).toEqual([]);
    expect(check(id, service({}))).toEqual([`main ${path} = null`]);
    expect(messages(id, service({}))).toEqual([`blob service 'main' ${problem}`]);
    expect(messages(id, azure('storage:StorageAccount', { accountName: 'data' }))).toEqual([`storage account 'main' has no settings of its blob service, so that it ${problem}`]);
    expect(check(id, azure('storage:StorageAccount', { kind: 'FileStorage' }))).toEqual([]);
  });

  it('wants the policy on, and nothing that only looks so', () => {
    for (const deleteRetentionPolicy of [{ enabled: false, days: 7 }, { enabled: 'true' }, { days: 7 }, null, 'on']) {
      expect(check('azure-blob-soft-delete', azure('storage:BlobServiceProperties', { deleteRetentionPolicy }))).toHaveLength(1);
    }
  });
});

describe('private endpoints', () => {
  const endpoint = (privateLinkServiceId: string, list = 'privateLinkServiceConnections') => azure('network:PrivateEndpoint', { resourceGroupName: 'network', [list]: [null, { privateLinkServiceId }] }, { name: 'endpoint' });

  it.each([
    ['azure-storage-private-endpoint', azure('storage:StorageAccount', { accountName: 'one', resourceGroupName: 'rg' }), `${ID}/Microsoft.Storage/storageAccounts/one`],
    ['azure-key-vault-private-endpoint', azure('keyvault:Vault', { vaultName: 'one' }), `${ID}/Microsoft.KeyVault/vaults/one`],
    ['azure-cosmos-private-endpoint', azure('cosmosdb:DatabaseAccount', { accountName: 'one' }), `${ID}/Microsoft.DocumentDB/databaseAccounts/one`],
  ])('%s finds one by the id it connects to', (id, target, reference) => {
    expect(check(id, target)).toEqual(['main  = null']);
    expect(check(id, target, endpoint(reference))).toEqual([]);
    expect(check(id, target, endpoint(reference.toUpperCase(), 'manualPrivateLinkServiceConnections'))).toEqual([]);
    expect(check(id, target, endpoint(reference.replace('/one', '/two')))).toEqual(['main  = null']);
    expect(check(id, target, endpoint(reference.replace('one', 'sub/x/one')))).toEqual(['main  = null']);
  });

  it('leave open what may be called otherwise, but not by ids of another kind', () => {
    const account = azure('storage:StorageAccount', {});
    expect(check('azure-storage-private-endpoint', account, endpoint(`${ID}/Microsoft.Storage/storageAccounts/one`))).toEqual(['main? ']);
    expect(check('azure-storage-private-endpoint', account, endpoint(`${ID}/Microsoft.KeyVault/vaults/one`))).toEqual(['main  = null']);
  });

  it('compares whole ids where the id of the target is known', () => {
    const account = azure('storage:StorageAccount', { accountName: 'one' }, { id: `${ID}/Microsoft.Storage/storageAccounts/one` });
    expect(check('azure-storage-private-endpoint', account, endpoint(`${ID}/Microsoft.Storage/storageAccounts/one`))).toEqual([]);
    expect(check('azure-storage-private-endpoint', account, endpoint('/subscriptions/1/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/one'))).toHaveLength(1);
  });
});

describe('keys and secrets', () => {
  const vault = (enableRbacAuthorization?: unknown) => azure('keyvault:Vault', { vaultName: 'vault', properties: { enableRbacAuthorization } });
  const of = (type: string, attributes: unknown) => azure(`keyvault:${type}`, { vaultName: 'vault', properties: { attributes } }, { name: 'item' });

  it.each([
    ['azure-key-expiry', 'Key', "key 'item' never expires"],
    ['azure-secret-expiry', 'Secret', "secret 'item' never expires"],
  ])('%s wants a date', (id, type, message) => {
    for (const attributes of [{ expires: 1893456000 }, { exp: 1893456000 }, { enabled: false }]) expect(check(id, of(type, attributes))).toEqual([]);
    for (const attributes of [{}, null, { expires: null }, 'never']) expect(check(id, of(type, attributes))).toEqual(['item properties.attributes.expires = null']);
    expect(check(id, of(type, { expires: 0 }))).toHaveLength(1);
    expect(check(id, of(type, { expires: '2030-01-01' }))).toHaveLength(1);
    expect(messages(id, of(type, {}))).toEqual([message]);
    expect(check(id, of(type, unknown('expires')))).toEqual(['item? properties.attributes.expires']);
  });

  it('takes the date that a rotation policy sets', () => {
    const key = (expiryTime: unknown) => azure('keyvault:Key', { properties: { rotationPolicy: { attributes: { expiryTime } } } });
    expect(check('azure-key-expiry', key('P1Y'))).toEqual([]);
    expect(check('azure-key-expiry', key(''))).toHaveLength(1);
  });

  it('names the control of the kind of vault, or both if the vault is not in the stack', () => {
    const key = of('Key', {});
    expect(controls('azure-key-expiry', 'azure-3.0.0', key)).toEqual(['3.3.1', '3.3.2']);
    expect(controls('azure-key-expiry', 'azure-3.0.0', key, vault(true))).toEqual(['3.3.1']);
    expect(controls('azure-key-expiry', 'azure-3.0.0', key, vault())).toEqual(['3.3.2']);
    expect(controls('azure-secret-expiry', 'azure-2.0.0', of('Secret', {}), vault(true))).toEqual(['8.3']);
    expect(controls('azure-secret-expiry', 'azure-2.0.0', of('Secret', {}), vault(false))).toEqual(['8.4']);
  });
});

describe('settings of SQL servers that are resources of their own', () => {
  const server = (properties: object = {}) => azure('sql:Server', { serverName: 'db', resourceGroupName: 'rg', ...properties });
  const own = (type: string, properties: object = {}) => azure(`sql:${type}`, { serverName: 'db', resourceGroupName: 'rg', ...properties }, { name: 'own' });

  it.each([
    ['azure-sql-auditing', 'sql:Server', 'sql:ServerBlobAuditingPolicy', 'serverName'],
    ['azure-sql-entra-administrator', 'sql:Server', 'sql:ServerAzureADAdministrator', 'serverName'],
    ['azure-sql-customer-key', 'sql:Server', 'sql:EncryptionProtector', 'serverName'],
    ['azure-postgresql-connection-throttling', 'dbforpostgresql:Server', 'dbforpostgresql:Configuration', 'serverName'],
    ['azure-mysql-audit-log', 'dbformysql:Server', 'dbformysql:Configuration', 'serverName'],
    ['azure-web-app-authentication', 'web:WebApp', 'web:WebAppAuthSettings', 'name'],
    ['azure-key-vault-logging', 'keyvault:Vault', 'monitor:DiagnosticSetting', 'resourceUri'],
    ['azure-security-group-flow-logs', 'network:NetworkSecurityGroup', 'network:FlowLog', 'targetResourceId'],
    ['azure-virtual-network-flow-logs', 'network:VirtualNetwork', 'network:FlowLog', 'targetResourceId'],
  ])('%s is open where the name came from something else', (id, type, own, input) => {
    const settings = azure(own, unknown(input), { name: 'own', dependencies: { [input]: ['urn:pulumi:test::project::random:index/randomString:RandomString::name'] } });
    expect(check(id, declared(type, 'main', {}))).toEqual([expect.stringMatching(/^main .* = null$/)]);
    expect(check(id, declared(type, 'main', {}), settings).filter((line) => line.startsWith('main'))).toEqual([expect.stringMatching(/^main\? /)]);
  });

  it('wants an auditing policy; whether it is on is judged there', () => {
    expect(messages('azure-sql-auditing', server())).toEqual(["SQL server 'main' is not audited"]);
    expect(check('azure-sql-auditing', server(), own('ServerBlobAuditingPolicy'))).toEqual([]);
    expect(check('azure-sql-auditing', server(), own('ExtendedServerBlobAuditingPolicy'))).toEqual([]);
    expect(controls('azure-sql-auditing', 'azure-2.1.0', server())).toEqual(['4.1.1', '4.1.6']);
  });

  it('wants an administrator of Entra ID', () => {
    expect(check('azure-sql-entra-administrator', server())).toEqual(['main administrators = null']);
    expect(check('azure-sql-entra-administrator', server({ administrators: { login: '', sid: null } }))).toHaveLength(1);
    expect(check('azure-sql-entra-administrator', server({ administrators: { login: 'dba' } }))).toEqual([]);
    expect(check('azure-sql-entra-administrator', server(), own('ServerAzureADAdministrator', { login: 'dba' }))).toEqual([]);
    expect(messages('azure-sql-entra-administrator', server())).toEqual(["SQL server 'main' has no administrator of Entra ID"]);
  });

  it('wants a key of the owner', () => {
    expect(messages('azure-sql-customer-key', server())).toEqual(["SQL server 'main' is encrypted with a key of the service"]);
    expect(check('azure-sql-customer-key', server({ keyId: 'https://vault/keys/1' }))).toEqual([]);
    expect(check('azure-sql-customer-key', server(), own('EncryptionProtector'))).toEqual([]);
  });
});

describe('diagnostic settings', () => {
  const vault = azure('keyvault:Vault', { vaultName: 'vault' });
  const setting = (logs: unknown) => azure('monitor:DiagnosticSetting', { resourceUri: `${ID}/Microsoft.KeyVault/vaults/vault`, logs }, { name: 'setting' });

  it('wants the audit log of a vault sent', () => {
    expect(messages('azure-key-vault-logging', vault)).toEqual(["key vault 'main' has no diagnostic setting that sends its audit log"]);
    for (const log of [{ category: 'AuditEvent' }, { categoryGroup: 'audit' }, { categoryGroup: 'allLogs' }]) {
      expect(check('azure-key-vault-logging', vault, setting([null, { ...log, enabled: true }]))).toEqual([]);
      expect(check('azure-key-vault-logging', vault, setting([{ ...log, enabled: false }]))).toHaveLength(1);
      expect(check('azure-key-vault-logging', vault, setting([log]))).toHaveLength(1);
    }
    expect(check('azure-key-vault-logging', vault, setting([{ category: 'AzurePolicyEvaluationDetails', enabled: true }]))).toHaveLength(1);
    expect(check('azure-key-vault-logging', vault, setting('all'))).toHaveLength(1);
  });

  it('wants four categories of the activity log', () => {
    const log = (...names: string[]) => azure('monitor:SubscriptionDiagnosticSetting', { logs: names.map((category) => ({ category, enabled: true })) });
    expect(check('azure-activity-log-categories', log('Administrative', 'Alert', 'Policy', 'Security', 'Autoscale'))).toEqual([]);
    expect(messages('azure-activity-log-categories', log('Administrative', 'security'))).toEqual(["diagnostic setting 'main' of the subscription does not send Alert, Policy"]);
    expect(check('azure-activity-log-categories', azure('monitor:SubscriptionDiagnosticSetting', { logs: [{ categoryGroup: 'allLogs', enabled: true }] }))).toEqual([]);
    expect(check('azure-activity-log-categories', azure('monitor:SubscriptionDiagnosticSetting', { logs: null }))).toEqual(['main logs = null']);
  });
});

it('wants people to sign in to web apps', () => {
  const app = azure('web:WebApp', { name: 'app', resourceGroupName: 'rg' });
  const settings = (type: string, properties: object) => azure(`web:${type}`, { name: 'app', resourceGroupName: 'rg', ...properties }, { name: 'auth' });
  expect(messages('azure-web-app-authentication', app)).toEqual(["web app 'main' lets everyone in without signing in"]);
  expect(check('azure-web-app-authentication', app, settings('WebAppAuthSettings', { enabled: true }))).toEqual([]);
  expect(check('azure-web-app-authentication', app, settings('WebAppAuthSettingsV2', { platform: { enabled: true } }))).toEqual([]);
  expect(check('azure-web-app-authentication', app, settings('WebAppAuthSettings', { enabled: false }))).toEqual(['main  = null']);
});
