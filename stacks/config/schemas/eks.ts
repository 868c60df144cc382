import { z } from 'zod';
import { openIdIssuer } from './open-id';
import { platformConfig } from './platform';
import { count, flag, label, madeOrExisting, oneOf, secret, text, texts } from './values';

const purchase = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: oneOf('on-demand', 'spot').describe('How machines are paid for: when they are needed, spare ones that AWS takes back, or reserved ones') }),
    z.strictObject({
      kind: oneOf('reservation', 'capacity-block'),
      capacityReservationId: text("an id such as 'cr-0123456789abcdef0'").describe('The reservation, or the capacity block, that machines come from'),
    }),
  ],
  { error: 'kind: on-demand, spot, or reservation or capacity-block with capacityReservationId' },
);

const nodeGroup = (defaults: { readonly instanceTypes: string[]; readonly min: number; readonly max: number }) =>
  z.strictObject({
    instanceTypes: texts("an instance type such as 'm7i.xlarge'").default(defaults.instanceTypes).describe('Machines, of one architecture and one kind of GPU; several make spot capacity easier to get'),
    min: count(0, 450).default(defaults.min).describe('Fewest nodes'),
    max: count(1, 450).default(defaults.max).describe('Most nodes'),
    diskGib: count(50, 65_536).optional().describe('Size of the encrypted disk for images and pods, in GiB (default 100, with GPUs 200)'),
    purchase: purchase.optional().describe('What pays for the machines (default on-demand)'),
    zones: texts('a zone').optional().describe('Zones of the network to use; with efa, one (default all that offer the machines, with efa the first of them)'),
    efa: flag.optional().describe('Whether machines have all their interfaces for RDMA, close together in one zone (default false)'),
  });

