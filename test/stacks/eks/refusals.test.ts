import path from 'node:path';
import { readStackFile } from '../../../stacks/config';
import { configured, EXISTING, EXISTING_NETWORK, MINIMAL, refusal, rehearse, type Values } from './stand';

const cloud: { answer(call: { readonly token: string }): Record<string, unknown> } = require('../../doubles/cloud');

const NO_CREDENTIALS = 'no valid credential sources for provider found';

afterEach(() => jest.restoreAllMocks());

const existingNetwork = (changed: Values): Values => ({ network: { existing: { ...EXISTING_NETWORK.existing, ...changed } } });
const gpu = (changed: Values): Values => ({ nodes: { gpu: changed } });

test.each<[string, Values, string]>([
  ['no region', { region: undefined }, 'kubeflow-cdk:region is missing; expected a region such as'],
  ['a name of 64 letters', { clusterName: 'k'.repeat(64) }, 'at most 63'],
  ['a version that is no minor one', { kubernetesVersion: 'latest' }, 'kubeflow-cdk:kubernetesVersion is "latest"; expected a minor version'],
  ['an account of eleven digits', { accountId: '12345678901' }, 'kubeflow-cdk:accountId'],
  ['a key nobody knows', { nodes: { sytem: {} } }, "kubeflow-cdk:nodes.sytem is not known; did you mean 'system'"],
  ['a way to pay that is none', gpu({ purchase: { kind: 'reservation' } }), 'kubeflow-cdk:nodes.gpu.purchase'],
  ['a network that exists and one that is made', { network: { ...EXISTING_NETWORK, cidr: '10.0.0.0/16' } }, 'kubeflow-cdk:network.cidr is "10.0.0.0/16"; expected nothing beside existing'],
  ['a cluster that exists and one that is made', { cluster: { ...EXISTING.cluster, support: 'extended' } }, 'kubeflow-cdk:cluster.support is "extended"; expected nothing beside existing'],
  ['a bucket that exists and one that is made', { objectStore: { ...EXISTING.objectStore, bucketName: 'other' } }, 'kubeflow-cdk:objectStore.bucketName is "other"; expected nothing beside existing'],
  ['a server that exists and one that is made', { database: { ...EXISTING.database, engine: 'mysql' } }, 'kubeflow-cdk:database.engine is "mysql"; expected nothing beside existing'],
  ['files that exist and some that are made', { sharedFiles: { ...EXISTING.sharedFiles, throughput: 'elastic' } }, 'kubeflow-cdk:sharedFiles.throughput is "elastic"; expected nothing beside existing'],
  ['a sign-in that exists and one that is made', { signIn: { ...EXISTING.signIn, mfa: 'optional' } }, 'kubeflow-cdk:signIn.mfa is "optional"; expected nothing beside existing'],
])('%s is refused before there is a program', (_, values, expected) => {
  expect(() => configured({ ...MINIMAL, ...values })).toThrow(expected);
});

