import type { CloudResource } from '../../../../policies';
import { check, inPreview, open, run, UNKNOWN } from '../gcp/run';
import { autopilot, cluster, nodePool } from './clusters';

const DEFAULT_POOL = "the default node pool of cluster 'main'";
const POOL = "node pool 'workers'";
const PROVISIONED = "auto-provisioned nodes of cluster 'main'";
const DEFAULTS = 'clusterAutoscaling.autoProvisioningDefaults';

const config = (nodeConfig: unknown) => nodePool({ nodeConfig });
/** A cluster whose nodes are all auto-provisioned. */
const provisioning = (autoProvisioningDefaults: unknown, enabled: unknown = true) => cluster({ removeDefaultNodePool: true, clusterAutoscaling: { enabled, autoProvisioningDefaults } });

const DEFAULT_ACCOUNT = 'the service account is the default one of Compute Engine';
const OWN = 'nodes@my-project.iam.gserviceaccount.com';

describe('which nodes are looked at', () => {
  const BOOT = 'Secure Boot is off';

  it.each<[string, CloudResource, string[]]>([
    ['the default pool', cluster(), [`nodeConfig.shieldedInstanceConfig.enableSecureBoot | null | ${DEFAULT_POOL}: ${BOOT}`]],
    ['the default pool, not if it is removed', cluster({ removeDefaultNodePool: true, nodeConfig: {} }), []],
    ['a pool apart', nodePool(), [`nodeConfig.shieldedInstanceConfig.enableSecureBoot | null | ${POOL}: ${BOOT}`]],
    [
      'pools in the cluster, instead of the default one',
      cluster({ nodePools: [{ nodeConfig: { shieldedInstanceConfig: { enableSecureBoot: true } } }, {}] }),
      [`nodePools[1].nodeConfig.shieldedInstanceConfig.enableSecureBoot | null | node pool 1 of cluster 'main': ${BOOT}`],
    ],
    ['auto-provisioned nodes', provisioning({}), [`${DEFAULTS}.shieldedInstanceConfig.enableSecureBoot | null | ${PROVISIONED}: ${BOOT}`]],
    ['auto-provisioned nodes, not if there are none', provisioning({}, false), []],
    ['Google manages those of Autopilot', autopilot({ nodeConfig: {} }), []],
  ])('%s', (_title, resource, expected) => {
    expect(check('gke-secure-boot', resource)).toEqual(expected);
  });

  it('leaves one pool undecided and judges the others', () => {
    const resource = inPreview('gcp:container/cluster:Cluster', { nodePools: [{ nodeConfig: { shieldedInstanceConfig: UNKNOWN } }, {}] });
    expect(check('gke-secure-boot', resource)).toHaveLength(1);
    expect(open('gke-secure-boot', resource)).toEqual(['nodePools[0].nodeConfig.shieldedInstanceConfig.enableSecureBoot: the value is not known yet']);
  });
});

