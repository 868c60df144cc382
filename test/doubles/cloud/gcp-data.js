// What Google Cloud computes and answers for buckets, databases, files, zones, certificates and registries: invented, in the forms of the real thing.
const { createHash } = require('node:crypto');

const PROJECT = 'my-project';
const NUMBER = '123456789012';

const hex = (name, length = 7) => createHash('sha256').update(name).digest('hex').slice(0, length);
/** A name as the provider makes one where none is given. */
const named = ({ name, inputs }) => inputs.name ?? `${name}-${hex(name)}`;
const project = (inputs) => inputs.project ?? PROJECT;
const member = (of) => ({ inputs }) => ({ id: `${of(inputs)}/${inputs.role}/${inputs.member}`, etag: 'BwYinvented0=' });

/** A resource of Certificate Manager, by the collection it is in. */
const certificates = (collection, more = () => ({})) => ({ name, inputs }) => {
  const own = named({ name, inputs });
  return { id: `projects/${project(inputs)}/locations/global/${collection}/${own}`, name: own, ...more(inputs, own) };
};

/** Certificates of authorities, as Cloud SQL states them: one text may hold several. */
function authorities(name) {
  const certificate = (of) => `-----BEGIN CERTIFICATE-----\n${Buffer.from(`invented ${of} of ${name}`).toString('base64')}\n-----END CERTIFICATE-----`;
  return [{ cert: `${certificate('server CA')}\n${certificate('root CA')}`, commonName: 'Google Cloud SQL Server CA', createTime: '2026-01-01T00:00:00Z', expirationTime: '2036-01-01T00:00:00Z', sha1Fingerprint: hex(name, 40) }];
}

const serverNames = (name, region) => [{ name: `${hex(name, 12)}.${hex(PROJECT, 12)}.${region}.sql-psa.goog.`, connectionType: 'PRIVATE_SERVICES_ACCESS', dnsScope: 'INSTANCE' }];

