// What Azure would answer about networks, keys, logs, clusters, nodes and identities: resources of the azure-native provider, from their names and inputs alone.
const { createHash } = require('node:crypto');

const SUBSCRIPTION = '11111111-2222-4333-8444-555555555555';
const TENANT = '99999999-2222-4333-8444-555555555555';
const OBJECT = '77777777-2222-4333-8444-555555555555';

const hash = (text) => createHash('sha256').update(text).digest('hex');
const uuid = (text) => hash(text).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
/** A name as the provider makes it: that of the resource, and eight characters. */
const auto = (name) => `${name}${hash(name).slice(0, 8)}`;
const groupOf = ({ resourceGroupName }) => `/subscriptions/${SUBSCRIPTION}/resourceGroups/${resourceGroupName ?? 'kubeflow'}`;

/** A resource of a resource group; `field` is the input with its name. */
const inGroup = (kind, field, computed = () => ({})) => ({ name, inputs }) => {
  const called = inputs[field] ?? auto(name);
  const id = `${groupOf(inputs)}/providers/${kind}/${called}`;
  return { id, name: called, provisioningState: 'Succeeded', ...computed({ called, id, inputs }) };
};
/** A part of another resource; `owner` is the input with its name. */
const within = (kind, owner, part, field, computed = () => ({})) => ({ name, inputs }) => {
  const called = inputs[field] ?? auto(name);
  const id = `${groupOf(inputs)}/providers/${kind}/${inputs[owner]}/${part}/${called}`;
  return { id, name: called, ...computed({ called, id, inputs }) };
};
/** What stands on a scope; `field` is the input with the scope. */
const on = (kind, field) => ({ name, inputs }) => {
  const called = uuid(`${inputs[field]} ${name}`);
  return { id: `${inputs[field]}/providers/${kind}/${called}`, name: called };
};

const identity = ({ id }) => ({ principalId: uuid(`principal ${id}`), clientId: uuid(`client ${id}`), tenantId: TENANT });
const issuer = (name, location) => `https://${location}.oic.prod-aks.azure.com/${TENANT}/${uuid(`issuer ${name}`)}/`;

/** Where the engine's tests have a real API server, and the CA it is to be trusted by. */
function apiServer(name) {
  const given = process.env.KUBEFLOW_CDK_TEST_API;
  if (given) return JSON.parse(given);
  return { server: `https://${name}-${hash(name).slice(0, 8)}.private.westeurope.azmk8s.io:443`, ca: Buffer.from('-----BEGIN CERTIFICATE-----\ninvented\n-----END CERTIFICATE-----\n').toString('base64') };
}

/** The answer to who asks for the kubeconfig of users, as AKS writes it. */
function userCredentials({ resourceName }) {
  const { server, ca } = apiServer(resourceName);
  const kubeconfig = ['apiVersion: v1', 'kind: Config', 'clusters:', `- name: ${resourceName}`, '  cluster:', `    certificate-authority-data: ${ca}`, `    server: ${server}`, ''].join('\n');
  return { kubeconfigs: [{ name: 'clusterUser', value: Buffer.from(kubeconfig).toString('base64') }] };
}

/** What Azure says of what there is none of, as it comes back from an engine: programs are given its details. */
function missing(kind, name) {
  const details = `Status=404 Code="ResourceNotFound" Message="The Resource '${kind}/${name}' was not found."`;
  throw Object.assign(new Error(details), { details });
}

const resources = {
  'azure-native:resources:ResourceGroup': ({ name, inputs }) => {
    const called = inputs.resourceGroupName ?? auto(name);
    return { id: `/subscriptions/${SUBSCRIPTION}/resourceGroups/${called}`, name: called };
  },
  'azure-native:network:VirtualNetwork': inGroup('Microsoft.Network/virtualNetworks', 'virtualNetworkName'),
  'azure-native:network:Subnet': within('Microsoft.Network/virtualNetworks', 'virtualNetworkName', 'subnets', 'subnetName'),
  'azure-native:network:NetworkSecurityGroup': inGroup('Microsoft.Network/networkSecurityGroups', 'networkSecurityGroupName'),
  'azure-native:network:PublicIPAddress': inGroup('Microsoft.Network/publicIPAddresses', 'publicIpAddressName', ({ id }) => ({ ipAddress: `20.${parseInt(hash(id).slice(0, 2), 16)}.10.7` })),
  'azure-native:network:NatGateway': inGroup('Microsoft.Network/natGateways', 'natGatewayName'),
  'azure-native:network:FlowLog': within('Microsoft.Network/networkWatchers', 'networkWatcherName', 'flowLogs', 'flowLogName'),
  'azure-native:keyvault:Vault': inGroup('Microsoft.KeyVault/vaults', 'vaultName', ({ called, inputs }) => ({ properties: { ...inputs.properties, vaultUri: `https://${called}.vault.azure.net/` } })),
  'azure-native:keyvault:Key': within('Microsoft.KeyVault/vaults', 'vaultName', 'keys', 'keyName', ({ called, id, inputs }) => {
    const keyUri = `https://${inputs.vaultName}.vault.azure.net/keys/${called}`;
    return { keyUri, keyUriWithVersion: `${keyUri}/${hash(`version ${id}`).slice(0, 32)}` };
  }),
  'azure-native:compute:DiskEncryptionSet': inGroup('Microsoft.Compute/diskEncryptionSets', 'diskEncryptionSetName', ({ id, inputs }) => ({ identity: { ...inputs.identity, principalId: uuid(`principal ${id}`), tenantId: TENANT } })),
  'azure-native:operationalinsights:Workspace': inGroup('Microsoft.OperationalInsights/workspaces', 'workspaceName', ({ id }) => ({ customerId: uuid(id) })),
  'azure-native:monitor:DiagnosticSetting': on('Microsoft.Insights/diagnosticSettings', 'resourceUri'),
  'azure-native:authorization:RoleAssignment': on('Microsoft.Authorization/roleAssignments', 'scope'),
  'azure-native:authorization:ManagementLockByScope': on('Microsoft.Authorization/locks', 'scope'),
  'azure-native:managedidentity:UserAssignedIdentity': inGroup('Microsoft.ManagedIdentity/userAssignedIdentities', 'resourceName', identity),
  'azure-native:managedidentity:FederatedIdentityCredential': within('Microsoft.ManagedIdentity/userAssignedIdentities', 'resourceName', 'federatedIdentityCredentials', 'federatedIdentityCredentialResourceName'),
  'azure-native:containerservice:ManagedCluster': inGroup('Microsoft.ContainerService/managedClusters', 'resourceName', ({ called, inputs }) => ({
    currentKubernetesVersion: /^\d+\.\d+$/.test(inputs.kubernetesVersion) ? `${inputs.kubernetesVersion}.1` : inputs.kubernetesVersion,
    privateFQDN: inputs.apiServerAccessProfile?.enablePrivateCluster ? new URL(apiServer(called).server).hostname : '',
    fqdn: inputs.apiServerAccessProfile?.enablePrivateCluster ? '' : new URL(apiServer(called).server).hostname,
    oidcIssuerProfile: { ...inputs.oidcIssuerProfile, issuerURL: issuer(called, inputs.location) },
    powerState: { code: 'Running' },
  })),
  'azure-native:containerservice:AgentPool': within('Microsoft.ContainerService/managedClusters', 'resourceName', 'agentPools', 'agentPoolName'),
  'azure-native:containerservice:MaintenanceConfiguration': within('Microsoft.ContainerService/managedClusters', 'resourceName', 'maintenanceConfigurations', 'configName'),
};