it.each<[string, CloudResource, string[]]>([
  ['gke-node-service-account', config({}), [`nodeConfig.serviceAccount | null | ${POOL}: ${DEFAULT_ACCOUNT}`]],
  ['gke-node-service-account', nodePool(), [`nodeConfig.serviceAccount | null | ${POOL}: ${DEFAULT_ACCOUNT}`]],
  ['gke-node-service-account', config({ serviceAccount: 'default' }), [`nodeConfig.serviceAccount | "default" | ${POOL}: ${DEFAULT_ACCOUNT}`]],
  ['gke-node-service-account', config({ serviceAccount: '12-compute@developer.gserviceaccount.com' }), [`nodeConfig.serviceAccount | "12-compute@developer.gserviceaccount.com" | ${POOL}: ${DEFAULT_ACCOUNT}`]],
  ['gke-node-service-account', config({ serviceAccount: OWN }), []],
  ['gke-node-service-account', cluster(), [`nodeConfig.serviceAccount | null | ${DEFAULT_POOL}: ${DEFAULT_ACCOUNT}`]],
  ['gke-node-service-account', autopilot(), [`${DEFAULTS}.serviceAccount | null | nodes of cluster 'main': ${DEFAULT_ACCOUNT}`]],
  ['gke-node-service-account', autopilot({ clusterAutoscaling: { autoProvisioningDefaults: { serviceAccount: OWN } } }), []],
  ['gke-node-service-account', autopilot({ nodeConfig: { serviceAccount: OWN } }), []],
  ['gke-node-service-account', provisioning({ serviceAccount: OWN }), []],

  ['gke-node-image', config({ imageType: 'UBUNTU_CONTAINERD' }), [`nodeConfig.imageType | "UBUNTU_CONTAINERD" | ${POOL}: the image is UBUNTU_CONTAINERD, not Container-Optimized OS`]],
  ['gke-node-image', config({ imageType: 5 }), [`nodeConfig.imageType | 5 | ${POOL}: the image is 5, not Container-Optimized OS`]],
  ['gke-node-image', config({ imageType: 'cos_containerd' }), []],
  ['gke-node-image', config({ imageType: 'COS' }), []],
  ['gke-node-image', config({ imageType: null }), []],
  ['gke-node-image', config({}), []],
  ['gke-node-image', cluster({ nodeConfig: { imageType: 'WINDOWS_LTSC_CONTAINERD' } }), [`nodeConfig.imageType | "WINDOWS_LTSC_CONTAINERD" | ${DEFAULT_POOL}: the image is WINDOWS_LTSC_CONTAINERD, not Container-Optimized OS`]],
  ['gke-node-image', provisioning({ imageType: 'UBUNTU_CONTAINERD' }), [`${DEFAULTS}.imageType | "UBUNTU_CONTAINERD" | ${PROVISIONED}: the image is UBUNTU_CONTAINERD, not Container-Optimized OS`]],

  ['gke-integrity-monitoring', config({ shieldedInstanceConfig: { enableIntegrityMonitoring: false } }), [`nodeConfig.shieldedInstanceConfig.enableIntegrityMonitoring | false | ${POOL}: integrity monitoring is off`]],
  ['gke-integrity-monitoring', config({ shieldedInstanceConfig: { enableIntegrityMonitoring: 1 } }), [`nodeConfig.shieldedInstanceConfig.enableIntegrityMonitoring | 1 | ${POOL}: integrity monitoring is not on`]],
  ['gke-integrity-monitoring', config({ shieldedInstanceConfig: { enableIntegrityMonitoring: true } }), []],
  ['gke-integrity-monitoring', config({ shieldedInstanceConfig: { enableSecureBoot: true } }), []],
  ['gke-integrity-monitoring', cluster(), []],

  ['gke-secure-boot', config({ shieldedInstanceConfig: { enableSecureBoot: false } }), [`nodeConfig.shieldedInstanceConfig.enableSecureBoot | false | ${POOL}: Secure Boot is off`]],
  ['gke-secure-boot', config({ shieldedInstanceConfig: { enableSecureBoot: 'true' } }), []],

  ['gke-auto-repair', nodePool({ management: { autoRepair: false } }), [`management.autoRepair | false | ${POOL}: nodes are not repaired automatically`]],
  ['gke-auto-repair', nodePool({ management: { autoRepair: true, autoUpgrade: false } }), []],
  ['gke-auto-repair', nodePool({ management: {} }), [`management.autoRepair | null | ${POOL}: autoRepair is left to the default of the provider`]],
  ['gke-auto-repair', nodePool(), [`management.autoRepair | null | ${POOL}: autoRepair is left to the default of the provider`]],
  ['gke-auto-repair', cluster(), []],
  ['gke-auto-repair', cluster({ nodePools: [{ management: { autoRepair: false } }] }), ["nodePools[0].management.autoRepair | false | node pool 0 of cluster 'main': nodes are not repaired automatically"]],
  ['gke-auto-upgrade', nodePool({ management: { autoUpgrade: false } }), [`management.autoUpgrade | false | ${POOL}: nodes are not upgraded automatically`]],
  ['gke-auto-upgrade', nodePool({ management: { autoUpgrade: 'off' } }), [`management.autoUpgrade | "off" | ${POOL}: nodes are not upgraded automatically`]],
  ['gke-auto-upgrade', nodePool({ management: null }), [`management.autoUpgrade | null | ${POOL}: autoUpgrade is left to the default of the provider`]],
  ['gke-auto-upgrade', provisioning({ management: { autoUpgrade: false } }), [`${DEFAULTS}.management.autoUpgrade | false | ${PROVISIONED}: nodes are not upgraded automatically`]],

  ['gke-boot-disk-encryption', config({}), [`nodeConfig.bootDiskKmsKey | null | ${POOL}: boot disks are not encrypted with a key in Cloud KMS`]],
  ['gke-boot-disk-encryption', config({ bootDiskKmsKey: 'projects/p/locations/l/keyRings/r/cryptoKeys/k' }), []],
  ['gke-boot-disk-encryption', provisioning({ bootDiskKmsKey: 'k' }), []],
  ['gke-boot-disk-encryption', autopilot(), [`${DEFAULTS}.bootDiskKmsKey | null | nodes of cluster 'main': boot disks are not encrypted with a key in Cloud KMS`]],
  ['gke-boot-disk-encryption', autopilot({ clusterAutoscaling: { autoProvisioningDefaults: { bootDiskKmsKey: 'k' } } }), []],
])('%s of %j: %j', (id, resource, expected) => {
  expect(check(id, resource)).toEqual(expected);
});