test.each<[string, Values, string]>([
  ['a zone in place of a region', { region: 'eu-central-1a' }, "kubeflow-cdk:region is \"eu-central-1a\"; expected a region of AWS: "],
  ['a region there is none of', { region: 'eu-central-9' }, 'kubeflow-cdk:region is "eu-central-9"; expected a region of AWS: '],
  ['a region by its display name', { region: 'Frankfurt' }, 'kubeflow-cdk:region is "Frankfurt"; expected a region of AWS'],
  ['another account', { accountId: '999999999999' }, "kubeflow-cdk:accountId is \"999999999999\"; expected '123456789012'"],
  ['ranges that overlap', { network: { cidr: '172.20.0.0/16' } }, "kubeflow-cdk:network.serviceCidr is \"172.20.0.0/16\"; expected a range apart from that of the VPC"],
  ['ranges that overlap in part', { network: { serviceCidr: '10.0.128.0/20' } }, 'kubeflow-cdk:network.serviceCidr is "10.0.128.0/20"; expected a range apart from that of the VPC'],
  ['a range that is too small', { network: { cidr: '10.0.0.0/24' } }, 'kubeflow-cdk:network.cidr is "10.0.0.0/24"; expected a range from /16'],
  ['a range of the internet', { network: { cidr: '8.8.0.0/16' } }, 'kubeflow-cdk:network.cidr is "8.8.0.0/16"; expected a private range'],
  ['a zone of another region', { network: { zones: ['us-east-1a', 'eu-central-1a'] } }, 'kubeflow-cdk:network.zones is "us-east-1a"; expected zones that EKS can use in the region'],
  ['one zone', { network: { zones: ['eu-central-1a'] } }, 'kubeflow-cdk:network.zones is ["eu-central-1a"]; expected 2 to 6 different zones'],
  ['a version that the platform does not run on', { kubernetesVersion: '1.37' }, 'kubeflow-cdk:kubernetesVersion is "1.37"; expected a version that every component supports'],
  ['a version that AWS does not offer', { kubernetesVersion: '1.33' }, 'kubeflow-cdk:kubernetesVersion is "1.33"; expected a version that EKS offers: one of 1.36, 1.35'],
  ['a version in extended support', { kubernetesVersion: '1.34' }, 'kubeflow-cdk:kubernetesVersion is "1.34"; expected a version in standard support'],
  ['a machine type that is none', { nodes: { system: { instanceTypes: ['m7i.huge'] } } }, 'kubeflow-cdk:nodes.system.instanceTypes is "m7i.huge"'],
  ['GPUs nobody knows', gpu({ instanceTypes: ['g99.xlarge'] }), 'kubeflow-cdk:nodes.gpu.instanceTypes is "g99.xlarge"'],
  ['GPUs that the region has not', gpu({ instanceTypes: ['p5.48xlarge'] }), 'kubeflow-cdk:nodes.gpu.instanceTypes is "p5.48xlarge"; expected types that the region offers'],
  ['a domain without a zone', { domain: 'ml.example.org' }, "kubeflow-cdk:domain is \"ml.example.org\"; expected a domain with a public hosted zone in this account: none is called 'ml.example.org' or 'example.org'"],
  ['a VPC that is not there', existingNetwork({ vpcId: 'vpc-0ccccccccccccccc0' }), 'kubeflow-cdk:network.existing.vpcId is "vpc-0ccccccccccccccc0"; expected a VPC of the account'],
  ['a VPC with one zone', existingNetwork({ vpcId: 'vpc-0bbbbbbbbbbbbbbbb', privateSubnetIds: ['subnet-0b000000000000001'] }), 'kubeflow-cdk:network.existing.privateSubnetIds is ["eu-central-1a"]; expected subnets in 2 zones or more'],
  ['a VPC with public subnets only', existingNetwork({ privateSubnetIds: ['subnet-0a00000000000000f'] }), 'kubeflow-cdk:network.existing.privateSubnetIds is "subnet-0a00000000000000f"; expected subnets whose route table has no internet gateway'],
  ['a subnet of another VPC', existingNetwork({ privateSubnetIds: ['subnet-0a000000000000001', 'subnet-0b000000000000001'] }), "kubeflow-cdk:network.existing.privateSubnetIds is \"subnet-0b000000000000001\"; expected subnets of 'vpc-0aaaaaaaaaaaaaaaa'"],
  ['Services in the range of an existing VPC', existingNetwork({ serviceCidr: '10.20.0.0/20' }), 'kubeflow-cdk:network.existing.serviceCidr is "10.20.0.0/20"; expected a range apart from that of the VPC'],
  ['a face to the internet without a public subnet', { ...EXISTING, exposure: 'internet-facing' }, 'kubeflow-cdk:network.existing.publicSubnetIds is missing; expected public subnets for the load balancer'],
  ['a cluster without its network', { cluster: EXISTING.cluster }, 'kubeflow-cdk:network.existing is missing; expected the VPC and subnets that the existing cluster is in'],
  ['a cluster that is not there', { ...EXISTING, cluster: { existing: { name: 'absent' } } }, 'kubeflow-cdk:cluster.existing.name is "absent"; expected a cluster of the account'],
  ['a cluster in another VPC', { ...EXISTING, ...existingNetwork({ vpcId: 'vpc-0bbbbbbbbbbbbbbbb', privateSubnetIds: ['subnet-0b000000000000001', 'subnet-0b000000000000002'] }) }, "kubeflow-cdk:cluster.existing.name is \"main\"; expected a cluster in 'vpc-0bbbbbbbbbbbbbbbb'; this one is in 'vpc-0aaaaaaaaaaaaaaaa'"],
])('%s is refused, by the key it was configured with, before anything is registered', async (_, values, expected) => {
  withSecondZone();
  const { message, registered } = await refusal({ ...MINIMAL, ...values });
  expect(message).toContain(expected);
  expect(registered).toEqual([]);
});

