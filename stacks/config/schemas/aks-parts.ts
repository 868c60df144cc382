import { z } from 'zod';
import { count, flag, madeOrExisting, oneOf, text, texts } from './values';

const subnets = <Subnet extends z.ZodType>(subnet: Subnet) =>
  z.strictObject({
    nodes: subnet.describe('Subnet of nodes'),
    apiServer: subnet.describe('Subnet of the API server'),
    endpoints: subnet.describe('Subnet of private endpoints'),
    database: subnet.describe('Subnet of the database'),
  });
const range = (example: string) => text(`an IPv4 range such as '${example}'`);

/** The network, and the resource group of everything. */
export const aksNetwork = madeOrExisting(
  {
    resourceGroup: text('the name of a resource group').optional().describe('Resource group that exists, and that everything goes to (default one is made)'),
    cidr: range('10.224.0.0/16').optional().describe('Range of the virtual network (default 10.224.0.0/16)'),
    subnets: subnets(range('10.224.0.0/20')).optional().describe('Ranges of its subnets, all of them or none (default half of it for nodes, a quarter for endpoints, a /28 each for API server and database)'),
    podCidr: range('10.244.0.0/16').optional().describe('Range of pods, which only the cluster sees (default 10.244.0.0/16)'),
    serviceCidr: range('10.0.0.0/16').optional().describe('Range of Services, which only the cluster sees (default 10.0.0.0/16)'),
    zones: texts("a zone such as '1'").optional().describe('Zones of the address that nodes appear with on the internet (default all three)'),
    ingressFrom: texts("an IPv4 range, or 'Internet'").optional().describe('From where load balancers are reached on ports 80 and 443 (default the virtual network; Internet with exposure internet-facing)'),
  },
  z.strictObject({
    resourceGroup: text('the name of the resource group that everything else goes to').describe("The stack's own resource group"),
    virtualNetwork: z.strictObject({
      resourceGroup: text('the name of a resource group').optional().describe("Its resource group (default the stack's own)"),
      name: text('the name of a virtual network').describe('Its name'),
      subnets: subnets(text('the name of a subnet')).describe('Names of its subnets'),
    })
      .describe('The network, and which of its subnets are used'),
    podCidr: range('10.244.0.0/16').optional().describe('Range of pods, which only the cluster sees (default 10.244.0.0/16)'),
    serviceCidr: range('10.0.0.0/16').optional().describe('Range of Services, which only the cluster sees (default 10.0.0.0/16)'),
  }),
)
  .prefault({})
  .describe('The virtual network, and the resource group that everything goes to; left out, both are made');

interface PoolDefaults {
  readonly vmSize: string;
  readonly min: number;
  readonly max: number;
}

const taint = z.strictObject({
  key: text('a key').describe('Its key'),
  value: text('a value').optional().describe('Its value (default none)'),
  effect: oneOf('NoSchedule', 'PreferNoSchedule', 'NoExecute').describe('What becomes of pods that do not tolerate it'),
});

const pool = ({ vmSize, min, max }: PoolDefaults) =>
  z.strictObject({
    vmSize: text("a size such as 'Standard_D8ds_v5'").default(vmSize).describe('Machines'),
    min: count(0, 1000).default(min).describe('Fewest nodes'),
    max: count(1, 1000).default(max).describe('Most nodes'),
    zones: texts("a zone such as '1'").optional().describe('Zones of the nodes (default all three)'),
    os: oneOf('AzureLinux', 'Ubuntu').optional().describe('What nodes run (default AzureLinux)'),
    osDiskGiB: count(30, 2048).optional().describe('Size of the disk, in GiB (default 128)'),
    maxPods: count(30, 250).optional().describe('Pods on a node (default 110)'),
    labels: z.record(z.string(), z.coerce.string()).optional().describe('Labels of the nodes, besides those of their kind (default none)'),
    taints: z.array(taint, { error: 'a list of taints, each with key and effect' }).optional().describe('Taints of the nodes, besides those of their kind (default none)'),
    trustedLaunch: flag.optional().describe('Secure boot and a virtual TPM (default true, false with GPUs)'),
    encryptionAtHost: flag.optional().describe('Whether hosts encrypt caches and temporary disks, for which the subscription needs a feature (default true)'),
  });