it('leaves a service account that is not made yet undecided', () => {
  const resource = inPreview('gcp:container/nodePool:NodePool', { nodeConfig: { serviceAccount: UNKNOWN } });
  expect(check('gke-node-service-account', resource)).toEqual([]);
  expect(open('gke-node-service-account', resource)).toEqual(['nodeConfig.serviceAccount: the value is not known yet']);
});

describe('the metadata server', () => {
  const IDENTITY = { workloadIdentityConfig: { workloadPool: 'my-project.svc.id.goog' } };
  const bare = (found: string) => [`nodeConfig.workloadMetadataConfig.mode | ${found} | ${POOL}: pods reach the metadata server of Compute Engine`];
  const mode = (value: unknown) => config({ workloadMetadataConfig: { mode: value } });

  it.each<[string, readonly CloudResource[], string[]]>([
    ['is asked for', [mode('GKE_METADATA')], []],
    ['is asked for in the older way', [config({ workloadMetadataConfig: { nodeMetadata: 'GKE_METADATA_SERVER' } })], []],
    ['is not asked for', [nodePool()], bare('null')],
    ['is refused', [mode('GCE_METADATA')], bare('"GCE_METADATA"')],
    ['is refused in a cluster with Workload Identity', [mode('GCE_METADATA'), cluster({ ...IDENTITY, removeDefaultNodePool: true })], bare('"GCE_METADATA"')],
    ['comes with Workload Identity of the cluster in the stack', [nodePool(), cluster({ ...IDENTITY, removeDefaultNodePool: true })], []],
    ['comes with Workload Identity of the cluster itself', [cluster(IDENTITY)], []],
    ['does not come with Workload Identity of another cluster', [nodePool(), cluster({ ...IDENTITY, name: 'other', removeDefaultNodePool: true }, { name: 'other' })], bare('null')],
    ['does not come without Workload Identity', [nodePool(), cluster({ removeDefaultNodePool: true })], bare('null')],
    ['is there in Autopilot', [autopilot()], []],
    ['is not asked of auto-provisioned nodes', [provisioning({})], []],
  ])('%s', (_title, subjects, expected) => {
    expect(check('gke-metadata-server', ...subjects)).toEqual(expected);
  });

  it('finds the cluster by where the input came from, and by its name in Google Cloud', () => {
    const owner = cluster({ ...IDENTITY, name: 'prod', removeDefaultNodePool: true }, { urn: 'urn:pulumi:test::project::gcp:container/cluster:Cluster::main' });
    expect(check('gke-metadata-server', nodePool({ cluster: 'gone' }, { dependencies: { cluster: ['urn:pulumi:test::project::gcp:container/cluster:Cluster::main'] } }), owner)).toEqual([]);
    expect(check('gke-metadata-server', nodePool({ cluster: 'prod' }), owner)).toEqual([]);
    expect(check('gke-metadata-server', nodePool({ cluster: 'gone' }), owner)).toHaveLength(1);
  });
});

describe('node pools of which nobody knows the cluster', () => {
  const pool = (properties: object) => inPreview('gcp:container/nodePool:NodePool', { cluster: UNKNOWN, ...properties });
  const gone = { removeDefaultNodePool: true };
  const GVISOR = { nodeConfig: { sandboxConfig: { type: 'GVISOR' } } };
  const METADATA = 'nodeConfig.workloadMetadataConfig.mode: it is not known of which cluster the pool is, and whether that has Workload Identity';
  const SANDBOX = 'nodeConfig.sandboxConfig: it is not known of which cluster the pool is, and which others that has';
  const SANDBOXES = 'nodeConfig.sandboxConfig: it is not known of which cluster a pool is, or whether it has GKE Sandbox';
  const PRIVATE = 'privateClusterConfig.enablePrivateNodes: it is not known of which cluster a node pool is';

  it.each<[string, string, readonly CloudResource[], string[], number]>([
    ['gke-metadata-server', 'of a pool', [pool({})], [METADATA], 0],
    ['gke-metadata-server', 'of a pool of a name that a cluster may have', [nodePool({ cluster: 'prod' }), cluster(gone)], [METADATA], 0],
    ['gke-metadata-server', 'of a pool that states it', [pool({ nodeConfig: { workloadMetadataConfig: { mode: 'GCE_METADATA' } } })], [], 1],
    ['gke-sandbox', 'of a pool', [pool({})], [SANDBOX], 0],
    ['gke-sandbox', 'of a cluster that the pool may be of', [cluster({ ...gone, name: 'main' }), pool(GVISOR)], [SANDBOXES], 0],
    ['gke-sandbox', 'of a cluster that may have the name', [cluster(gone), nodePool({ cluster: 'prod', ...GVISOR })], [SANDBOXES], 0],
    ['gke-private-nodes', 'of a cluster that the pool may be of', [cluster(gone), pool({})], [PRIVATE], 0],
    ['gke-private-nodes', 'of a cluster with a private pool', [cluster(gone), nodePool({ networkConfig: { enablePrivateNodes: true } }), pool({})], [PRIVATE], 0],
    ['gke-private-nodes', 'of a cluster with another pool that is not', [cluster(gone), nodePool(), pool({ networkConfig: { enablePrivateNodes: true } })], [], 1],
    ['gke-private-nodes', 'of a cluster with the default pool', [cluster(), pool({ networkConfig: { enablePrivateNodes: true } })], [], 1],
  ])('%s %s', (id, _of, subjects, undecided, count) => {
    expect(open(id, ...subjects)).toEqual(undecided);
    expect(check(id, ...subjects)).toHaveLength(count);
  });

  it('do not matter to a cluster of which another pool has the sandbox', () => {
    const subjects = [cluster(gone), inPreview('gcp:container/nodePool:NodePool', { cluster: 'main', nodeConfig: UNKNOWN }), nodePool(GVISOR)];
    expect(run('gke-sandbox', ...subjects)).toMatchObject({ findings: [], coverage: { undecided: [] } });
  });
});

