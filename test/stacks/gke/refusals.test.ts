import path from 'node:path';
import { parseConfig, readStackFile } from '../../../stacks/config';
import { gkeConfig } from '../../../stacks/config/schemas/gke';
import { record } from '../../components/record';
import { configured, EXISTING, MINIMAL, rehearse, type Values } from './stand';

const cloud: { answer(call: unknown): unknown } = require('../../doubles/cloud');

afterEach(() => jest.restoreAllMocks());

/** What a deployment is refused with, and what was registered by then. */
async function refusal(values: Values): Promise<{ readonly message: string; readonly registered: readonly string[] }> {
  const { result, resources } = await record(async () => {
    try {
      await configured(values).declare('live');
    } catch (error) {
      return String(error);
    }
    throw new Error('was not refused');
  });
  return { message: result, registered: resources.map(({ type }) => type) };
}

const cluster = (more: Values): Values => ({ ...MINIMAL, cluster: { ...MINIMAL.cluster, ...more } });

describe('a configuration that cannot be right', () => {
  it.each<[string, Values, string]>([
    ['ranges that overlap', { ...MINIMAL, network: { podCidr: '10.0.0.0/16' } }, 'kubeflow-cdk:network.podCidr is "10.0.0.0/16"; expected a range that does not overlap cidr (10.0.0.0/20)'],
    ['a range that is too small', { ...MINIMAL, network: { cidr: '10.0.0.0/26' } }, 'kubeflow-cdk:network.cidr is "10.0.0.0/26"; expected room for 100 nodes: /25 or larger'],
    ['more nodes than the network is told of', { ...MINIMAL, network: { maxNodes: 10 } }, 'kubeflow-cdk:network.maxNodes is 10; expected at least 16'],
    ['a range that the nodes outgrow', { ...MINIMAL, nodes: { cpu: { max: 900 } }, network: { podCidr: '10.16.0.0/16' } }, 'kubeflow-cdk:network.podCidr is "10.16.0.0/16"; expected room for 906 nodes of 110 pods'],
    ['a version that the platform does not support', { ...MINIMAL, kubernetesVersion: '1.29' }, 'kubeflow-cdk:kubernetesVersion is "1.29"; expected a version that every component of the platform supports'],
    ['a version that the region has not', { ...MINIMAL, kubernetesVersion: '1.36' }, 'kubeflow-cdk:kubernetesVersion is "1.36"; expected a version that the region offers'],
    ['no version at all', { ...MINIMAL, kubernetesVersion: 'latest' }, 'kubeflow-cdk:kubernetesVersion is "latest"; expected a version in quotes'],
    ['a machine type that is none', { ...MINIMAL, nodes: { system: { machineType: 'n2-standard-7' } } }, 'kubeflow-cdk:nodes.system.machineType is "n2-standard-7"; expected n2-standard'],
    ['GPUs that the region has not', { ...MINIMAL, nodes: { gpu: { machineType: 'a4-highgpu-8g' } } }, 'kubeflow-cdk:nodes.gpu.machineType is "a4-highgpu-8g"; expected a machine type that region'],
    ['GPUs that the zone has not', { ...MINIMAL, nodes: { gpu: { machineType: 'a3-highgpu-8g', zones: ['europe-west4-a'] } } }, 'kubeflow-cdk:nodes.gpu.zones is "europe-west4-a"; expected zones that have a3-highgpu-8g: europe-west4-b, europe-west4-c'],
    ['a pool for GPUs without any', { ...MINIMAL, nodes: { gpu: { machineType: 'n2-standard-8' } } }, 'kubeflow-cdk:nodes.gpu.machineType is "n2-standard-8"; expected a type that comes with GPUs'],
    ['GPUs that cannot be attached', { ...MINIMAL, nodes: { gpu: { machineType: 'n1-standard-8', gpus: { type: 'nvidia-l4', count: 1 } } } }, 'kubeflow-cdk:nodes.gpu.gpus.type is "nvidia-l4"; expected nvidia-tesla-t4'],
    ['fewer nodes at most than at least', { ...MINIMAL, nodes: { cpu: { min: 5, max: 2 } } }, 'kubeflow-cdk:nodes.cpu.max is 2; expected'],
    ['a zone elsewhere', { ...MINIMAL, nodes: { cpu: { zones: ['us-central1-a'] } } }, 'kubeflow-cdk:nodes.cpu.zones is "us-central1-a"; expected zones of region'],
    ['a domain without a zone', { ...MINIMAL, domain: 'ml.example.org' }, 'kubeflow-cdk:domain is "ml.example.org"; expected a domain in a public zone of project'],
    ['a zone in place of a region', { ...MINIMAL, region: 'europe-west4-a' }, 'kubeflow-cdk:region is "europe-west4-a"; expected a region such as'],
    ['no id of a project', { ...MINIMAL, project: 'My Project' }, 'kubeflow-cdk:project is "My Project"; expected the id of a project'],
    ['a name that is too long', { ...MINIMAL, clusterName: 'k'.repeat(41) }, 'expected at most 40 characters'],
    ['a name of a bucket that is none', { ...MINIMAL, objectStore: { bucketName: 'google-models' } }, 'kubeflow-cdk:objectStore.bucketName is "google-models"; expected'],
    ['a machine that no database has', { ...MINIMAL, database: { tier: 'db-n1-standard-1' } }, 'kubeflow-cdk:database.tier is "db-n1-standard-1"; expected'],
    ['a size of volumes that is not offered', { ...MINIMAL, sharedFiles: { maxVolumeGib: 100 } }, 'kubeflow-cdk:sharedFiles.maxVolumeGib is 100; expected one of 128, 256, 512, 1024'],
    ['an API server that is open to all', cluster({ publicEndpoint: true, authorizedNetworks: [{ name: 'all', cidr: '0.0.0.0/0' }] }), 'kubeflow-cdk:cluster.authorizedNetworks[0].cidr is "0.0.0.0/0"; expected'],
    ['a public endpoint for nobody', cluster({ publicEndpoint: 'true' }), "kubeflow-cdk:cluster.publicEndpoint is true; expected 'authorizedNetworks' to name a public range"],
    ['too little time for maintenance', cluster({ maintenance: { days: ['SA'], hours: 4 } }), 'kubeflow-cdk:cluster.maintenance.hours is 4; expected 12 to 24 hours'],
    ['a group of another name', cluster({ securityGroup: 'admins@example.com' }), "kubeflow-cdk:cluster.securityGroup is \"admins@example.com\"; expected the group 'gke-security-groups@…'"],
    ['nothing said of groups', { ...MINIMAL, cluster: {} }, "kubeflow-cdk:cluster.securityGroup is missing; expected the group 'gke-security-groups@<your domain>'"],
    ['no client to sign in with', { ...MINIMAL, signIn: { clientId: MINIMAL.signIn.clientId } }, 'kubeflow-cdk:signIn.hostedDomain is missing; expected the domain of the Google Workspace'],
    ['a client of somebody else', { ...MINIMAL, signIn: { ...MINIMAL.signIn, clientId: 'kubeflow' } }, 'kubeflow-cdk:signIn.clientId is "kubeflow"; expected the id of an OAuth client'],
    ['an issuer without TLS', { ...MINIMAL, signIn: { existing: { ...EXISTING.signIn.existing, issuer: 'http://login.example.com' } } }, 'kubeflow-cdk:signIn.existing.issuer is "http://login.example.com"; expected an https URL'],
    ['a repository of no name', { ...MINIMAL, registry: { repository: 'Images' } }, 'kubeflow-cdk:registry.repository is "Images"; expected'],
    ['a key that nobody knows', { ...MINIMAL, nodes: { sytem: {} } }, "kubeflow-cdk:nodes.sytem is not known; did you mean 'system'"],
  ])('%s', async (_, values, expected) => {
    const message = await refused(values);
    expect(message).toContain(expected);
  });

  it('is refused before anything is registered where Google Cloud has to be asked', async () => {
    const { registered } = await refusal({ ...MINIMAL, nodes: { gpu: { machineType: 'a4-highgpu-8g' } } });
    expect(registered).toEqual(['pulumi:providers:gcp']);
  });

  it('is refused where it is only looked at, too', async () => {
    await expect(rehearse({ ...MINIMAL, network: { podCidr: '10.0.0.0/16' } })).rejects.toThrow('kubeflow-cdk:network.podCidr');
  });
});