const purchase = {
  spot: flag.optional().describe('Spare machines for less, which Azure may take back (default false)'),
  capacityReservationGroupId: text('the id of a capacity reservation group').optional().describe('Capacity reservation group whose machines are used (default none)'),
};

/** Pools of nodes. */
export const aksNodes = z
  .strictObject({
    system: pool({ vmSize: 'Standard_D4ds_v5', min: 3, max: 5 }).prefault({}).describe('Nodes for the cluster itself'),
    cpu: pool({ vmSize: 'Standard_D8ds_v5', min: 1, max: 10 }).extend(purchase).prefault({}).describe('Nodes for platform and workloads'),
    gpu: pool({ vmSize: 'Standard_NC8as_T4_v3', min: 0, max: 4 }).extend({
      ...purchase,
      drivers: oneOf('aks', 'operator').optional().describe('Who installs drivers of GPUs: AKS with the node, or an operator in the cluster (default aks)'),
    })
      .optional()
      .describe('Nodes for workloads with GPUs; left out, there are none'),
  })
  .prefault({})
  .describe('Pools of nodes: for the cluster itself, for platform and workloads, and for workloads with GPUs');

/** The zone of the domain: one that exists is in a resource group. */
export const aksDns = z
  .strictObject({
    zone: oneOf('create', 'existing', 'none').default('existing').describe('Whether the zone is made, is looked up, or nobody keeps names in it'),
    resourceGroup: text('the name of a resource group').optional().describe('Resource group of the existing zone; required with it'),
    customRoles: flag.default(true).describe('Whether roles are defined that may write the records they need and no others'),
  })
  .transform(({ zone, resourceGroup, customRoles }, context) => {
    if (zone === 'existing') {
      if (resourceGroup !== undefined) return { zone, resourceGroup, customRoles };
      context.addIssue({ code: 'custom', path: ['resourceGroup'], message: "the resource group of the domain's zone; or zone: create, or zone: none" });
      return z.NEVER;
    }
    if (resourceGroup === undefined) return { zone, customRoles };
    context.addIssue({ code: 'custom', path: ['resourceGroup'], message: "nothing, unless the zone is an existing one: what is made goes to the network's resource group" });
    return z.NEVER;
  })
  .prefault({})
  .describe("Public zone of the domain; customRoles: false if whoever deploys may not write role definitions");

/** A registry for images of people's own, and of others through its cache. */
export const aksRegistry = z
  .strictObject({
    registryName: text('the name of a registry').optional().describe('Its name, unique in all of Azure (default a name with an end that makes it unique)'),
    zoneRedundant: flag.optional().describe('Whether images are in three zones (default true)'),
    cached: z.array(oneOf('quay.io', 'registry.k8s.io', 'ghcr.io', 'mcr.microsoft.com', 'public.ecr.aws', 'nvcr.io'), { error: 'a list of registries' }).optional().describe('Registries whose images are fetched through this one (default quay.io, registry.k8s.io and ghcr.io)'),
    dockerHub: z
      .strictObject({
        vaultId: text('the resource id of a key vault').describe('Vault that has the account'),
        vaultUri: text('https://<vault>.vault.azure.net/').describe('Its URL'),
        usernameSecret: text('the name of a secret').describe('Its secret with the name of the account'),
        passwordSecret: text('the name of a secret').describe('Its secret with the password or token'),
      })
      .optional()
      .describe('Account in whose name images of Docker Hub are fetched through this one (default they are not)'),
    untaggedRetentionDays: count(0, 365).optional().describe('Days after which manifests without a tag are deleted (default they are kept)'),
  })
  .optional()
  .describe('A registry for images of your own and, under the name of where they are from, of others; left out, there is none');
