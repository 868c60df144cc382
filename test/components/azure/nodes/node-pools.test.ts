import { AksNodePools, assumedLookups, checkOffered, Network, type AzureLookups, type OfferedVmSize, type UserPool } from '../../../../components/azure';
import { record } from '../../record';
import { pools, refusal, systemPool } from '../stack';

function program(given: readonly UserPool[] = pools, podCidr?: string): AksNodePools {
  const network = new Network('network', { location: 'westeurope', podCidr });
  return new AksNodePools('nodes', { cluster: { resourceGroupName: 'kubeflow', clusterName: 'cluster' }, network, systemPool, pools: given });
}

const POOL = 'azure-native:containerservice:AgentPool';
const [cpu, gpu] = pools as readonly [UserPool, UserPool];

test('only pods that ask for GPUs get to nodes that have them', async () => {
  const recording = await record(() => program());
  expect(recording.one(POOL, 'nodes-cpu').inputs['nodeTaints']).toEqual([]);
  expect(recording.one(POOL, 'nodes-a100').inputs['nodeTaints']).toEqual(['nvidia.com/gpu=present:NoSchedule', 'kubernetes.azure.com/scalesetpriority=spot:NoSchedule']);
});

test('nodes have no public address and no SSH, start securely, and their host encrypts what is on it', async () => {
  const recording = await record(() => program());
  for (const { inputs } of recording.ofType(POOL)) {
    expect(inputs).toMatchObject({ enableNodePublicIP: false, enableEncryptionAtHost: true, osDiskType: 'Managed', securityProfile: { sshAccess: 'Disabled' } });
    expect(inputs['vnetSubnetID']).toMatch(/subnets\/nodes$/);
  }
  expect(recording.one(POOL, 'nodes-cpu').inputs['securityProfile']).toMatchObject({ enableSecureBoot: true, enableVTPM: true });
  expect(recording.one(POOL, 'nodes-a100').inputs['securityProfile']).toMatchObject({ enableSecureBoot: false });
});

test('the autoscaler begins with GPUs at none and CPUs at one, and how many there are is its own to say', async () => {
  const recording = await record(() => program());
  expect(recording.one(POOL, 'nodes-a100').inputs).toMatchObject({ enableAutoScaling: true, minCount: 0, count: 0, maxCount: 4 });
  expect(recording.one(POOL, 'nodes-cpu').inputs).toMatchObject({ minCount: 1, count: 1, maxCount: 10 });
  for (const { options } of recording.ofType(POOL)) expect(options.ignoreChanges).toEqual(['count']);
});

test('spot machines are bought as such, reserved ones from their group, and drivers are left to who installs them', async () => {
  const group = '/subscriptions/s/resourceGroups/r/providers/Microsoft.Compute/capacityReservationGroups/h100';
  const own: readonly UserPool[] = [cpu, gpu, { kind: 'gpu', name: 'h100', vmSize: 'Standard_ND96isr_H100_v5', max: 2, capacityReservationGroupId: group, drivers: 'operator' }];
  const recording = await record(() => program(own));
  expect(recording.one(POOL, 'nodes-a100').inputs).toMatchObject({ scaleSetPriority: 'Spot', scaleSetEvictionPolicy: 'Delete', spotMaxPrice: -1, gpuProfile: { driver: 'Install' } });
  expect(recording.one(POOL, 'nodes-a100').inputs['upgradeSettings']).toBeUndefined();
  expect(recording.one(POOL, 'nodes-h100').inputs).toMatchObject({ capacityReservationGroupID: group, gpuProfile: { driver: 'None' }, upgradeSettings: { maxSurge: '0', maxUnavailable: '1' } });
  expect(recording.one(POOL, 'nodes-h100').inputs['scaleSetPriority']).toBeUndefined();
});