test.each<[string, Values, string]>([
  ['a type without GPUs in their group', gpu({ instanceTypes: ['m7i.2xlarge'] }), "kubeflow-cdk:nodes.gpu.instanceTypes is \"m7i.2xlarge\"; expected types with GPUs in a group of kind 'gpu'"],
  ['a type with GPUs in another group', { nodes: { cpu: { instanceTypes: ['g6.2xlarge'] } } }, "kubeflow-cdk:nodes.cpu.instanceTypes is \"g6.2xlarge\"; expected types without GPUs in a group of kind 'cpu'"],
  ['types of two architectures', { nodes: { cpu: { instanceTypes: ['m7i.xlarge', 'm7g.xlarge'] } } }, 'kubeflow-cdk:nodes.cpu.instanceTypes is "m7g.xlarge"; expected types of one architecture'],
  ['EFA on a machine without it', gpu({ instanceTypes: ['g6.2xlarge'], efa: true }), "kubeflow-cdk:nodes.gpu.instanceTypes is \"g6.2xlarge\"; expected types with EFA where 'efa' is on"],
  ['EFA in two zones', gpu({ instanceTypes: ['p4d.24xlarge'], efa: 'true', zones: ['eu-central-1a', 'eu-central-1b'] }), 'kubeflow-cdk:nodes.gpu.zones is ["eu-central-1a","eu-central-1b"]; expected one zone with efa'],
  ['a zone that has not the machines', gpu({ zones: ['eu-central-1a'] }), 'kubeflow-cdk:nodes.gpu.zones is ["eu-central-1a"]; expected a zone that offers all the types of the group'],
  ['a zone outside the network', { nodes: { cpu: { zones: ['eu-central-1d'] } } }, 'kubeflow-cdk:nodes.cpu.zones is "eu-central-1d"; expected zones of the network'],
  ['fewer nodes at most than at least', { nodes: { cpu: { min: 5, max: 2 } } }, 'kubeflow-cdk:nodes.cpu.max is 2'],
  ['a reservation that is none', gpu({ purchase: { kind: 'capacity-block', capacityReservationId: 'mine' } }), 'kubeflow-cdk:nodes.gpu.purchase.capacityReservationId is "mine"'],
  ['an API server that is open to all', { cluster: { publicAccessCidrs: ['0.0.0.0/0'] } }, 'kubeflow-cdk:cluster.publicAccessCidrs is "0.0.0.0/0"; expected the ranges that need it'],
  ['private ranges for the public endpoint', { cluster: { publicAccessCidrs: ['10.0.0.0/8'] } }, 'kubeflow-cdk:cluster.publicAccessCidrs is "10.0.0.0/8"; expected public ranges'],
  ['a session in place of a role', { cluster: { administrators: ['arn:aws:sts::123456789012:assumed-role/admin/me'] } }, 'kubeflow-cdk:cluster.administrators is "arn:aws:sts::123456789012:assumed-role/admin/me"; expected the role itself'],
  ['a name no bucket may have', { objectStore: { bucketName: 'Models' } }, 'kubeflow-cdk:objectStore.bucketName is "Models"'],
  ['a name no bucket can have had', { ...EXISTING, objectStore: { existing: { name: 'Models' } } }, 'kubeflow-cdk:objectStore.existing.name is "Models"'],
  ['a class of instances that is none', { database: { instanceClass: 'm7g.large' } }, 'kubeflow-cdk:database.instanceClass is "m7g.large"; expected a class of instances'],
  ['a size for storage that has none', { database: { storageGib: 100 } }, "kubeflow-cdk:database.storageGib is 100; expected nothing with engine 'aurora-mysql'"],
  ['a server at no name', { ...EXISTING, database: { existing: { ...EXISTING.database.existing, host: '10.20.0.5' } } }, 'kubeflow-cdk:database.existing.host is "10.20.0.5"; expected the server\'s name in the DNS'],
  ['authorities in no file', { ...EXISTING, database: { existing: { ...EXISTING.database.existing, caFile: '/nowhere/ca.pem' } } }, 'kubeflow-cdk:database.existing.caFile is "/nowhere/ca.pem"; expected a file that can be read'],
  ['no file system', { ...EXISTING, sharedFiles: { existing: { fileSystemId: 'files' } } }, 'kubeflow-cdk:sharedFiles.existing.fileSystemId is "files"'],
  ['an issuer without TLS', { signIn: { existing: { ...EXISTING.signIn.existing, issuer: 'http://login.example.com' } } }, 'kubeflow-cdk:signIn.existing.issuer is "http://login.example.com"; expected an https URL'],
  ['an administrator without an address', { signIn: { admins: ['root'] } }, 'kubeflow-cdk:signIn.admins[0] is "root"; expected an e-mail address'],
  ['a repository of no name', { registry: { repositories: ['Images'] } }, 'kubeflow-cdk:registry.repositories[0] is "Images"'],
])('%s is refused, by the key it was configured with', async (_, values, expected) => {
  expect((await refusal({ ...MINIMAL, ...values })).message).toContain(expected);
});

