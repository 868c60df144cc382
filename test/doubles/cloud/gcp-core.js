// What Google Cloud computes and answers for networks, keys, clusters, nodes and identities: invented, in the forms of the real thing.
const { createHash } = require('node:crypto');

const PROJECT = 'my-project';
const NUMBER = '123456789012';
const API = 'https://www.googleapis.com/compute/v1/';

const hex = (name) => createHash('sha256').update(name).digest('hex').slice(0, 7);
/** A name as the provider makes one where none is given. */
const named = ({ name, inputs }) => inputs.name ?? `${name}-${hex(name)}`;
const project = (inputs) => inputs.project ?? PROJECT;

/** A resource of Compute Engine, by the collection it is in. */
const compute = (collection, more = () => ({})) => ({ name, inputs }) => {
  const own = named({ name, inputs });
  const place = inputs.region ? `regions/${inputs.region}` : 'global';
  const id = `projects/${project(inputs)}/${place}/${collection}/${own}`;
  return { id, name: own, selfLink: API + id, project: project(inputs), ...more(inputs) };
};

/** Where the engine's tests have a real API server, and the CA it is to be trusted by. */
function apiServer() {
  const given = process.env.KUBEFLOW_CDK_TEST_API;
  if (!given) return { host: '172.16.0.2', ca: Buffer.from('-----BEGIN CERTIFICATE-----\ninvented\n-----END CERTIFICATE-----\n').toString('base64') };
  const { server, ca } = JSON.parse(given);
  return { host: server.replace(/^https:\/\//, ''), ca };
}

/** What the cloud says of what there is none of, in the form of a gRPC error. */
function missing(what) {
  const details = `googleapi: Error 404: ${what} was not found, notFound`;
  return Object.assign(new Error(details), { details });
}

const VERSIONS = ['1.35.0-gke.1795000', '1.34.1-gke.2037000', '1.33.5-gke.1308000', '1.32.9-gke.1239000'];

const resources = {
  'gcp:compute/network:Network': compute('networks'),
  'gcp:compute/subnetwork:Subnetwork': compute('subnetworks', () => ({ gatewayAddress: '10.0.0.1' })),
  'gcp:compute/router:Router': compute('routers'),
  'gcp:compute/firewall:Firewall': compute('firewalls'),
  'gcp:compute/globalAddress:GlobalAddress': compute('addresses'),
  'gcp:compute/routerNat:RouterNat': ({ name, inputs }) => {
    const own = named({ name, inputs });
    return { id: `${project(inputs)}/${inputs.region}/${inputs.router}/${own}`, name: own };
  },
  'gcp:servicenetworking/connection:Connection': ({ inputs }) => ({ id: `${encodeURIComponent(inputs.network ?? '')}:${inputs.service ?? ''}`, peering: 'servicenetworking-googleapis-com' }),

  'gcp:projects/service:Service': ({ inputs }) => ({ id: `${project(inputs)}/${inputs.service}` }),
  'gcp:projects/serviceIdentity:ServiceIdentity': ({ inputs }) => ({ id: `projects/${project(inputs)}/services/${inputs.service}` }),
  'gcp:projects/iAMMember:IAMMember': ({ inputs }) => ({ id: `${project(inputs)}/${inputs.role}/${inputs.member}`, etag: 'BwYinvented0=' }),
  'gcp:serviceaccount/account:Account': ({ name, inputs }) => {
    const accountId = inputs.accountId ?? `${name}-${hex(name)}`;
    const email = `${accountId}@${project(inputs)}.iam.gserviceaccount.com`;
    const id = `projects/${project(inputs)}/serviceAccounts/${email}`;
    return { id, accountId, email, member: `serviceAccount:${email}`, name: id, uniqueId: '100000000000000000001' };
  },
  'gcp:artifactregistry/repositoryIamMember:RepositoryIamMember': ({ inputs }) => ({
    id: `projects/${project(inputs)}/locations/${inputs.location}/repositories/${inputs.repository}/${inputs.role}/${inputs.member}`,
    etag: 'BwYinvented0=',
  }),

  'gcp:kms/keyRing:KeyRing': ({ name, inputs }) => {
    const own = named({ name, inputs });
    return { id: `projects/${project(inputs)}/locations/${inputs.location}/keyRings/${own}`, name: own };
  },
  'gcp:kms/cryptoKey:CryptoKey': ({ name, inputs }) => {
    const own = named({ name, inputs });
    return { id: `${inputs.keyRing}/cryptoKeys/${own}`, name: own };
  },
  'gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember': ({ inputs }) => ({ id: `${inputs.cryptoKeyId}/${inputs.role}/${inputs.member}`, etag: 'BwYinvented0=' }),

  'gcp:container/cluster:Cluster': ({ name, inputs }) => {
    const own = named({ name, inputs });
    const { host, ca } = apiServer();
    const id = `projects/${project(inputs)}/locations/${inputs.location}/clusters/${own}`;
    const dns = `gke-${hex(own)}0000000000000000000000000-${NUMBER}.${inputs.location}.gke.goog`;
    const wanted = inputs.minMasterVersion ?? '1.34';
    return {
      id,
      name: own,
      selfLink: `https://container.googleapis.com/v1/${id}`,
      endpoint: host,
      masterVersion: VERSIONS.find((version) => version.startsWith(wanted)) ?? VERSIONS[1],
      masterAuth: { ...inputs.masterAuth, clientCertificate: '', clientKey: '', clusterCaCertificate: ca },
      controlPlaneEndpointsConfig: {
        ...inputs.controlPlaneEndpointsConfig,
        dnsEndpointConfig: { ...inputs.controlPlaneEndpointsConfig?.dnsEndpointConfig, endpoint: dns },
      },
    };
  },
  'gcp:container/nodePool:NodePool': ({ name, inputs }) => {
    const own = named({ name, inputs });
    return { id: `projects/${project(inputs)}/locations/${inputs.location}/clusters/${inputs.cluster}/nodePools/${own}`, name: own, instanceGroupUrls: [], managedInstanceGroupUrls: [] };
  },
};

/** Machine types that not every zone has; of every other type all have some. */
const SCARCE = { 'a3-highgpu-8g': ['b', 'c'], 'a4-highgpu-8g': [] };

/** Subnets that exist: one that is fine, and what is wrong with the others in their names. */
const SUBNETS = {
  shared: {},
  'no-ranges': { secondaryIpRanges: [] },
  'no-google-access': { privateIpGoogleAccess: false },
  small: { ipCidrRange: '10.0.0.0/28' },
};

/** Clusters that exist, the same way. */
const CLUSTERS = {
  shared: {},
  old: { masterVersion: '1.29.1-gke.1' },
  autopilot: { enableAutopilot: true },
  anonymous: { workloadIdentityConfigs: [] },
  open: { datapathProvider: 'LEGACY_DATAPATH' },
};

const functions = {
  'gcp:organizations/getProject:getProject': ({ projectId }) => ({ id: `projects/${projectId}`, projectId, number: NUMBER, name: projectId, labels: {} }),
  'gcp:compute/getZones:getZones': ({ region }) => ({ id: region, names: ['a', 'b', 'c'].map((zone) => `${region}-${zone}`), region }),
  'gcp:container/getEngineVersions:getEngineVersions': ({ location }) => ({
    id: location,
    location,
    validMasterVersions: VERSIONS,
    validNodeVersions: VERSIONS,
    latestMasterVersion: VERSIONS[0],
    latestNodeVersion: VERSIONS[0],
    defaultClusterVersion: VERSIONS[2],
    releaseChannelDefaultVersion: { RAPID: VERSIONS[0], REGULAR: VERSIONS[1], STABLE: VERSIONS[2], EXTENDED: VERSIONS[1] },
    releaseChannelLatestVersion: { RAPID: VERSIONS[0], REGULAR: VERSIONS[1], STABLE: VERSIONS[2], EXTENDED: VERSIONS[1] },
  }),
  'gcp:compute/getMachineTypes:getMachineTypes': ({ zone, filter }) => {
    const [, name] = /"(.*)"/.exec(filter) ?? [];
    const zones = SCARCE[name];
    const offered = !zones || zones.some((suffix) => zone.endsWith(`-${suffix}`));
    return { id: zone, zone, machineTypes: offered ? [{ name, guestCpus: 8, memoryMb: 32_768, accelerators: [] }] : [] };
  },
  'gcp:compute/getSubnetwork:getSubnetwork': ({ name, region }) => {
    const known = SUBNETS[name];
    if (!known) throw missing(`projects/${PROJECT}/regions/${region}/subnetworks/${name}`);
    return {
      id: name,
      selfLink: `${API}projects/${PROJECT}/regions/${region}/subnetworks/${name}`,
      network: `${API}projects/${PROJECT}/global/networks/shared`,
      ipCidrRange: '10.0.0.0/20',
      privateIpGoogleAccess: true,
      secondaryIpRanges: [
        { rangeName: 'pods', ipCidrRange: '10.4.0.0/14' },
        { rangeName: 'services', ipCidrRange: '10.8.0.0/20' },
      ],
      ...known,
    };
  },
  'gcp:container/getCluster:getCluster': ({ name, location, project: given }) => {
    const known = CLUSTERS[name];
    if (!known) throw missing(`projects/${PROJECT}/locations/${location}/clusters/${name}`);
    const { host, ca } = apiServer();
    return {
      id: name,
      name,
      location,
      masterVersion: VERSIONS[1],
      enableAutopilot: false,
      datapathProvider: 'ADVANCED_DATAPATH',
      networkPolicies: [],
      workloadIdentityConfigs: [{ workloadPool: `${given ?? PROJECT}.svc.id.goog` }],
      controlPlaneEndpointsConfigs: [{ dnsEndpointConfigs: [{ allowExternalTraffic: false, endpoint: `gke-shared.${location}.gke.goog` }] }],
      privateClusterConfigs: [{ enablePrivateEndpoint: true, privateEndpoint: host }],
      endpoint: host,
      masterAuths: [{ clusterCaCertificate: ca }],
      ...known,
    };
  },
  'gcp:storage/getProjectServiceAccount:getProjectServiceAccount': () => ({
    id: 'agent',
    emailAddress: `service-${NUMBER}@gs-project-accounts.iam.gserviceaccount.com`,
    member: `serviceAccount:service-${NUMBER}@gs-project-accounts.iam.gserviceaccount.com`,
  }),
};

const immutable = {
  'gcp:compute/network:Network': ['autoCreateSubnetworks', 'project'],
  'gcp:compute/subnetwork:Subnetwork': ['network', 'region', 'project'],
  'gcp:compute/globalAddress:GlobalAddress': ['network', 'address', 'prefixLength', 'purpose', 'addressType'],
  'gcp:compute/router:Router': ['network', 'region'],
  'gcp:kms/keyRing:KeyRing': ['name', 'location', 'project'],
  'gcp:kms/cryptoKey:CryptoKey': ['name', 'keyRing', 'purpose', 'destroyScheduledDuration'],
  'gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember': ['cryptoKeyId', 'role', 'member'],
  'gcp:projects/iAMMember:IAMMember': ['project', 'role', 'member'],
  'gcp:serviceaccount/account:Account': ['accountId', 'project'],
  'gcp:container/cluster:Cluster': ['name', 'location', 'project', 'network', 'subnetwork', 'ipAllocationPolicy', 'defaultMaxPodsPerNode', 'datapathProvider', 'networkingMode'],
  'gcp:container/nodePool:NodePool': ['name', 'cluster', 'location', 'project', 'maxPodsPerNode', 'queuedProvisioning', 'initialNodeCount'],
};

module.exports = { resources, functions, immutable };
