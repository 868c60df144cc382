import { z } from 'zod';
import { openIdIssuer } from './open-id';
import { platformConfig } from './platform';
import { count, flag, label, madeOrExisting, oneOf, secret, text, texts } from './values';

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

const SECURITY_GROUP = "the group 'gke-security-groups@<your domain>', whose member groups RBAC then knows, or 'none' (CIS GKE 5.8.2 then wants a waiver)";

/** What all node pools have; sizes are for all zones together. */
const poolShape = (defaults: { readonly machineType: string; readonly min: number; readonly max: number }) => ({
  machineType: text("a machine type such as 'n2-standard-8'").optional().describe(`Machines (default ${defaults.machineType})`),
  min: count(0, 1000).optional().describe(`Fewest nodes, in all zones together (default ${defaults.min})`),
  max: count(1, 1000).optional().describe(`Most nodes, in all zones together (default ${defaults.max})`),
  zones: texts("a zone such as 'europe-west4-a'").optional().describe('Zones of the nodes (default those of the cluster)'),
  diskGib: count(50, 65_536).optional().describe('Size of the boot disk, in GiB (default 100)'),
  maxPodsPerNode: count(8, 256).optional().describe('Pods on a node (default that of the network)'),
});

const provisioning = z.union(
  [oneOf('on-demand', 'spot', 'flex-start', 'queued'), z.strictObject({ reservation: text('the name of a reservation').describe('Reservation of Compute Engine that machines come from') })],
  { error: 'one of on-demand, spot, flex-start, queued, or reservation with the name of one' },
);

const network = madeOrExisting(
  {
    cidr: text("an IPv4 range such as '10.0.0.0/20'").optional().describe('Range of the nodes (default 10.0.0.0/20)'),
    podCidr: text("an IPv4 range such as '10.4.0.0/14'").optional().describe('Range of the pods (default 10.4.0.0/14)'),
    serviceCidr: text("an IPv4 range such as '10.8.0.0/20'").optional().describe('Range of the Services (default 10.8.0.0/20)'),
    controlPlaneCidr: text("an IPv4 range of size /28 such as '172.16.0.0/28'").optional().describe("Range of the control plane's private endpoint, a /28 (default 172.16.0.0/28)"),
    managedServicesCidr: text("an IPv4 range such as '10.9.0.0/20'").optional().describe('Range that Cloud SQL and Filestore have addresses of (default 10.9.0.0/20)'),
    maxNodes: count(1, 15_000).optional().describe('Nodes that there is room for in all pools together (default 100, or what the pools may have if that is more)'),
    maxPodsPerNode: count(8, 256).optional().describe('Pods on a node; GKE sets aside twice as many addresses for each (default 110)'),
    flowLogSampling: z.coerce.number({ error: 'a share above 0 and at most 1' }).optional().describe('Share of connections that flow logs have; more of them cost more (default 0.5)'),
  },
  z.strictObject({
    subnetwork: text('the name of a subnet').describe('The subnet, in the region'),
    podRange: text('the name of its secondary range for pods').optional().describe('Its secondary range for pods (default pods)'),
    serviceRange: text('the name of its secondary range for Services').optional().describe('Its secondary range for Services (default services)'),
    controlPlaneCidr: text('an IPv4 range of size /28 that nothing in the VPC uses').optional().describe("Range of the control plane's private endpoint (default 172.16.0.0/28)"),
    maxNodes: count(1, 15_000).optional().describe('Nodes that there is room for in all pools together (default 100, or what the pools may have if that is more)'),
    maxPodsPerNode: count(8, 256).optional().describe('Pods on a node; GKE sets aside twice as many addresses for each (default 110)'),
  }),
);

