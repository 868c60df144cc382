// What Azure would answer about data, names and sign-in: resources of the azure-native and azuread providers, from their names and inputs alone.
const { createHash } = require('node:crypto');

const SUBSCRIPTION = '11111111-2222-4333-8444-555555555555';
const group = (inputs) => `/subscriptions/${SUBSCRIPTION}/resourceGroups/${inputs.resourceGroupName ?? 'kubeflow'}`;
const hash = (text) => createHash('sha256').update(text).digest('hex');
const uuid = (text) => hash(text).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
/** A name as the provider makes it: that of the resource, and eight characters. */
const auto = (name) => `${name}${hash(name).slice(0, 8)}`;

/** A resource of a resource group; `field` is the input with its name. */
const inGroup = (kind, field, computed = () => ({})) => ({ name, inputs }) => {
  const called = inputs[field] ?? auto(name);
  const id = `${group(inputs)}/providers/${kind}/${called}`;
  return { id, name: called, [field]: called, ...computed({ called, id, inputs }) };
};
/** A part of another resource; `owner` is the input with its name. */
const within = (kind, owner, part, field, computed = () => ({})) => ({ name, inputs }) => {
  const called = inputs[field] ?? auto(name);
  const id = `${group(inputs)}/providers/${kind}/${inputs[owner]}/${part}/${called}`;
  return { id, name: called, ...computed({ called, id, inputs }) };
};

const zone = (kind) => inGroup(kind, kind.includes('private') ? 'privateZoneName' : 'zoneName', ({ called }) => ({
  nameServers: [1, 2, 3, 4].map((server) => `ns${server}-0${(called.length % 9) + 1}.azure-dns.${['com', 'net', 'org', 'info'][server - 1]}.`),
}));

const storageAccount = ({ called, inputs }) => ({
  primaryEndpoints: Object.fromEntries(['blob', 'dfs', 'file', 'queue', 'table', 'web'].map((part) => [part, `https://${called}.${part}.core.windows.net/`])),
  provisioningState: 'Succeeded',
  primaryLocation: inputs.location,
});

const resources = {
  'azure-native:storage:StorageAccount': inGroup('Microsoft.Storage/storageAccounts', 'accountName', storageAccount),
  'azure-native:storage:BlobServiceProperties': within('Microsoft.Storage/storageAccounts', 'accountName', 'blobServices', 'blobServicesName'),
  'azure-native:storage:FileServiceProperties': within('Microsoft.Storage/storageAccounts', 'accountName', 'fileServices', 'fileServicesName'),
  'azure-native:storage:ManagementPolicy': within('Microsoft.Storage/storageAccounts', 'accountName', 'managementPolicies', 'managementPolicyName'),
  'azure-native:storage:BlobContainer': within('Microsoft.Storage/storageAccounts', 'accountName', 'blobServices/default/containers', 'containerName'),
  'azure-native:privatedns:PrivateZone': zone('Microsoft.Network/privateDnsZones'),
  'azure-native:privatedns:VirtualNetworkLink': within('Microsoft.Network/privateDnsZones', 'privateZoneName', 'virtualNetworkLinks', 'virtualNetworkLinkName'),
  'azure-native:network:PrivateEndpoint': inGroup('Microsoft.Network/privateEndpoints', 'privateEndpointName'),
  'azure-native:network:PrivateDnsZoneGroup': within('Microsoft.Network/privateEndpoints', 'privateEndpointName', 'privateDnsZoneGroups', 'privateDnsZoneGroupName'),
  'azure-native:dns:Zone': zone('Microsoft.Network/dnszones'),
  'azure-native:dbformysql:Server': inGroup('Microsoft.DBforMySQL/flexibleServers', 'serverName', ({ called }) => ({ fullyQualifiedDomainName: `${called}.mysql.database.azure.com`, state: 'Ready' })),
  'azure-native:dbformysql:Configuration': within('Microsoft.DBforMySQL/flexibleServers', 'serverName', 'configurations', 'configurationName'),
  'azure-native:dbformysql:Database': within('Microsoft.DBforMySQL/flexibleServers', 'serverName', 'databases', 'databaseName'),
  'azure-native:dbforpostgresql:Server': inGroup('Microsoft.DBforPostgreSQL/flexibleServers', 'serverName', ({ called }) => ({ fullyQualifiedDomainName: `${called}.postgres.database.azure.com`, state: 'Ready' })),
  'azure-native:dbforpostgresql:Configuration': within('Microsoft.DBforPostgreSQL/flexibleServers', 'serverName', 'configurations', 'configurationName'),
  'azure-native:dbforpostgresql:Database': within('Microsoft.DBforPostgreSQL/flexibleServers', 'serverName', 'databases', 'databaseName'),
  'azure-native:containerregistry:Registry': inGroup('Microsoft.ContainerRegistry/registries', 'registryName', ({ called }) => ({ loginServer: `${called.toLowerCase()}.azurecr.io` })),
  'azure-native:containerregistry:CacheRule': within('Microsoft.ContainerRegistry/registries', 'registryName', 'cacheRules', 'cacheRuleName'),
  'azure-native:containerregistry:CredentialSet': within('Microsoft.ContainerRegistry/registries', 'registryName', 'credentialSets', 'credentialSetName', ({ id, inputs }) => ({
    identity: { ...inputs.identity, principalId: uuid(`principal ${id}`), tenantId: uuid('tenant') },
  })),
  'azure-native:authorization:RoleDefinition': ({ inputs }) => ({ id: `${inputs.scope}/providers/Microsoft.Authorization/roleDefinitions/${inputs.roleDefinitionId}`, name: inputs.roleDefinitionId }),
  'random:index/randomPassword:RandomPassword': ({ name, inputs }) => ({ id: 'none', result: hash(`password ${name} ${JSON.stringify(inputs.keepers ?? {})}`).slice(0, inputs.length) }),
  'azuread:index/application:Application': ({ name }) => ({ id: `/applications/${uuid(`application ${name}`)}`, objectId: uuid(`application ${name}`), clientId: uuid(`client ${name}`) }),
  'azuread:index/servicePrincipal:ServicePrincipal': ({ inputs }) => ({ id: `/servicePrincipals/${uuid(`principal ${inputs.clientId}`)}`, objectId: uuid(`principal ${inputs.clientId}`) }),
  'azuread:index/applicationPassword:ApplicationPassword': ({ name, inputs }) => ({
    id: `${inputs.applicationId}/password/${uuid(`key ${name} ${JSON.stringify(inputs.rotateWhenChanged)}`)}`,
    keyId: uuid(`key ${name} ${JSON.stringify(inputs.rotateWhenChanged)}`),
    value: hash(`secret ${name} ${JSON.stringify(inputs.rotateWhenChanged)}`).slice(0, 40),
  }),
  'azuread:index/appRoleAssignment:AppRoleAssignment': ({ inputs }) => ({ id: `/servicePrincipals/${inputs.resourceObjectId}/appRoleAssignedTo/${hash(inputs.principalObjectId).slice(0, 43)}` }),
};

