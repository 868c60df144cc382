import { synthesize } from '../../../constructs/core';
import { capacityOf, requireRoom } from '../../../stacks/capacity';
import { violations } from '../../components/record';
import { deploy, MINIMAL, rehearse } from './stand';

const NODE_POOL = 'gcp:container/nodePool:NodePool';

describe('the platform', () => {
  it('is there as a whole without an account, like it is deployed', async () => {
    const values = { ...MINIMAL, teams: ['vision'] };
    const [planned, deployed, previewed] = [await rehearse(values), await deploy(values), await deploy(values, { preview: true })];
    const names = ({ objects }: { readonly objects: typeof planned.objects }) => objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`);
    expect(names(planned)).toEqual(names(deployed));
    expect(names(previewed)).toEqual(names(deployed));
    expect(names(planned).length).toBeGreaterThan(250);
    const resources = (made: typeof deployed) => made.resources.map(({ type, name }) => `${type} ${name}`).toSorted();
    expect(resources(previewed)).toEqual(resources(deployed));
    expect(planned.provisioned.context).toBe('gke_my-project_europe-west4_kubeflow');
  });

  it('breaks no policy, with everything that can be configured', async () => {
    const made = await deploy({
      ...MINIMAL,
      teams: ['vision'],
      dns: { zone: 'create' },
      exposure: 'internet-facing',
      registry: { repository: 'images', pullThrough: ['quay.io', 'docker.io'] },
      nodes: { cpu: { spot: true }, gpu: { machineType: 'a3-highgpu-8g', provisioning: 'spot' } },
      database: { engine: 'postgresql', tier: 'db-perf-optimized-N-4' },
      sharedFiles: { tier: 'enterprise' },
    });
    expect(violations(made, ...made.objects)).toEqual([]);
  });

  it('has its CNI programs where nodes of GKE have theirs', async () => {
    const { objects } = await rehearse();
    const agent = objects.find(({ kind, metadata }) => kind === 'DaemonSet' && metadata.name === 'istio-cni-node');
    expect(JSON.stringify(agent?.spec)).toContain('"path":"/home/kubernetes/bin"');
  });

  it('has a quota that speaks of system-critical pods wherever it has some: GKE admits them nowhere else', async () => {
    const { objects } = await rehearse({ ...MINIMAL, sharedFiles: { existing: { instance: 'shared', location: 'europe-west4-a' } } });
    const quotas = objects.filter(({ kind }) => kind === 'ResourceQuota').map(({ metadata, spec }) => ({ namespace: metadata.namespace, text: JSON.stringify(Object(spec).scopeSelector) ?? '' }));
    const critical = objects.flatMap(({ kind, metadata, spec }) => {
      const [, priority] = /"priorityClassName":"(system-(?:node|cluster)-critical)"/.exec(JSON.stringify(spec) ?? '') ?? [];
      return priority === undefined ? [] : [{ workload: `${kind} ${metadata.name}`, namespace: metadata.namespace, priority }];
    });
    expect(critical.map(({ workload }) => workload).toSorted()).toEqual(['DaemonSet csi-nfs-node', 'DaemonSet istio-cni-node', 'Deployment csi-nfs-controller']);
    expect(critical.filter(({ namespace, priority }) => !quotas.some((quota) => quota.namespace === namespace && quota.text.includes(`"${priority}"`)))).toEqual([]);
  });

  it('fits on the nodes that there are by default', async () => {
    const { app, provisioned } = await rehearse({ ...MINIMAL, teams: ['vision'] });
    expect(requireRoom(capacityOf(synthesize(app), provisioned.nodePools)).misfits).toEqual([]);
  });

  it('is refused where nodes have no room for it', async () => {
    const { app, provisioned } = await rehearse({ ...MINIMAL, nodes: { system: { machineType: 'e2-medium', min: 1, max: 1 }, cpu: { machineType: 'e2-medium', max: 1 } } });
    expect(() => requireRoom(capacityOf(synthesize(app), provisioned.nodePools))).toThrow(/does not fit on its nodes/);
  });
});

describe('nodes', () => {
  it('are in the zones that have their machines', async () => {
    const made = await deploy({ ...MINIMAL, nodes: { gpu: { machineType: 'a3-highgpu-8g', max: 2 } } });
    expect(made.one(NODE_POOL, 'nodes-gpu').inputs.nodeLocations).toEqual(['europe-west4-b', 'europe-west4-c']);
    expect(made.one(NODE_POOL, 'nodes-system').inputs.nodeLocations).toBeUndefined();
    expect(made.provisioned.nodePools.map(({ name, min, max }) => [name, min, max])).toEqual([
      ['nodes-system', 3, 6],
      ['nodes-cpu', 0, 10],
      ['nodes-gpu', 0, 2],
    ]);
    expect(made.provisioned.readyAfter).toHaveLength(3);
  });

  it('are what the configuration says', async () => {
    const made = await deploy({ ...MINIMAL, nodes: { system: { zones: ['europe-west4-a'], diskGib: 200, maxPodsPerNode: 32 }, cpu: { spot: 'true' }, gpu: { machineType: 'n1-standard-8', gpus: { type: 'nvidia-tesla-t4', count: 2 }, provisioning: { reservation: 'ours' }, driver: 'LATEST' } } });
    expect(made.one(NODE_POOL, 'nodes-system').inputs).toMatchObject({ nodeLocations: ['europe-west4-a'], maxPodsPerNode: 32, nodeConfig: { diskSizeGb: 200, spot: false } });
    expect(made.one(NODE_POOL, 'nodes-cpu').inputs.nodeConfig.spot).toBe(true);
    const { guestAccelerators, reservationAffinity } = made.one(NODE_POOL, 'nodes-gpu').inputs.nodeConfig;
    expect(guestAccelerators).toEqual([{ type: 'nvidia-tesla-t4', count: 2, gpuDriverInstallationConfig: { gpuDriverVersion: 'LATEST' } }]);
    expect(reservationAffinity.values).toEqual(['ours']);
  });

  it('have volumes that their machines take', async () => {
    const typeOf = async (nodes: object) => {
      const { objects } = await rehearse({ ...MINIMAL, nodes });
      return Reflect.get(Object(objects.find(({ provisioner }) => provisioner === 'pd.csi.storage.gke.io')?.parameters), 'type');
    };
    expect(await typeOf({})).toBe('pd-balanced');
    expect(await typeOf({ system: { machineType: 'n4-standard-4' }, cpu: { machineType: 'c4-standard-8' } })).toBe('hyperdisk-balanced');
  });
});

describe('the version', () => {
  it.each([
    [{}, undefined, 'REGULAR'],
    [{ kubernetesVersion: 1.33 }, '1.33', 'REGULAR'],
    [{ kubernetesVersion: '1.34.1-gke.2037000', cluster: { ...MINIMAL.cluster, releaseChannel: 'RAPID' } }, '1.34.1-gke.2037000', 'RAPID'],
  ])('with %j is %s, of channel %s', async (values, minMasterVersion, channel) => {
    const { inputs } = (await deploy({ ...MINIMAL, ...values })).one('gcp:container/cluster:Cluster');
    // As it is written: a patch that is chosen today would be another one in a month, and change the cluster.
    expect(inputs.minMasterVersion).toBe(minMasterVersion);
    expect(inputs.releaseChannel).toEqual({ channel });
  });
});

describe('the network', () => {
  it('has room for all nodes that the pools may have', async () => {
    const made = await deploy({ ...MINIMAL, nodes: { cpu: { max: 600 } }, network: { cidr: '10.0.0.0/20', podCidr: '10.16.0.0/13' } });
    expect(made.one('gcp:compute/subnetwork:Subnetwork').inputs.secondaryIpRanges[0]).toEqual({ rangeName: 'pods', ipCidrRange: '10.16.0.0/13' });
  });

  it('gives the control plane the range that the firewall lets in', async () => {
    const made = await deploy({ ...MINIMAL, network: { controlPlaneCidr: '172.16.9.0/28' } });
    expect(made.one('gcp:container/cluster:Cluster').inputs.privateClusterConfig.masterIpv4CidrBlock).toBe('172.16.9.0/28');
    expect(made.one('gcp:compute/firewall:Firewall', 'network-webhooks').inputs.sourceRanges).toEqual(['172.16.9.0/28']);
  });
});
