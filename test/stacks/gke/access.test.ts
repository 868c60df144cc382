import type * as pulumi from '@pulumi/pulumi';
import { type Manifest, splitTokens } from '../../../constructs/core';
import { violations } from '../../components/record';
import { deploy, MINIMAL } from './stand';

type Deployment = Awaited<ReturnType<typeof deploy>>;

const POOL = 'principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/my-project.svc.id.goog/subject/ns';
const TEAMS = { ...MINIMAL, teams: ['vision', 'speech'] };

/** The objects of a kind, by namespace and name. */
function find({ objects }: Deployment, kind: string, name: string, namespace?: string): Manifest {
  const found = objects.find(({ kind: each, metadata }) => each === kind && metadata.name === name && (namespace === undefined || metadata.namespace === namespace));
  if (!found) throw new Error(`no ${kind} ${name}`);
  return found;
}

/** What stands in a text once everything is made. */
async function resolved({ valueOf }: Deployment, text: unknown): Promise<string> {
  const parts = splitTokens(String(text)).map((part) => (typeof part === 'string' ? part : valueOf(part.value as pulumi.Output<string>)));
  return (await Promise.all(parts)).join('');
}

const membersOf = (made: Deployment, type: string) => made.ofType(type).map(({ inputs }) => inputs.member);

describe('the API server', () => {
  it('is reached from the network alone', async () => {
    const made = await deploy();
    const { inputs } = made.one('gcp:container/cluster:Cluster');
    expect(inputs.privateClusterConfig).toMatchObject({ enablePrivateEndpoint: true, enablePrivateNodes: true });
    expect(inputs.masterAuthorizedNetworksConfig).toMatchObject({ cidrBlocks: [], gcpPublicCidrsAccessEnabled: false });
    expect(inputs.controlPlaneEndpointsConfig.dnsEndpointConfig.allowExternalTraffic).toBe(false);
    expect(inputs.authenticatorGroupsConfig).toEqual({ securityGroup: 'gke-security-groups@example.com' });
  });

  it('is reached by its DNS name where that is asked for, with a kubeconfig for it', async () => {
    const made = await deploy({ ...MINIMAL, cluster: { ...MINIMAL.cluster, dnsEndpoint: true, authorizedNetworks: [{ name: 'vpn', cidr: '10.250.0.0/16' }] } });
    expect(made.one('gcp:container/cluster:Cluster').inputs.masterAuthorizedNetworksConfig.cidrBlocks).toEqual([{ displayName: 'vpn', cidrBlock: '10.250.0.0/16' }]);
    const { clusters } = JSON.parse(await made.valueOf(made.provisioned.kubeconfig));
    expect(clusters[0].cluster.server).toMatch(/^https:\/\/gke-.*\.europe-west4\.gke\.goog$/);
    expect(violations(made, ...made.objects)).toEqual([]);
  });

  it("does without groups of the organisation only where that is said, and then the pack says so", async () => {
    const made = await deploy({ ...MINIMAL, cluster: { securityGroup: 'none' } });
    expect(made.one('gcp:container/cluster:Cluster').inputs.authenticatorGroupsConfig).toBeUndefined();
    const found = violations(made, ...made.objects);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^gke-google-groups: /);
  });
});

describe('the bucket', () => {
  it('is open to the ServiceAccount of each team in its own folder, and to nobody else', async () => {
    const made = await deploy(TEAMS);
    expect(made.ofType('gcp:storage/bucketIAMMember:BucketIAMMember')).toEqual([]);
    const grants = made.ofType('gcp:storage/managedFolderIamMember:ManagedFolderIamMember').map(({ inputs }) => [inputs.managedFolder, inputs.role, inputs.member]);
    expect(grants).toEqual([
      ['vision/', 'roles/storage.objectUser', `${POOL}/vision/sa/team`],
      ['speech/', 'roles/storage.objectUser', `${POOL}/speech/sa/team`],
    ]);
    expect(made.one('gcp:storage/bucket:Bucket').inputs).toMatchObject({ publicAccessPrevention: 'enforced', uniformBucketLevelAccess: true });
  });

  it('is opened to a team before its pods may start', async () => {
    const made = await deploy(TEAMS);
    const { annotations = {} } = find(made, 'ServiceAccount', 'team', 'vision').metadata;
    expect(await resolved(made, annotations['kubeflow-cdk.dev/iam-grants'])).toMatch(/vision/);
  });
});

