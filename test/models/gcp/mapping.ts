import type { Renames } from '../compare';
import { gcp } from '../discovery';
import type { InApi, Mapping } from '../registered';

function of(api: string, schemas: string | readonly string[], renames: Renames = {}): InApi {
  return { schemas: () => [schemas].flat().map((schema) => gcp(api, schema)), renames };
}

const NODES: Renames = { 'nodeConfig.guestAccelerators': 'accelerators' };

/** What resources of the Google provider are in Google's APIs. */
export const GCP: Mapping = {
  prefix: 'gcp:',
  inApi: {
    'gcp:artifactregistry/repository:Repository': of('artifactregistry.v1', 'Repository'),
    'gcp:certificatemanager/dnsAuthorization:DnsAuthorization': of('certificatemanager.v1', 'DnsAuthorization'),
    'gcp:compute/firewall:Firewall': of('compute.v1', 'Firewall'),
    'gcp:compute/globalAddress:GlobalAddress': of('compute.v1', 'Address'),
    'gcp:compute/network:Network': of('compute.v1', 'Network', { routingMode: 'routingConfig.routingMode' }),
    'gcp:compute/routerNat:RouterNat': of('compute.v1', 'RouterNat'),
    'gcp:compute/subnetwork:Subnetwork': of('compute.v1', 'Subnetwork'),
    'gcp:container/cluster:Cluster': of('container.v1', ['Cluster', 'NetworkConfig'], {
      ...NODES,
      'loggingConfig.enableComponents': 'componentConfig.enableComponents',
      'monitoringConfig.enableComponents': 'componentConfig.enableComponents',
    }),
    'gcp:container/nodePool:NodePool': of('container.v1', 'NodePool', { ...NODES, nodeConfig: 'config' }),
    'gcp:dns/managedZone:ManagedZone': of('dns.v1', 'ManagedZone'),
    'gcp:kms/cryptoKey:CryptoKey': of('cloudkms.v1', 'CryptoKey'),
    'gcp:sql/databaseInstance:DatabaseInstance': of('sqladmin.v1', 'DatabaseInstance', { 'settings.diskType': 'dataDiskType' }),
  },
  unspoken: [
    'gcp:artifactregistry/repositoryIamMember:RepositoryIamMember',
    'gcp:certificatemanager/certificate:Certificate',
    'gcp:certificatemanager/certificateMap:CertificateMap',
    'gcp:certificatemanager/certificateMapEntry:CertificateMapEntry',
    'gcp:compute/router:Router',
    'gcp:dns/recordSet:RecordSet',
    'gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember',
    'gcp:kms/keyRing:KeyRing',
    'gcp:projects/iAMMember:IAMMember',
    'gcp:projects/service:Service',
    'gcp:projects/serviceIdentity:ServiceIdentity',
    'gcp:serviceaccount/account:Account',
    'gcp:servicenetworking/connection:Connection',
    'gcp:storage/bucket:Bucket',
  ],
  behind: {},
};