const cluster = madeOrExisting(
  {
    securityGroup: text(SECURITY_GROUP).optional().describe('Group whose member groups RBAC knows; required, unless the cluster exists'),
    releaseChannel: oneOf('RAPID', 'REGULAR', 'STABLE', 'EXTENDED').optional().describe('What upgrades it: how soon a version comes, and how long it stays (default REGULAR)'),
    authorizedNetworks: z
      .array(z.strictObject({ name: text('what it is').describe('What people call it'), cidr: text('an IPv4 range').describe('Its range') }), { error: 'a list of networks, each with name and cidr' })
      .optional()
      .describe('Networks that call the API besides that of the nodes (default none)'),
    publicEndpoint: flag.optional().describe('Whether the API has a public address too, for the authorised networks alone (default false)'),
    dnsEndpoint: flag.optional().describe('Whether the API is called by its DNS name from anywhere, by whom IAM lets (default false)'),
    maintenance: z
      .strictObject({
        days: z.array(oneOf(...WEEKDAYS), { error: `a list of ${WEEKDAYS.join(', ')}` }).optional().describe('Days on which it begins (default SA and SU)'),
        start: text("a time such as '02:00' (UTC)").optional().describe('When it begins, UTC (default 02:00)'),
        hours: count(4, 24).optional().describe('How long it lasts (default 8)'),
      })
      .optional()
      .describe('When Google may upgrade and repair (default Saturdays and Sundays from 02:00, 8 hours, UTC)'),
  },
  z.strictObject({ name: text('the name of a cluster').describe('Its name, in the region') }),
).superRefine(({ existing, securityGroup }, context) => {
  // Whether to do without is for people to decide, once, where it can be read.
  if (!existing && securityGroup === undefined) context.addIssue({ code: 'custom', path: ['securityGroup'], message: SECURITY_GROUP });
});

const database = madeOrExisting(
  {
    engine: oneOf('mysql', 'postgresql').optional().describe('What it is (default mysql)'),
    tier: text("a machine such as 'db-custom-2-8192'").optional().describe('Its machine (default db-custom-2-8192)'),
    highAvailability: flag.optional().describe('Whether a standby is in another zone (default true)'),
    storageGib: count(10, 65_536).optional().describe('Disk to begin with, in GiB; it grows by itself (default 20)'),
    maxStorageGib: count(10, 65_536).optional().describe('What the disk grows to, in GiB (default no limit)'),
    backups: count(7, 365).optional().describe('Daily backups that are kept (default 14)'),
  },
  z.strictObject({
    instance: text('the name of a server of Cloud SQL').describe('The server, of Cloud SQL'),
    engine: oneOf('mysql', 'postgresql').describe('What it speaks'),
    named: flag.optional().describe('Whether the VPC finds it by the name in its certificate; if not, a private zone is made (default false)'),
  }),
);

const sharedFiles = madeOrExisting(
  {
    tier: oneOf('shared', 'enterprise', 'zonal', 'basic-ssd', 'basic-hdd').optional().describe('Kind of Filestore: many volumes on an instance with shared, else an instance a volume (default shared)'),
    maxVolumeGib: z.coerce.number().pipe(z.literal([128, 256, 512, 1024], { error: 'one of 128, 256, 512, 1024' })).optional().describe('What a volume of tier shared may grow to, in GiB (default 128)'),
  },
  z.strictObject({
    instance: text('the name of an instance of Filestore').describe('The instance, of Filestore'),
    location: text("its zone or region, such as 'europe-west4-a'").describe('Where it is'),
    share: text('the name of a share').optional().describe('Its share (default its first one)'),
  }),
);

const CLIENT = {
  clientId: "the id of an OAuth client of type 'web application', which is made in the console",
  hostedDomain: "the domain of the Google Workspace or Cloud Identity organisation that may sign in, or 'any'",
} as const;

const signIn = madeOrExisting(
  {
    clientId: text(CLIENT.clientId).optional().describe('The OAuth client of the organisation; required, unless existing'),
    clientSecret: secret.optional().describe("The client's secret; required, unless existing"),
    hostedDomain: text(CLIENT.hostedDomain).optional().describe('Whose people may sign in; required, unless existing'),
  },
  openIdIssuer,
).transform(
  ({ existing, clientId, clientSecret, hostedDomain }, context) => {
    if (existing) return { kind: 'existing', ...existing } as const;
    if (clientId !== undefined && clientSecret !== undefined && hostedDomain !== undefined) return { kind: 'google', clientId, clientSecret, hostedDomain } as const;
    const missing = { clientId, clientSecret, hostedDomain };
    const expected = { ...CLIENT, clientSecret: 'its secret, set with pulumi config set --secret --path' };
    for (const key of ['clientId', 'clientSecret', 'hostedDomain'] as const) {
      if (missing[key] === undefined) context.addIssue({ code: 'custom', path: [key], message: `${expected[key]}; or existing, any OpenID Connect issuer` });
    }
    return z.NEVER;
  },
);