it('is a channel whose version the platform does not support', async () => {
  const answer = cloud.answer;
  jest.spyOn(cloud, 'answer').mockImplementation((call) => {
    const given = answer(call);
    return typeof given === 'object' && given !== null && 'releaseChannelDefaultVersion' in given ? { ...given, releaseChannelDefaultVersion: { STABLE: '1.31.9-gke.1' } } : given;
  });
  const { message } = await refusal(cluster({ releaseChannel: 'STABLE' }));
  expect(message).toContain('kubeflow-cdk:cluster.releaseChannel is "STABLE"; expected a channel whose version every component supports');
  expect(message).toContain("'kubernetesVersion' set to 1.35 or 1.34 or 1.33");
});

describe('what exists but cannot work', () => {
  it.each<[string, Values, string]>([
    ['a subnet that is not there', { ...MINIMAL, network: { existing: { subnetwork: 'absent' } } }, 'kubeflow-cdk:network.existing.subnetwork is "absent"; expected a subnet of project'],
    ['a subnet without ranges for pods', { ...MINIMAL, network: { existing: { subnetwork: 'no-ranges' } } }, 'kubeflow-cdk:network.existing.podRange is "pods"; expected the name of a secondary range'],
    ['a subnet without private access', { ...MINIMAL, network: { existing: { subnetwork: 'no-google-access' } } }, 'kubeflow-cdk:network.existing.subnetwork is "no-google-access"; expected a subnet with private Google access'],
    ['a subnet that is too small', { ...MINIMAL, network: { existing: { subnetwork: 'small' } } }, 'kubeflow-cdk:network.existing.subnetwork is "10.0.0.0/28"; expected room for 100 nodes'],
    ['a subnet and a range beside it', { ...MINIMAL, network: { cidr: '10.0.0.0/20', existing: { subnetwork: 'shared' } } }, 'kubeflow-cdk:network.cidr is "10.0.0.0/20"; expected nothing beside existing'],
    ['fewer nodes than the pools have', { ...MINIMAL, network: { existing: { subnetwork: 'shared', maxNodes: 3 } } }, 'kubeflow-cdk:network.existing.maxNodes is 3; expected at least 16'],
    ['a cluster without its network', { ...EXISTING, network: {} }, 'kubeflow-cdk:network.existing is missing; expected the subnet that the existing cluster is in'],
    ['a cluster that is not there', { ...EXISTING, cluster: { existing: { name: 'absent' } } }, 'kubeflow-cdk:cluster.existing.name is "absent"; expected a cluster of project'],
    ['a cluster of Autopilot', { ...EXISTING, cluster: { existing: { name: 'autopilot' } } }, 'kubeflow-cdk:cluster.existing.name is "autopilot"; expected a Standard cluster'],
    ['a cluster that is too old', { ...EXISTING, cluster: { existing: { name: 'old' } } }, 'kubeflow-cdk:cluster.existing.name is "old"; expected a cluster of a version that every component supports'],
    ['a cluster and a channel beside it', { ...EXISTING, cluster: { existing: { name: 'shared' }, releaseChannel: 'RAPID' } }, 'kubeflow-cdk:cluster.releaseChannel is "RAPID"; expected nothing beside existing'],
    ['a bucket that is not there', { ...MINIMAL, objectStore: { existing: { bucketName: 'absent' } } }, 'kubeflow-cdk:objectStore.existing.bucketName is "absent"; expected a bucket that exists'],
    ['a bucket with access lists', { ...MINIMAL, objectStore: { existing: { bucketName: 'with-lists' } } }, 'kubeflow-cdk:objectStore.existing.bucketName is "with-lists"; expected a bucket with uniform'],
    ['a server of another engine', { ...MINIMAL, database: { existing: { instance: 'postgres', engine: 'mysql' } } }, 'kubeflow-cdk:database.existing.instance is "postgres"; expected a server of mysql'],
    ['a server without TLS', { ...MINIMAL, database: { existing: { instance: 'plain-text', engine: 'mysql' } } }, 'kubeflow-cdk:database.existing.instance is "plain-text"; expected sslMode ENCRYPTED_ONLY'],
    ['an instance without such a share', { ...MINIMAL, sharedFiles: { existing: { instance: 'shared', location: 'europe-west4-a', share: 'other' } } }, 'kubeflow-cdk:sharedFiles.existing.share is "other"; expected one of the shares'],
  ])('%s', async (_, values, expected) => {
    expect(await refused(values)).toContain(expected);
  });
});