test.each<[string, Values, string]>([
  ['ranges that overlap', { network: { cidr: '172.20.0.0/16' } }, 'kubeflow-cdk:network.serviceCidr'],
  ['EFA on a machine without it', gpu({ efa: true }), 'kubeflow-cdk:nodes.gpu.instanceTypes'],
  ['a name no bucket can have had', { objectStore: { existing: { name: 'Models' } } }, 'kubeflow-cdk:objectStore.existing.name'],
])('%s is refused where it is only looked at, too', async (_, values, expected) => {
  await expect(rehearse({ ...MINIMAL, ...values })).rejects.toThrow(expected);
});

test('a name that EKS takes may be too long for the sign-in page, which is then given another', async () => {
  const { message } = await refusal({ ...MINIMAL, clusterName: 'aws-platform' });
  expect(message).toContain('kubeflow-cdk:signIn.domainPrefix is "aws-platform"');
});

test('who is not signed in is told how, and nothing is asked or made after that', async () => {
  const asked: string[] = [];
  const { answer } = cloud;
  jest.spyOn(cloud, 'answer').mockImplementation((call) => {
    asked.push(call.token);
    if (call.token === 'aws:index/getCallerIdentity:getCallerIdentity') throw Object.assign(new Error(NO_CREDENTIALS), { details: NO_CREDENTIALS });
    return answer(call);
  });
  const { message, registered } = await refusal({ ...MINIMAL, profile: 'platform' });
  expect(message).toMatch(/^AwsSignInError: .*region 'eu-central-1', profile 'platform'.*aws sso login --profile platform.*region and .*profile/);
  expect(message).toContain(NO_CREDENTIALS);
  expect(registered).toEqual([]);
  expect(new Set(asked)).toEqual(new Set(['aws:index/getCallerIdentity:getCallerIdentity', 'aws:index/getRegion:getRegion']));
});

test('the configuration that comes with the repository can be planned, and is deployed by nobody who has not made it theirs', async () => {
  const values = readStackFile(path.resolve(__dirname, '../../..'), 'eks');
  expect((await rehearse(values)).objects.length).toBeGreaterThan(200);
  // The double of AWS has a zone example.com, which nobody else has.
  const { message } = await refusal({ ...values, domain: String(values['domain']).replace('.com', '.net') });
  expect(message).toContain('kubeflow-cdk:domain is "ml.example.net"; expected a domain with a public hosted zone');
});

/** The second VPC of the account with a second zone. */
function withSecondZone(): void {
  const { answer } = cloud;
  const second = 'subnet-0b000000000000002';
  jest.spyOn(cloud, 'answer').mockImplementation((call: { readonly token: string; readonly inputs?: { readonly id?: string; readonly filters?: readonly { readonly values: readonly string[] }[] } }) => {
    if (call.token === 'aws:ec2/getSubnet:getSubnet' && call.inputs?.id === second) return { ...answer(call), vpcId: 'vpc-0bbbbbbbbbbbbbbbb', availabilityZone: 'eu-central-1b', cidrBlock: '10.30.64.0/18' };
    const found = answer(call);
    return call.token === 'aws:ec2/getSubnets:getSubnets' && call.inputs?.filters?.some(({ values }) => values.includes(second)) ? { ...found, ids: [...(found['ids'] as string[]), second] } : found;
  });
}
