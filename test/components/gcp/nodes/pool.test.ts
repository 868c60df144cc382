import { type CpuPoolArgs, type GpuPoolArgs, NodePool, type NodePoolArgs, type SystemPoolArgs } from '../../../../components/gcp';
import { record, violations } from '../../record';
import { stand } from '../stand';

const POOL = 'gcp:container/nodePool:NodePool';
type Given = 'cluster' | 'account' | 'diskKey';
type Wanted = Omit<SystemPoolArgs, Given> | Omit<CpuPoolArgs, Given> | Omit<GpuPoolArgs, Given>;

function make(wanted: Wanted, options: { preview?: boolean } = {}) {
  return record(() => {
    const { cluster, account, keys, options: given } = stand();
    const args: NodePoolArgs = { ...wanted, cluster, account, diskKey: keys.key('disks') };
    return { pool: new NodePool('pool', args, given), keys, account };
  }, options);
}

describe('NodePool', () => {
  it.each(['system', 'cpu', 'gpu'] as const)('of kind %s breaks no mandatory policy', async (kind) => {
    const made = await make({ kind });
    expect(violations(made)).toEqual([]);
    expect(made.one(POOL).inputs.nodeConfig).toMatchObject({
      imageType: 'COS_CONTAINERD',
      bootDiskKmsKey: await made.valueOf(made.result.keys.key('disks')),
      serviceAccount: await made.valueOf(made.result.account.email),
      workloadMetadataConfig: { mode: 'GKE_METADATA' },
      shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
    });
  });

  it('of the system has a node in each zone, and no taint', async () => {
    const { inputs } = (await make({ kind: 'system' })).one(POOL);
    expect(inputs.initialNodeCount).toBe(1);
    expect(inputs.autoscaling).toEqual({ totalMinNodeCount: 3, totalMaxNodeCount: 6, locationPolicy: 'BALANCED' });
    expect(inputs.nodeConfig.taints).toEqual([]);
    expect(inputs.nodeConfig.labels).toEqual({ 'kubeflow-cdk.dev/pool': 'system' });
  });

  it('with GPUs begins at none, keeps others off and installs the driver', async () => {
    const made = await make({ kind: 'gpu', machineType: 'g2-standard-24', driver: 'LATEST', zones: ['europe-west4-b'] });
    const { inputs } = made.one(POOL);
    expect(inputs).toMatchObject({ initialNodeCount: 0, nodeLocations: ['europe-west4-b'], upgradeSettings: { maxSurge: 0, maxUnavailable: 1 } });
    expect(inputs.nodeConfig.guestAccelerators).toEqual([{ type: 'nvidia-l4', count: 2, gpuDriverInstallationConfig: { gpuDriverVersion: 'LATEST' } }]);
    expect(inputs.nodeConfig.taints).toEqual([{ key: 'nvidia.com/gpu', value: 'present', effect: 'NO_SCHEDULE' }]);
    expect(made.result.pool.capacity).toMatchObject({ min: 0, max: 4, allocatable: { gpus: { 'nvidia.com/gpu': 2 } }, labels: { 'cloud.google.com/gke-accelerator': 'nvidia-l4' } });
  });

  it('attaches GPUs to machines that come without', async () => {
    const made = await make({ kind: 'gpu', machineType: 'n1-standard-8', gpus: { type: 'nvidia-tesla-t4', count: 2 } });
    expect(made.one(POOL).inputs.nodeConfig.guestAccelerators).toMatchObject([{ type: 'nvidia-tesla-t4', count: 2 }]);
    expect(made.result.pool.capacity.allocatable.gpus).toEqual({ 'nvidia.com/gpu': 2 });
  });

  it.each([
    ['cpu', { kind: 'cpu', spot: true }],
    ['gpu', { kind: 'gpu', provisioning: 'spot' }],
  ] as const)('takes spot machines of kind %s, for pods that put up with that', async (_, wanted) => {
    const made = await make(wanted);
    expect(made.one(POOL).inputs.nodeConfig.spot).toBe(true);
    expect(made.result.pool.capacity.taints).toContainEqual({ key: 'cloud.google.com/gke-spot', value: 'true', effect: 'NoSchedule' });
  });

  it.each(['flex-start', 'queued'] as const)('gets machines from the Dynamic Workload Scheduler (%s)', async (provisioning) => {
    const made = await make({ kind: 'gpu', machineType: 'a3-highgpu-8g', provisioning });
    const { inputs } = made.one(POOL);
    expect(inputs.nodeConfig).toMatchObject({ flexStart: true, maxRunDuration: '604800s', reservationAffinity: { consumeReservationType: 'NO_RESERVATION' } });
    expect(inputs.queuedProvisioning).toEqual(provisioning === 'queued' ? { enabled: true } : undefined);
    expect(inputs.autoscaling.locationPolicy).toBe('ANY');
    // What is lent is not repaired: the policy says so, and is to be waived for such pools.
    expect(violations(made)).toEqual([expect.stringMatching(/^gke-auto-repair/)]);
    const taints = made.result.pool.capacity.taints.map(({ key }) => key);
    expect(taints.includes('cloud.google.com/gke-queued')).toBe(provisioning === 'queued');
  });

  it('takes machines out of a reservation', async () => {
    const { inputs } = (await make({ kind: 'gpu', provisioning: { reservation: 'h100' } })).one(POOL);
    expect(inputs.nodeConfig.reservationAffinity).toEqual({ consumeReservationType: 'SPECIFIC_RESERVATION', key: 'compute.googleapis.com/reservation-name', values: ['h100'] });
  });

  it('puts series that take no Persistent Disk on Hyperdisk', async () => {
    expect((await make({ kind: 'cpu', machineType: 'n4-standard-8' })).one(POOL).inputs.nodeConfig.diskType).toBe('hyperdisk-balanced');
    expect((await make({ kind: 'cpu', machineType: 'n2-standard-8' })).one(POOL).inputs.nodeConfig.diskType).toBe('pd-balanced');
  });

  it('gives nodes an account that writes logs and metrics, and pulls images from where it is told', async () => {
    const made = await record(() => {
      const { account } = stand();
      account.pullFrom('platform', { project: 'my-project', location: 'europe-west4', repository: 'images' });
    });
    const roles = made.ofType('gcp:projects/iAMMember:IAMMember').map(({ inputs }) => inputs.role);
    expect(roles).toEqual(['roles/container.defaultNodeServiceAccount']);
    expect(made.one('gcp:artifactregistry/repositoryIamMember:RepositoryIamMember').inputs).toMatchObject({ repository: 'images', role: 'roles/artifactregistry.reader' });
    expect(violations(made)).toEqual([]);
  });

  it('is there in a preview', async () => {
    const made = await make({ kind: 'gpu' }, { preview: true });
    expect(made.ofType(POOL)).toHaveLength(1);
    expect(made.result.pool.capacity.allocatable.cpu).toBeGreaterThan(0);
  });

  it.each([
    [{ kind: 'cpu', machineType: 'g2-standard-8' }, /pool: machineType is 'g2-standard-8'; expected a type without GPUs, or kind 'gpu'/],
    [{ kind: 'gpu', machineType: 'n2-standard-8' }, /a type that comes with GPUs/],
    [{ kind: 'gpu', machineType: 'n1-standard-8' }, /gpus is undefined; expected what to attach/],
    [{ kind: 'gpu', machineType: 'n1-standard-8', gpus: { type: 'nvidia-l4', count: 1 } }, /gpus.type is 'nvidia-l4'; expected nvidia-tesla-t4/],
    [{ kind: 'gpu', machineType: 'n1-standard-8', gpus: { type: 'nvidia-tesla-t4', count: 3 } }, /gpus.count is 3; expected one of 1, 2, 4/],
    [{ kind: 'gpu', gpus: { type: 'nvidia-tesla-t4', count: 1 } }, /gpus is .*expected nothing: g2-standard-8 comes with 1 nvidia-l4/],
    [{ kind: 'gpu', provisioning: 'queued', min: 1 }, /min is 1; expected 0/],
    [{ kind: 'cpu', min: 5, max: 4 }, /max is 4; expected a whole number from 5 to 1000/],
    [{ kind: 'cpu', diskGib: 10 }, /diskGib is 10; expected a whole number from 50/],
    [{ kind: 'cpu', machineType: 'x9-huge' }, /machineType is 'x9-huge'/],
    [{ kind: 'cpu', labels: { 'cloud.google.com/x': 'y' } }, /labels.cloud.google.com\/x is 'y'; expected a label of your own/],
    [{ kind: 'cpu', labels: { 'kubeflow-cdk.dev/pool': 'y' } }, /says the pool's kind/],
    [{ kind: 'cpu', labels: { team: 'a b' } }, /labels.team is 'a b'/],
  ] satisfies [Wanted, RegExp][])('refuses %j before it is registered', async (wanted, message) => {
    const made = await record(() => {
      const { cluster, account, keys, options } = stand();
      const args: NodePoolArgs = { ...wanted, cluster, account, diskKey: keys.key('disks') };
      expect(() => new NodePool('pool', args, options)).toThrow(message);
    });
    expect(made.ofType('kubeflow-cdk:gcp:NodePool')).toEqual([]);
  });
});
