import { z } from 'zod';
import { aksDns, aksNetwork, aksNodes, aksRegistry } from './aks-parts';
import { openIdIssuer } from './open-id';
import { platformConfig } from './platform';
import { count, flag, label, madeOrExisting, oneOf, secret, text, texts } from './values';

const uuid = (what: string) => text(what).regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, what);
const weekday = oneOf('Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday');

/** Configuration of the `aks` stack. */
export const aksConfig = platformConfig.omit({ ingressServiceType: true }).extend({
  location: text("a location such as 'westeurope'").describe('Location of Azure'),
  subscription: text('the id of a subscription').optional().describe('The subscription it must be, so that a stack is never put into another one; left out, that of whoever is signed in'),
  clusterName: label.default('kubeflow').describe('Name of the cluster, and of everything that is named after it'),
  kubernetesVersion: z.coerce.string().regex(/^1\.\d+$/, "a minor version in quotes, such as '1.35'").default('1.35').describe('Minor version of Kubernetes'),
  development: flag.default(false).describe('Everything can be destroyed, data included; otherwise databases, storage accounts, keys and the cluster are protected'),
  network: aksNetwork,
  cluster: madeOrExisting(
    {
      authorizedIpRanges: texts('an IPv4 range').optional().describe('Public ranges that reach the API from the internet (default none: it is private)'),
      publicDnsName: flag.optional().describe("Whether the private API's name is also in public DNS, which spares connected networks a zone (default false)"),
      adminGroupObjectIds: z.array(uuid('the object id of an Entra group'), { error: 'a list of object ids' }).optional().describe('Groups whose members administer the cluster (default whoever has a role in Azure for it)'),
      signIn: oneOf('azurecli', 'workloadidentity', 'msi').optional().describe('How kubectl and Pulumi sign in to the cluster (default azurecli)'),
      tier: oneOf('Standard', 'Premium').optional().describe('Premium brings support for a version for two years (default Standard)'),
      azurePolicy: flag.optional().describe('Whether the add-on for Azure Policy is on, which brings a Gatekeeper of its own (default false)'),
      maintenance: z.strictObject({
        day: weekday.describe('Day on which it begins'),
        startTime: text("a time such as '02:00'").describe('When it begins'),
        hours: count(4, 24).optional().describe('How long it lasts (default 4)'),
        utcOffset: text("an offset such as '+01:00'").optional().describe('What its time is ahead of UTC (default +00:00)'),
      })
        .optional()
        .describe('When Azure may upgrade cluster and nodes (default Sundays from 02:00, 4 hours, UTC)'),
    },
    z.strictObject({
      resourceGroup: text('the name of a resource group').describe('Its resource group'),
      clusterName: text('the name of a cluster').describe('Its name'),
      signIn: oneOf('azurecli', 'workloadidentity', 'msi').optional().describe('How kubectl and Pulumi sign in to the cluster (default azurecli)'),
    }),
  )
    .prefault({})
    .describe('The cluster: who may do everything in it, and from where its API is reached'),
  nodes: aksNodes,
  keys: z.strictObject({
    rotationDays: count(28, 730).optional().describe('Days after which keys are replaced (default 365)'),
  })
    .prefault({})
    .describe('Keys that everything is encrypted with'),
  logs: z.strictObject({
    days: count(30, 730).optional().describe('Days that they are kept (default 90)'),
    dailyLimitGb: count(1, 100_000).optional().describe('GB a day after which nothing more is taken in, audit logs neither (default no limit)'),
  })
    .prefault({})
    .describe('Logs of the API server, of who used which key, and of the traffic'),
  flowLogs: z
    .strictObject({
      days: count(90, 365).optional().describe('Days that they are kept (default 90)'),
      networkWatcher: z.strictObject({
        resourceGroup: text('the name of a resource group').describe('Its resource group'),
        name: text('the name of a network watcher').describe('Its name'),
      })
        .optional()
        .describe("The location's network watcher (default NetworkWatcher_<location> in NetworkWatcherRG, which Azure makes)"),
    })
    .prefault({})
    .describe('Logs of who spoke to whom in the network'),
  dns: aksDns,
  exposure: oneOf('internal', 'internet-facing').default('internal').describe('Who reaches the ingress gateway: the network and what is connected to it, or everybody'),
  objectStore: madeOrExisting(
    {
      accountName: text('the name of a storage account').optional().describe('Its storage account, unique in all of Azure (default a name with an end that makes it unique)'),
      containerName: text('the name of a container').optional().describe('Its name (default kubeflow)'),
      redundancy: oneOf('local', 'zone', 'geo-zone').optional().describe('Whether blobs are in one zone, in three, or in another region too (default zone)'),
      softDeleteDays: count(1, 365).optional().describe('Days that what was deleted can be brought back (default 30, with development 7)'),
      versionRetentionDays: count(1, 36_500).optional().describe('Days after which overwritten versions are deleted (default 90)'),
    },
    z.strictObject({
      resourceGroup: text('the name of a resource group').describe('Resource group of its storage account'),
      accountName: text('the name of a storage account').describe('Its storage account'),
      containerName: text('the name of a container').describe('Its name'),
    }),
  )
    .prefault({})
    .describe('The container of blobs'),
  database: madeOrExisting(
    {
      version: z.coerce.string().optional().describe('Version of MySQL, such as 8.4 (default 8.4)'),
      serverName: text('the name of a server').optional().describe('Its name, unique in all of Azure (default a name with an end that makes it unique)'),
      sku: text("a size such as 'Standard_D2ads_v5'").optional().describe('Its machine (default Standard_D2ads_v5)'),
      storageGb: count(20, 16_384).optional().describe('Storage to begin with, in GiB; it grows by itself (default 64)'),
      highAvailability: oneOf('none', 'same-zone', 'zone-redundant').optional().describe('Where a standby is (default zone-redundant)'),
      backupRetentionDays: count(1, 35).optional().describe('Days that backups are kept (default 14)'),
      passwordGeneration: count(1, 1_000_000).optional().describe('Change it to have a new password (default 1)'),
      caFile: text('path of certificates in PEM').optional().describe('Certificates of its authorities (default the public roots that Azure names)'),
    },
    z.strictObject({
      engine: oneOf('mysql', 'postgresql').describe('What it speaks'),
      resourceGroup: text('the name of a resource group').describe('Its resource group'),
      serverName: text('the name of a flexible server').describe('Its name'),
      administratorLogin: text('the administrator of the server').describe('Who makes databases on it'),
      administratorPassword: secret.describe('Their password'),
      caFile: text('path of certificates in PEM').optional().describe('Certificates of its authorities (default the public roots that Azure names)'),
    }),
  )
    .prefault({})
    .describe('The SQL database: MySQL, or what exists'),
  sharedFiles: madeOrExisting(
    {
      accountName: text('the name of a storage account').optional().describe('Their storage account, unique in all of Azure (default a name with an end that makes it unique)'),
      redundancy: oneOf('local', 'zone').optional().describe('Whether files are in one zone or in three (default zone)'),
      encryptInTransit: flag.optional().describe('Whether NFS is encrypted on its way, and refused if it is not (default true)'),
      softDeleteDays: count(1, 365).optional().describe('Days that deleted shares can be brought back (default 30, with development 7)'),
    },
    z.strictObject({
      resourceGroup: text('the name of a resource group').describe('Resource group of their storage account'),
      accountName: text('the name of a storage account').describe('Their storage account'),
    }),
  )
    .prefault({})
    .describe('Files that many nodes share'),
  signIn: madeOrExisting(
    {
      displayName: text('a name').optional().describe('What people see when they sign in (default Kubeflow and the domain)'),
      userClaim: oneOf('preferred_username', 'email').optional().describe('Claim with the name people are known by (default preferred_username)'),
      assignedGroups: z.array(uuid('the object id of an Entra group'), { error: 'a list of object ids' }).optional().describe('Groups whose people may sign in; tokens then name these and no others (default none)'),
      assignmentRequired: flag.optional().describe('Whether only those may sign in who, or whose group, is assigned (default true)'),
      adminConsent: flag.optional().describe('Whether to consent for everyone to signing in and to reading name and address (default true)'),
      secretGeneration: count(1, 1_000_000).optional().describe('Change it to have a new client secret (default 1)'),
      secretExpires: text("a time such as '2027-01-01T00:00:00Z'").optional().describe('When the client secret expires (default in two years)'),
    },
    openIdIssuer,
  )
    .prefault({})
    .describe('Who signs people in'),
  registry: aksRegistry,
});

export type AksConfig = z.infer<typeof aksConfig>;