/** Configuration of the `gke` stack. */
export const gkeConfig = platformConfig.omit({ ingressServiceType: true }).extend({
  project: text("the id of a project such as 'my-project'").describe('Google Cloud project'),
  region: text("a region such as 'europe-west4'").describe('Region'),
  clusterName: label.max(40, 'at most 40 characters').default('kubeflow').describe('Name of the cluster, and of everything that is named after it'),
  kubernetesVersion: z.coerce
    .string()
    .regex(/^1\.\d+(\.\d+(-gke\.\d+)?)?$/, "a version in quotes, such as '1.34' or '1.34.1-gke.2037000'")
    .optional()
    .describe('Version the cluster begins with; left out, what its release channel gives to new ones'),
  development: flag.default(false).describe('Everything can be destroyed, data included; otherwise databases, buckets and keys are protected'),
  network: network.prefault({}).describe('The VPC and its subnet'),
  cluster: cluster.prefault({}).describe('The cluster: how it is upgraded, whose groups RBAC knows, and from where its API is reached'),
  nodes: z
    .strictObject({
      system: z.strictObject(poolShape({ machineType: 'e2-standard-4', min: 3, max: 6 })).prefault({}).describe('Nodes for the platform'),
      cpu: z.strictObject({
        ...poolShape({ machineType: 'n2-standard-8', min: 0, max: 10 }),
        spot: flag.optional().describe('Spare machines for less, which Google may take back (default false)'),
      })
        .prefault({})
        .describe('Nodes for workloads without GPUs'),
      gpu: z
        .strictObject({
          ...poolShape({ machineType: 'g2-standard-8', min: 0, max: 4 }),
          gpus: z.strictObject({
            type: text("an accelerator type such as 'nvidia-tesla-t4'").describe('What they are'),
            count: count(1, 8).describe('How many a node has'),
          })
            .optional()
            .describe('GPUs to attach, to machines of series n1 (default those of the machine type)'),
          provisioning: provisioning.optional().describe('How machines are got: when they are free, spare ones, by the Dynamic Workload Scheduler, or out of a reservation (default on-demand)'),
          driver: oneOf('DEFAULT', 'LATEST').optional().describe('Driver that GKE installs: the one of its version, or the latest (default DEFAULT)'),
        })
        .optional()
        .describe('Nodes for workloads with GPUs; left out, there are none'),
    })
    .prefault({})
    .describe('Node pools: for the platform, for workloads, and for workloads with GPUs'),
  dns: z
    .strictObject({ zone: oneOf('create', 'existing', 'none').default('existing').describe('Whether the zone is made, is looked up, or nobody keeps names in it') })
    .prefault({})
    .describe('Public zone of the domain, in Cloud DNS'),
  exposure: oneOf('internal', 'internet-facing').default('internal').describe('Who reaches the ingress gateway: the VPC and what is connected to it, or everybody'),
  objectStore: madeOrExisting(
    {
      bucketName: text('the name of a bucket').optional().describe('Its name, unique among all of Google Cloud (default a name with a random end)'),
      noncurrentDays: count(1, 36_500).optional().describe('Days that overwritten and deleted objects are kept as earlier versions (default 30)'),
      softDeleteDays: count(0, 90).optional().describe('Days that what was deleted for good can still be restored; 0 for none (default 7, with development 0)'),
    },
    z.strictObject({ bucketName: text('the name of a bucket').describe('Its name') }),
  )
    .prefault({})
    .describe('The bucket'),
  database: database.prefault({}).describe('The SQL database, in Cloud SQL'),
  sharedFiles: sharedFiles.prefault({}).describe('Files that many nodes share, on Filestore'),
  signIn: signIn.prefault({}).describe("Who signs people in: Google, by an OAuth client of the organisation's, or any OpenID Connect issuer"),
  registry: z
    .strictObject({
      repository: text('the name of a repository').optional().describe('Repository for images of your own, after which the others are called too (default that of clusterName, if anything is pulled through; else there is none)'),
      pullThrough: z.array(oneOf('quay.io', 'registry.k8s.io', 'ghcr.io', 'docker.io'), { error: 'a list of public registries' }).default([]).describe('Public registries whose images are kept here'),
    })
    .prefault({})
    .describe('A repository for images of your own, and public registries whose images are kept beside it as they are pulled'),
});

export type GkeConfig = z.infer<typeof gkeConfig>;