describe('an account', () => {
  it('that nobody is signed in to is asked once, and nothing is made', async () => {
    jest.spyOn(cloud, 'answer').mockImplementationOnce(() => {
      throw new Error('could not find default credentials');
    });
    const { message, registered } = await refusal(MINIMAL);
    expect(message).toContain("GcpSignInError: gcp.project 'my-project' in gcp.region 'europe-west4'");
    expect(message).toContain('gcloud auth application-default login');
    expect(registered).toEqual(['pulumi:providers:gcp']);
  });
});

describe('Pulumi.gke.yaml', () => {
  const file = readStackFile(path.join(__dirname, '../../..'), 'gke');

  it('says at once all that people must say', () => {
    expect(() => parseConfig('gke', gkeConfig, file)).toThrow(/project is missing[^]*region is missing[^]*cluster\.securityGroup is missing[^]*signIn\.clientId is missing/);
  });

  it('is complete with that', () => {
    expect(parseConfig('gke', gkeConfig, { ...file, ...MINIMAL })).toMatchObject({ clusterName: 'kubeflow', development: false, exposure: 'internal' });
  });
});

/** The message alone. Faults of the form of the configuration are found before there is a program. */
async function refused(values: Values): Promise<string> {
  try {
    configured(values);
  } catch (error) {
    return String(error);
  }
  return (await refusal(values)).message;
}