const resources = {
  'gcp:storage/bucket:Bucket': ({ name, inputs }) => {
    const own = named({ name, inputs });
    return { id: own, name: own, url: `gs://${own}`, selfLink: `https://www.googleapis.com/storage/v1/b/${own}`, projectNumber: Number(NUMBER) };
  },
  'gcp:storage/bucketIAMMember:BucketIAMMember': member(({ bucket }) => `b/${bucket}`),
  'gcp:storage/managedFolder:ManagedFolder': ({ inputs }) => ({ id: `${inputs.bucket}/${inputs.name}`, name: inputs.name, selfLink: `https://www.googleapis.com/storage/v1/b/${inputs.bucket}/managedFolders/${encodeURIComponent(inputs.name)}` }),
  'gcp:storage/managedFolderIamMember:ManagedFolderIamMember': member(({ bucket, managedFolder }) => `b/${bucket}/managedFolders/${managedFolder}`),

  'gcp:sql/databaseInstance:DatabaseInstance': ({ name, inputs }) => {
    const own = named({ name, inputs });
    return {
      id: own,
      name: own,
      connectionName: `${project(inputs)}:${inputs.region}:${own}`,
      privateIpAddress: `10.9.0.${3 + (parseInt(hex(name, 2), 16) % 200)}`,
      publicIpAddress: '',
      dnsNames: serverNames(own, inputs.region),
      serverCaCerts: authorities(own),
      serviceAccountEmailAddress: `p${NUMBER}-${hex(name, 6)}@gcp-sa-cloud-sql.iam.gserviceaccount.com`,
    };
  },
  'gcp:sql/database:Database': ({ inputs }) => ({ id: `projects/${project(inputs)}/instances/${inputs.instance}/databases/${inputs.name}`, name: inputs.name }),
  'gcp:sql/user:User': ({ inputs }) => ({ id: `${inputs.name}/%/${inputs.instance}`, name: inputs.name }),

  'gcp:dns/managedZone:ManagedZone': ({ name, inputs }) => {
    const own = named({ name, inputs });
    return {
      id: `projects/${project(inputs)}/managedZones/${own}`,
      name: own,
      managedZoneId: String(parseInt(hex(own, 12), 16)),
      nameServers: inputs.visibility === 'private' ? ['ns-gcp-private.googledomains.com.'] : [1, 2, 3, 4].map((index) => `ns-cloud-a${index}.googledomains.com.`),
    };
  },
  'gcp:dns/recordSet:RecordSet': ({ inputs }) => ({ id: `projects/${project(inputs)}/managedZones/${inputs.managedZone}/rrsets/${inputs.name}/${inputs.type}` }),
  'gcp:dns/dnsManagedZoneIamMember:DnsManagedZoneIamMember': member((inputs) => `projects/${project(inputs)}/managedZones/${inputs.managedZone}`),
  'gcp:projects/iAMCustomRole:IAMCustomRole': ({ inputs }) => ({ id: `projects/${project(inputs)}/roles/${inputs.roleId}`, name: `projects/${project(inputs)}/roles/${inputs.roleId}`, deleted: false }),

  'gcp:certificatemanager/dnsAuthorization:DnsAuthorization': certificates('dnsAuthorizations', ({ domain }) => ({
    dnsResourceRecords: [{ name: `_acme-challenge_${hex(domain, 16)}.${domain}.`, type: 'CNAME', data: `${hex(domain, 8)}-${hex(domain, 4)}.2.authorize.certificatemanager.goog.` }],
  })),
  'gcp:certificatemanager/certificate:Certificate': certificates('certificates'),
  'gcp:certificatemanager/certificateMap:CertificateMap': certificates('certificateMaps'),
  'gcp:certificatemanager/certificateMapEntry:CertificateMapEntry': ({ name, inputs }) => {
    const own = named({ name, inputs });
    return { id: `projects/${project(inputs)}/locations/global/certificateMaps/${inputs.map}/certificateMapEntries/${own}`, name: own };
  },

  'gcp:artifactregistry/repository:Repository': ({ inputs }) => {
    const { repositoryId, location } = inputs;
    return {
      id: `projects/${project(inputs)}/locations/${location}/repositories/${repositoryId}`,
      name: repositoryId,
      registryUri: `${location}-docker.pkg.dev/${project(inputs)}/${repositoryId}`,
    };
  },
  'gcp:secretmanager/secretIamMember:SecretIamMember': member((inputs) => `projects/${project(inputs)}/secrets/${inputs.secretId}`),
};

/** What is there, and what is wrong with it in its name. */
const SERVERS = {
  shared: {},
  postgres: { databaseVersion: 'POSTGRES_16' },
  replica: { masterInstanceName: 'shared' },
  public: { privateIpAddress: '', addressing: { privateNetwork: '' } },
  'plain-text': { addressing: { sslMode: 'ALLOW_UNENCRYPTED_AND_ENCRYPTED' } },
  'client-certificates': { addressing: { sslMode: 'TRUSTED_CLIENT_CERTIFICATE_REQUIRED' } },
  'own-authority': { addressing: { serverCaMode: 'GOOGLE_MANAGED_INTERNAL_CA' } },
  nameless: { dnsNames: [] },
};
const BUCKETS = { shared: {}, 'with-lists': { uniformBucketLevelAccess: false } };
const INSTANCES = { shared: {}, 'version-4': { protocol: 'NFS_V4_1' }, unfinished: { networks: [{ network: 'shared', ipAddresses: [], modes: ['MODE_IPV4'] }] } };
const ZONES = [
  { name: 'example-com', dnsName: 'example.com.', visibility: 'public' },
  { name: 'ml-example-com', dnsName: 'ml.example.com.', visibility: 'public' },
  { name: 'inside', dnsName: 'internal.test.', visibility: 'private' },
];

/** What the provider says of what there is none of. */
function missing(what) {
  const details = `googleapi: Error 404: ${what} does not exist, notFound`;
  return Object.assign(new Error(details), { details });
}