const subnetOf = (network, name, addressPrefix, more) => ({
  id: `${network}/subnets/${name}`,
  name,
  addressPrefix,
  delegations: [],
  networkSecurityGroup: { id: `${network}-${name}` },
  ...more,
});
const delegated = (serviceName) => ({ delegations: [{ name: 'delegation', serviceName }] });

const functions = {
  'azure-native:authorization:getClientConfig': () => ({ clientId: uuid('application'), objectId: OBJECT, subscriptionId: SUBSCRIPTION, tenantId: TENANT }),
  'azure-native:authorization:getClientToken': ({ endpoint }) => ({ token: `token for ${endpoint}` }),
  'azure-native:resources:getResourceGroup': ({ resourceGroupName }) => {
    if (resourceGroupName.startsWith('missing')) missing('Microsoft.Resources/resourceGroups', resourceGroupName);
    return { id: groupOf({ resourceGroupName }), name: resourceGroupName, location: 'westeurope' };
  },
  'azure-native:network:getVirtualNetwork': ({ resourceGroupName, virtualNetworkName }) => {
    if (virtualNetworkName.startsWith('missing')) missing('Microsoft.Network/virtualNetworks', virtualNetworkName);
    const id = `${groupOf({ resourceGroupName })}/providers/Microsoft.Network/virtualNetworks/${virtualNetworkName}`;
    return {
      id,
      name: virtualNetworkName,
      location: 'westeurope',
      addressSpace: { addressPrefixes: ['10.50.0.0/16'] },
      subnets: [
        subnetOf(id, 'nodes', '10.50.0.0/20', { natGateway: { id: `${id}-nat` } }),
        subnetOf(id, 'api', '10.50.16.0/28', delegated('Microsoft.ContainerService/managedClusters')),
        subnetOf(id, 'endpoints', '10.50.32.0/24', {}),
        subnetOf(id, 'mysql', '10.50.48.0/28', delegated('Microsoft.DBforMySQL/flexibleServers')),
        subnetOf(id, 'open', '10.50.64.0/24', { networkSecurityGroup: undefined }),
      ],
    };
  },
  'azure-native:containerservice:getManagedCluster': ({ resourceGroupName, resourceName }) => {
    if (resourceName.startsWith('missing')) missing('Microsoft.ContainerService/managedClusters', resourceName);
    const old = resourceName.startsWith('plain');
    return {
      id: `${groupOf({ resourceGroupName })}/providers/Microsoft.ContainerService/managedClusters/${resourceName}`,
      name: resourceName,
      location: 'westeurope',
      currentKubernetesVersion: '1.34.1',
      provisioningState: 'Succeeded',
      powerState: { code: 'Running' },
      disableLocalAccounts: !old,
      aadProfile: old ? undefined : { managed: true },
      oidcIssuerProfile: { enabled: !old, issuerURL: issuer(resourceName, 'westeurope') },
      securityProfile: { workloadIdentity: { enabled: !old } },
      networkProfile: { networkPolicy: 'cilium' },
      addonProfiles: { azureKeyvaultSecretsProvider: { enabled: true } },
      identity: { type: 'UserAssigned', userAssignedIdentities: { [`control-plane of ${resourceName}`]: { principalId: uuid(`control plane of ${resourceName}`) } } },
      identityProfile: { kubeletidentity: { objectId: uuid(`nodes of ${resourceName}`) } },
    };
  },
  'azure-native:containerservice:listManagedClusterUserCredentials': userCredentials,
};

module.exports = { resources, functions };