describe('records of the zone', () => {
  it('are changed by cert-manager and external-dns alone', async () => {
    const made = await deploy(TEAMS);
    expect(membersOf(made, 'gcp:dns/dnsManagedZoneIamMember:DnsManagedZoneIamMember').toSorted()).toEqual([`${POOL}/cert-manager/sa/cert-manager`, `${POOL}/external-dns/sa/external-dns`]);
    expect(made.ofType('gcp:dns/dnsManagedZoneIamMember:DnsManagedZoneIamMember').map(({ inputs }) => inputs.managedZone)).toEqual(['ml-example-com', 'ml-example-com']);
  });

  it('are in a zone of our own where that is asked for', async () => {
    const made = await deploy({ ...MINIMAL, dns: { zone: 'create' } });
    expect(made.one('gcp:dns/managedZone:ManagedZone', 'dns').inputs).toMatchObject({ dnsName: 'ml.example.com.', visibility: 'public', dnssecConfig: { state: 'on' } });
  });

  it('are nobody\'s without a zone: no external-dns, no certificate of a public authority', async () => {
    const made = await deploy({ ...MINIMAL, dns: { zone: 'none' } });
    expect(made.ofType('gcp:dns/dnsManagedZoneIamMember:DnsManagedZoneIamMember')).toEqual([]);
    expect(made.objects.filter(({ metadata }) => metadata.namespace === 'external-dns')).toEqual([]);
  });
});

describe('the project', () => {
  it('lets nobody do anything in all of it but nodes write logs and external-dns list zones', async () => {
    const made = await deploy(TEAMS);
    const roles = made.ofType('gcp:projects/iAMMember:IAMMember').map(({ name, inputs }) => [name, inputs.role]);
    expect(roles.toSorted()).toEqual([
      ['dns/external-dns/external-dns/zones', expect.stringMatching(/^projects\/my-project\/roles\/kubeflow_dns_zones_/)],
      ['node-account', 'roles/container.defaultNodeServiceAccount'],
    ]);
  });

  it('is asked by one provider, which the configuration names', async () => {
    const made = await deploy(TEAMS);
    expect(made.one('pulumi:providers:gcp').inputs).toMatchObject({ project: 'my-project', region: 'europe-west4' });
    const others = made.resources.filter(({ type, provider }) => type.startsWith('gcp:') && !provider.includes('pulumi:providers:gcp::gcp::'));
    expect(others.map(({ type, name }) => `${type} ${name}`)).toEqual([]);
  });

  it('has its APIs enabled before anything is made through them', async () => {
    const made = await deploy();
    const types = made.resources.filter(({ type }) => type.startsWith('gcp:')).map(({ type }) => type);
    expect(types.lastIndexOf('gcp:projects/service:Service')).toBeLessThan(types.findIndex((type) => type !== 'gcp:projects/service:Service'));
  });
});

describe('the ingress gateway', () => {
  it.each([
    ['internal', { 'networking.gke.io/load-balancer-type': 'Internal' }],
    ['internet-facing', { 'cloud.google.com/l4-rbs': 'enabled' }],
  ])('is %s by a load balancer of GKE', async (exposure, annotations) => {
    const made = await deploy({ ...MINIMAL, exposure });
    const balanced = made.objects.filter(({ kind, spec }) => kind === 'Service' && Reflect.get(Object(spec), 'type') === 'LoadBalancer');
    expect(balanced).toHaveLength(1);
    expect(balanced[0]?.metadata.annotations).toMatchObject(annotations);
    expect('networking.gke.io/load-balancer-type' in (balanced[0]?.metadata.annotations ?? {})).toBe(exposure === 'internal');
    expect(violations(made, ...made.objects)).toEqual([]);
  });

  it('lets in whom Google has signed for this client, and of the organisation only', async () => {
    const made = await deploy();
    expect(find(made, 'RequestAuthentication', 'sign-in').spec).toMatchObject({ jwtRules: [{ issuer: 'https://accounts.google.com', audiences: [MINIMAL.signIn.clientId] }] });
    const denied = JSON.stringify(find(made, 'AuthorizationPolicy', 'sign-in').spec);
    expect(denied).toContain('{"key":"request.auth.claims[hd]","notValues":["example.com"]}');
  });
});

describe('images of our own', () => {
  it('are pulled by the nodes, from repositories that are encrypted', async () => {
    const made = await deploy({ ...MINIMAL, registry: { repository: 'images', pullThrough: ['quay.io'] } });
    const repositories = made.ofType('gcp:artifactregistry/repository:Repository').map(({ inputs }) => [inputs.repositoryId, inputs.mode, String(inputs.kmsKeyName).split('/').pop()]);
    expect(repositories).toEqual([
      ['images', 'STANDARD_REPOSITORY', expect.stringMatching(/^keys-registry/)],
      ['images-quay-io', 'REMOTE_REPOSITORY', expect.stringMatching(/^keys-registry/)],
    ]);
    const nodes = made.one('gcp:container/nodePool:NodePool', 'nodes-system').inputs.nodeConfig.serviceAccount;
    expect(membersOf(made, 'gcp:artifactregistry/repositoryIamMember:RepositoryIamMember')).toEqual([`serviceAccount:${nodes}`, `serviceAccount:${nodes}`]);
    expect(violations(made, ...made.objects)).toEqual([]);
  });

  it('have no repository unless one is wanted', async () => {
    expect((await deploy()).ofType('gcp:artifactregistry/repository:Repository')).toEqual([]);
  });
});