describe('the sandbox', () => {
  const sandboxed = (sandboxConfig: object) => config({ sandboxConfig });
  const gone = { removeDefaultNodePool: true };

  it.each<[string, readonly CloudResource[], string[]]>([
    ['a pool with it', [sandboxed({ type: 'GVISOR' })], []],
    ['a pool with it, in the older way', [sandboxed({ sandboxType: 'gvisor' })], []],
    ['a pool without it', [nodePool()], ["nodeConfig.sandboxConfig | null | node pool 'workers' does not run pods in GKE Sandbox"]],
    ['a cluster of which one pool has it', [cluster(gone), sandboxed({ type: 'GVISOR' }), nodePool({}, { name: 'system' })], []],
    ['a cluster of which no pool has it', [cluster(gone), nodePool()], ["nodeConfig.sandboxConfig | null | cluster 'main' has no node pool with GKE Sandbox"]],
    ['a cluster with it in a pool of its own', [cluster({ nodePools: [{}, { nodeConfig: { sandboxConfig: { type: 'GVISOR' } } }] })], []],
    ['a pool with it of another cluster', [cluster({ ...gone, name: 'main' }), nodePool({ cluster: 'other', nodeConfig: { sandboxConfig: { type: 'GVISOR' } } })], ["nodeConfig.sandboxConfig | null | cluster 'main' has no node pool with GKE Sandbox"]],
    ['Autopilot', [autopilot()], []],
  ])('%s', (_title, subjects, expected) => {
    expect(check('gke-sandbox', ...subjects)).toEqual(expected);
  });

  it('is advice', () => {
    expect(run('gke-sandbox', nodePool()).findings).toMatchObject([{ enforcement: 'advisory' }]);
  });
});

describe('private nodes', () => {
  const PUBLIC = "privateClusterConfig.enablePrivateNodes | null | nodes of cluster 'main' have public addresses by default";
  const pool = (enablePrivateNodes: unknown, about: Partial<CloudResource> = {}) => nodePool({ networkConfig: { enablePrivateNodes } }, about);
  const gone = { removeDefaultNodePool: true };

  it.each<[string, readonly CloudResource[], string[]]>([
    ['by the cluster', [cluster({ privateClusterConfig: { enablePrivateNodes: true } })], []],
    ['not at all', [cluster()], [PUBLIC]],
    ['not by an empty section', [cluster({ privateClusterConfig: {} })], [PUBLIC]],
    ['not in Autopilot, unless asked for', [autopilot()], [PUBLIC]],
    ['each of the pools apart', [cluster(gone), pool(true), pool(true, { name: 'gpu' })], []],
    ['not each of the pools apart', [cluster(gone), pool(true), nodePool({}, { name: 'gpu' })], [PUBLIC]],
    ['pools apart, but the default one stays', [cluster(), pool(true)], [PUBLIC]],
    ['each of the pools in the cluster', [cluster({ nodePools: [{ networkConfig: { enablePrivateNodes: true } }] })], []],
    ['no pools', [cluster(gone)], [PUBLIC]],
    ['a pool that is not', [pool(false)], ["networkConfig.enablePrivateNodes | false | nodes of node pool 'workers' have public addresses"]],
    ['a pool that does not say', [nodePool()], []],
    [
      'a pool in the cluster that is not',
      [cluster({ privateClusterConfig: { enablePrivateNodes: true }, nodePools: [{}, { networkConfig: { enablePrivateNodes: false } }] })],
      ["nodePools[1].networkConfig.enablePrivateNodes | false | nodes of node pool 1 of cluster 'main' have public addresses"],
    ],
  ])('%s', (_title, subjects, expected) => {
    expect(check('gke-private-nodes', ...subjects)).toEqual(expected);
  });
});
