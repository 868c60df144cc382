import { violations } from '../../components/record';
import { deploy, EXISTING, MINIMAL, rehearse } from './stand';

const TEAM = { teams: ['vision'] };

describe('what exists', () => {
  it('can be all of it: nothing is made but databases, names and grants', async () => {
    const made = await deploy({ ...EXISTING, ...TEAM });
    const types = new Set(made.resources.filter(({ type, custom }) => custom && !type.startsWith('pulumi:')).map(({ type }) => type));
    expect([...types].toSorted()).toEqual([
      'gcp:dns/dnsManagedZoneIamMember:DnsManagedZoneIamMember',
      'gcp:dns/managedZone:ManagedZone',
      'gcp:dns/recordSet:RecordSet',
      'gcp:projects/iAMCustomRole:IAMCustomRole',
      'gcp:projects/iAMMember:IAMMember',
      'gcp:projects/service:Service',
      'gcp:servicenetworking/connection:Connection',
      'gcp:sql/database:Database',
      'gcp:sql/user:User',
      'gcp:storage/managedFolder:ManagedFolder',
      'gcp:storage/managedFolderIamMember:ManagedFolderIamMember',
      'random:index/randomId:RandomId',
      'random:index/randomPassword:RandomPassword',
    ]);
    expect(made.one('gcp:dns/managedZone:ManagedZone').inputs.visibility).toBe('private');
    expect(violations(made, ...made.objects)).toEqual([]);
    expect(made.provisioned).toMatchObject({ context: 'gke_my-project_europe-west4_shared', readyAfter: [], nodePools: [] });
  });

  it('can be seen without an account too', async () => {
    expect((await rehearse({ ...EXISTING, ...TEAM })).objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(
      (await deploy({ ...EXISTING, ...TEAM })).objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
    );
  });

  it('can be the network: the cluster is made in it', async () => {
    const made = await deploy({ ...MINIMAL, network: { existing: { subnetwork: 'shared', maxPodsPerNode: 32 } } });
    expect(made.one('gcp:container/cluster:Cluster').inputs).toMatchObject({ subnetwork: 'projects/my-project/regions/europe-west4/subnetworks/shared', defaultMaxPodsPerNode: 32 });
    expect(made.ofType('gcp:compute/network:Network')).toEqual([]);
    expect(violations(made, ...made.objects)).toEqual([]);
  });

  it('can be the instance of shared files: volumes are directories in it, made by a driver that is deployed', async () => {
    const { objects } = await deploy({ ...MINIMAL, sharedFiles: { existing: { instance: 'shared', location: 'europe-west4-a' } } });
    const files = objects.find(({ kind, provisioner }) => kind === 'StorageClass' && provisioner === 'nfs.csi.k8s.io');
    expect(files).toMatchObject({ parameters: { server: '10.9.1.2', share: '/vol1' } });
    expect(objects.some(({ kind, metadata }) => kind === 'CSIDriver' && metadata.name === 'nfs.csi.k8s.io')).toBe(true);
  });

  it('can be the issuer that signs people in', async () => {
    const { objects } = await deploy({ ...MINIMAL, signIn: { existing: { ...EXISTING.signIn.existing, groupsClaim: 'groups' } } });
    expect(objects.find(({ kind }) => kind === 'RequestAuthentication')?.spec).toMatchObject({ jwtRules: [{ issuer: 'https://login.example.com/realms/ml', audiences: ['kubeflow'] }] });
  });
});