const functions = {
  'gcp:storage/getBucket:getBucket': ({ name }) => {
    const known = BUCKETS[name];
    if (!known) throw missing(`bucket ${name}`);
    return { id: name, name, location: 'EUROPE-WEST4', uniformBucketLevelAccess: true, publicAccessPrevention: 'enforced', ...known };
  },
  'gcp:sql/getDatabaseInstance:getDatabaseInstance': ({ name, project: given }) => {
    const known = SERVERS[name];
    if (!known) throw missing(`instance ${name}`);
    const { addressing, ...rest } = known;
    const ipConfiguration = { ipv4Enabled: false, privateNetwork: `projects/${given ?? PROJECT}/global/networks/shared`, sslMode: 'ENCRYPTED_ONLY', serverCaMode: 'GOOGLE_MANAGED_CAS_CA', ...addressing };
    return {
      id: name,
      name,
      databaseVersion: 'MYSQL_8_4',
      masterInstanceName: '',
      privateIpAddress: '10.9.0.7',
      dnsNames: serverNames(name, 'europe-west4'),
      serverCaCerts: authorities(name),
      settings: [{ tier: 'db-custom-2-8192', ipConfigurations: [ipConfiguration] }],
      ...rest,
    };
  },
  'gcp:filestore/getInstance:getInstance': ({ name, location }) => {
    const known = INSTANCES[name];
    if (!known) throw missing(`instance ${name} in ${location}`);
    return { id: name, name, location, tier: 'ENTERPRISE', protocol: 'NFS_V3', networks: [{ network: 'shared', ipAddresses: ['10.9.1.2'], modes: ['MODE_IPV4'] }], fileShares: [{ name: 'vol1', capacityGb: 1024 }], ...known };
  },
  'gcp:dns/getManagedZones:getManagedZones': ({ project: given }) => ({ id: given, project: given, managedZones: ZONES }),
  'gcp:dns/getKeys:getKeys': ({ managedZone }) => ({
    id: managedZone,
    managedZone,
    keySigningKeys: [{ algorithm: 'rsasha256', isActive: true, keyTag: 12345, dsRecord: `12345 8 2 ${hex(managedZone, 64).toUpperCase()}` }],
    zoneSigningKeys: [],
  }),
};

const immutable = {
  'gcp:storage/bucket:Bucket': ['name', 'location', 'project'],
  'gcp:storage/bucketIAMMember:BucketIAMMember': ['bucket', 'role', 'member', 'condition'],
  'gcp:storage/managedFolder:ManagedFolder': ['bucket', 'name'],
  'gcp:storage/managedFolderIamMember:ManagedFolderIamMember': ['bucket', 'managedFolder', 'role', 'member'],
  'gcp:sql/databaseInstance:DatabaseInstance': ['name', 'region', 'project', 'encryptionKeyName'],
  'gcp:sql/database:Database': ['name', 'instance', 'project'],
  'gcp:sql/user:User': ['name', 'instance', 'host'],
  'gcp:dns/managedZone:ManagedZone': ['name', 'dnsName', 'visibility'],
  'gcp:dns/recordSet:RecordSet': ['managedZone', 'name'],
  'gcp:dns/dnsManagedZoneIamMember:DnsManagedZoneIamMember': ['managedZone', 'role', 'member'],
  'gcp:projects/iAMCustomRole:IAMCustomRole': ['roleId', 'project'],
  'gcp:certificatemanager/dnsAuthorization:DnsAuthorization': ['name', 'domain', 'type'],
  'gcp:certificatemanager/certificate:Certificate': ['name', 'managed', 'scope'],
  'gcp:artifactregistry/repository:Repository': ['repositoryId', 'location', 'format', 'mode', 'kmsKeyName', 'remoteRepositoryConfig'],
  'gcp:secretmanager/secretIamMember:SecretIamMember': ['secretId', 'role', 'member'],
};

module.exports = { resources, functions, immutable };