/** An error as it comes back from an engine: programs are given its details. */
const refused = (details) => Object.assign(new Error(details), { details });

const functions = {
  'azuread:index/getServicePrincipal:getServicePrincipal': ({ clientId }) => ({ id: `/servicePrincipals/${uuid(`principal ${clientId}`)}`, clientId, objectId: uuid(`principal ${clientId}`), displayName: 'Microsoft Graph' }),
  'azure-native:storage:getStorageAccount': ({ resourceGroupName, accountName }) => {
    if (accountName.startsWith('missing')) throw refused(`Status=404 Code="ResourceNotFound" Message="The Resource 'Microsoft.Storage/storageAccounts/${accountName}' was not found."`);
    return {
      id: `${group({ resourceGroupName })}/providers/Microsoft.Storage/storageAccounts/${accountName}`,
      name: accountName,
      kind: accountName.startsWith('files') ? 'FileStorage' : 'StorageV2',
      sku: { name: accountName.startsWith('files') ? 'Premium_LRS' : 'Standard_ZRS', tier: 'Standard' },
      location: 'westeurope',
      publicNetworkAccess: 'Disabled',
      allowBlobPublicAccess: accountName.startsWith('public'),
      enableHttpsTrafficOnly: true,
      ...storageAccount({ called: accountName, inputs: {} }),
    };
  },
  'azure-native:storage:getBlobContainer': ({ resourceGroupName, accountName, containerName }) => ({
    id: `${group({ resourceGroupName })}/providers/Microsoft.Storage/storageAccounts/${accountName}/blobServices/default/containers/${containerName}`,
    name: containerName,
    deleted: false,
    publicAccess: accountName.startsWith('public') ? 'Blob' : 'None',
  }),
  'azure-native:dbformysql:getServer': ({ serverName }) => {
    if (serverName.startsWith('forbidden')) throw refused('Status=403 Code="AuthorizationFailed"');
    return { name: serverName, fullyQualifiedDomainName: `${serverName}.mysql.database.azure.com`, version: '8.0.21', state: 'Ready', network: { publicNetworkAccess: 'Disabled' } };
  },
  'azure-native:dbformysql:getConfiguration': ({ configurationName }) => ({ name: configurationName, value: 'ON' }),
  'azure-native:dns:getZone': ({ resourceGroupName, zoneName }) => {
    if (zoneName !== 'example.com') throw refused(`Status=404 Code="ResourceNotFound" Message="The Resource 'Microsoft.Network/dnszones/${zoneName}' was not found."`);
    return { id: `${group({ resourceGroupName })}/providers/Microsoft.Network/dnszones/${zoneName}`, name: zoneName, zoneType: 'Public' };
  },
};

module.exports = { resources, functions };