test.each<[string, readonly UserPool[], string]>([
  ['a name Azure does not take', [{ ...cpu, name: 'cpu-pool' }], "pools[0].name is 'cpu-pool'; expected 1 to 12 lower-case letters and digits"],
  ['an unknown size', [{ ...cpu, vmSize: 'Standard_X1' }], 'pools[0].vmSize'],
  ['GPUs in a pool for CPUs', [{ ...cpu, vmSize: gpu.vmSize }], 'a size without GPUs'],
  ['no GPUs in a pool for GPUs', [cpu, { ...gpu, vmSize: cpu.vmSize }], 'pools[1].vmSize'],
  ['fewer at the most than at the least', [{ ...cpu, min: 20 }], 'pools[0].min is 20; expected a whole number from 0 to 10'],
  ['too many nodes for Azure', [{ ...cpu, max: 1001 }], 'pools[0].max'],
  ['too many pods', [{ ...cpu, maxPods: 500 }], 'pools[0].maxPods is 500; expected a whole number from 30 to 250'],
  ['a zone there is none of', [{ ...cpu, zones: ['4'] }], 'pools[0].zones'],
  ['a label that AKS sets', [{ ...cpu, labels: { 'kubernetes.azure.com/mode': 'system' } }], 'keys outside kubernetes.azure.com'],
  ['spot and reserved', [cpu, { ...gpu, spot: true, capacityReservationGroupId: '/x' }], 'one is either'],
  ['no group of reservations', [{ ...cpu, capacityReservationGroupId: 'mine' }], 'the id of a capacity reservation group'],
  ['two of one name', [cpu, { ...gpu, name: 'cpu' }], 'a name that no other pool of the cluster has'],
  ['the name of the system pool', [{ ...cpu, name: 'system' }], 'a name that no other pool of the cluster has'],
  ['nothing for ordinary pods', [gpu], "at least one pool of the kind 'cpu'"],
])('%s is refused', async (_, given, problem) => {
  expect((await refusal(() => program(given))).message).toContain(problem);
});

test('more nodes than the network has room for are refused', async () => {
  expect((await refusal(() => program(pools, '10.244.0.0/21'))).message).toContain("'19 nodes at most'; expected at most 8");
});

const offered = (name: string, changed: Partial<OfferedVmSize> = {}): OfferedVmSize => ({ name, zones: ['1', '2', '3'], encryptionAtHost: true, trustedLaunch: true, ...changed });
const lookups = (...sizes: readonly OfferedVmSize[]): AzureLookups => ({ ...assumedLookups({ location: 'westeurope' }), vmSizes: async () => sizes });

test('pools of what a location offers are fine, and so are all where that is not known', async () => {
  await expect(checkOffered(lookups(offered(cpu.vmSize), offered(gpu.vmSize)), 'westeurope', pools)).resolves.toBeUndefined();
  await expect(checkOffered(assumedLookups({ location: 'westeurope' }), 'westeurope', pools)).resolves.toBeUndefined();
});

test.each<[string, readonly OfferedVmSize[], string]>([
  ['a size the location lacks', [offered('Standard_D8ads_v5')], "pools.cpu.vmSize is 'Standard_D8ds_v5'; expected a size that westeurope offers to the subscription, such as Standard_D8ads_v5"],
  ['GPUs the location lacks', [offered(cpu.vmSize)], 'it offers none of Standard_NC'],
  ['too few zones', [offered(cpu.vmSize, { zones: ['1'] })], 'zones of westeurope that have Standard_D8ds_v5: 1'],
  ['a location without zones', [offered(cpu.vmSize, { zones: [] })], 'expected []'],
  ['a host that does not encrypt', [offered(cpu.vmSize, { encryptionAtHost: false })], 'pools.cpu.encryptionAtHost'],
  ['no secure boot', [offered(cpu.vmSize, { trustedLaunch: false })], 'pools.cpu.trustedLaunch'],
])('%s is refused before anything is made', async (_, sizes, problem) => {
  await expect(checkOffered(lookups(...sizes), 'westeurope', pools)).rejects.toThrow(problem);
});