/** Configuration of the `eks` stack. */
export const eksConfig = platformConfig.omit({ ingressServiceType: true }).extend({
  region: text("a region such as 'eu-central-1'").describe('AWS region'),
  profile: text('the name of a profile').optional().describe('Profile of the AWS configuration files; left out, what the environment says'),
  accountId: z.coerce.string().regex(/^\d{12}$/, '12 digits').optional().describe('The account it must be, so that a stack is never put into another one'),
  clusterName: label.default('kubeflow').describe('Name of the cluster, and of everything that is named after it'),
  kubernetesVersion: z.coerce.string().regex(/^1\.\d+$/, "a minor version in quotes, such as '1.35'").default('1.35').describe('Minor version of Kubernetes'),
  development: flag.default(false).describe('Everything can be destroyed, data included; otherwise databases, buckets and keys are protected'),
  network: madeOrExisting(
    {
      cidr: text("an IPv4 range such as '10.0.0.0/16'").optional().describe('Range of the VPC, which pods have addresses of too (default 10.0.0.0/16)'),
      zones: texts("a zone such as 'eu-central-1a'").optional().describe('Zones the VPC is in, two to six (default the first three that EKS can use)'),
      natGateways: oneOf('one-per-zone', 'single').optional().describe('Ways out to the internet: one a zone survives the loss of a zone, a single one costs less (default one-per-zone)'),
      serviceCidr: text("an IPv4 range such as '172.20.0.0/16'").optional().describe("Range of the cluster's Services, apart from that of the VPC (default 172.20.0.0/16)"),
    },
    z.strictObject({
      vpcId: text('the id of a VPC').describe('The VPC'),
      privateSubnetIds: texts('the id of a subnet').describe('Subnets for nodes and pods: one a zone, in two zones or more'),
      publicSubnetIds: texts('the id of a subnet').optional().describe('Subnets for load balancers that face the internet (default none)'),
      serviceCidr: text("an IPv4 range such as '172.20.0.0/16'").optional().describe("Range of the cluster's Services, apart from that of the VPC (default 172.20.0.0/16)"),
    }),
  )
    .prefault({})
    .describe('The VPC'),
  cluster: madeOrExisting(
    {
      administrators: texts('the ARN of an IAM role or user, besides whoever deploys').optional().describe('Who may do everything in the cluster, besides whoever deploys (default nobody)'),
      publicAccessCidrs: texts('an IPv4 range').optional().describe('Public ranges that reach the API from the internet (default none: it has a private endpoint only)'),
      support: oneOf('standard', 'extended').optional().describe('What becomes of the cluster when its version leaves standard support: it is upgraded, or costs more and stays (default standard)'),
      logRetentionDays: count(1, 3653).optional().describe("Days that the control plane's logs are kept, audit among them (default 365)"),
    },
    z.strictObject({ name: text('the name of a cluster').describe('Its name, in the region') }),
  )
    .prefault({})
    .describe('The cluster: who may do everything in it, and from where its API is reached'),
  nodes: z
    .strictObject({
      system: nodeGroup({ instanceTypes: ['m7i.xlarge'], min: 2, max: 4 }).prefault({}).describe('Nodes for the platform'),
      cpu: nodeGroup({ instanceTypes: ['m7i.2xlarge'], min: 1, max: 10 }).prefault({}).describe('Nodes for workloads without GPUs'),
      gpu: nodeGroup({ instanceTypes: ['g6.2xlarge'], min: 0, max: 4 }).optional().describe('Nodes for workloads with GPUs; left out, there are none'),
    })
    .prefault({})
    .describe('Node groups: for the platform, for workloads, and for workloads with GPUs'),
  dns: z
    .strictObject({ zone: oneOf('create', 'existing', 'none').default('existing').describe('Whether the zone is made, is looked up, or nobody keeps names in it') })
    .prefault({})
    .describe('Public zone of the domain'),
  exposure: oneOf('internal', 'internet-facing').default('internal').describe('Who reaches the ingress gateway: the VPC and what is connected to it, or everybody'),
  objectStore: madeOrExisting(
    { bucketName: text('the name of a bucket').optional().describe('Its name, unique among all of AWS (default a name with a random end)') },
    z.strictObject({
      name: text('the name of a bucket').describe('Its name'),
      keyArn: text('the ARN of its KMS key').optional().describe('The key it encrypts with, if that is one of your own (default a key of S3)'),
    }),
  )
    .prefault({})
    .describe('The bucket'),
  database: madeOrExisting(
    {
      engine: oneOf('aurora-mysql', 'mysql', 'postgresql').optional().describe('What it is: aurora-mysql grows with the load, the others are servers of RDS (default aurora-mysql)'),
      instanceClass: text("an instance class such as 'db.m7g.large'").optional().describe('Its machines (default db.serverless with aurora-mysql, else db.m7g.large)'),
      storageGib: count(20, 65_536).optional().describe('Storage to begin with, in GiB; not with aurora-mysql, which grows with the data (default 50)'),
      backupDays: count(1, 35).optional().describe('Days that backups are kept (default 14)'),
      credentials: oneOf('rotated', 'generated').optional().describe('Whether RDS makes the password and changes it every seven days, or it is made once (default rotated)'),
      caFile: text('path of certificates in PEM').optional().describe("Certificates of its authorities (default Amazon's for the region)"),
    },
    z.strictObject({
      engine: oneOf('mysql', 'postgresql').describe('What it speaks'),
      version: z.coerce.string().describe('Its version, such as 8.4'),
      host: text('the name of the server').describe('The server, as its certificate names it'),
      port: count(1, 65_535).optional().describe('Its port (default 3306 for MySQL, 5432 for PostgreSQL)'),
      cidr: text('the IPv4 range its addresses are in').describe('Range its addresses are in, to which pods are let out'),
      username: text('a user').describe('Who makes databases on it'),
      password: secret.describe('Their password'),
      caFile: text('path of the certificates of its authorities, in PEM').describe('Certificates of its authorities'),
    }),
  )
    .prefault({})
    .describe('The SQL database'),
  sharedFiles: madeOrExisting(
    { throughput: oneOf('elastic', 'bursting').optional().describe('How fast it is: elastic follows the load and is paid by the byte, bursting grows with what is stored (default elastic)') },
    z.strictObject({ fileSystemId: text('the id of a file system').describe('The file system, of EFS') }),
  )
    .prefault({})
    .describe('Files that many nodes share'),
  signIn: madeOrExisting(
    {
      domainPrefix: text('the first label of the sign-in page\'s host').optional().describe("First label of the sign-in page's host, unique in the region (default that of clusterName)"),
      admins: texts('an e-mail address').optional().describe('The first administrators, who are each sent an invitation (default none)'),
      mfa: oneOf('required', 'optional').optional().describe('Whether people need a second factor, an authenticator app (default required)'),
    },
    openIdIssuer,
  )
    .prefault({})
    .describe('Who signs people in'),
  registry: z
    .strictObject({ repositories: texts('the name of a repository').default([]).describe('Their names') })
    .prefault({})
    .describe('Repositories for images of your own'),
});

export type EksConfig = z.infer<typeof eksConfig>;
