import type { NodeGroupArgs } from '../../../../components/aws';
import { record } from '../../record';
import { findings, nodes } from '../fixtures';

const GROUP = 'aws:eks/nodeGroup:NodeGroup';
const TEMPLATE = 'aws:ec2/launchTemplate:LaunchTemplate';
const cpu: Parameters<typeof nodes>[1] = { kind: 'cpu', instanceTypes: ['m7i.2xlarge', 'm7a.2xlarge'], min: 0, max: 10, purchase: { kind: 'spot' } };
const gpu: Parameters<typeof nodes>[1] = { kind: 'gpu', instanceTypes: ['g6.2xlarge'], max: 4 };
const efa: Parameters<typeof nodes>[1] = { kind: 'gpu', instanceTypes: ['p5.48xlarge'], max: 4, efa: true };

/** Values of tags of the Auto Scaling group, by what comes after the autoscaler's prefix. */
function templateTags(recording: Awaited<ReturnType<typeof record>>) {
  return Object.fromEntries(recording.ofType('aws:autoscaling/tag:Tag').map(({ inputs }) => [inputs.tag.key.replace('k8s.io/cluster-autoscaler/node-template/', ''), inputs.tag.value]));
}

describe('NodeGroup', () => {
  test('nodes have no public address, hand pods no metadata, and their disks are encrypted with the key', async () => {
    const recording = await record(() => nodes('cpu', cpu));
    const { result, valueOf } = recording;
    const { inputs } = recording.one(TEMPLATE);
    expect(inputs.metadataOptions).toEqual({ httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 });
    expect(inputs.networkInterfaces).toEqual([expect.objectContaining({ deviceIndex: 0, associatePublicIpAddress: 'false', securityGroups: [await valueOf(result.cluster.securityGroupId)] })]);
    expect(inputs.blockDeviceMappings).toEqual([{ deviceName: '/dev/xvda', ebs: expect.objectContaining({ volumeType: 'gp3', volumeSize: 100, encrypted: 'true', kmsKeyId: await valueOf(result.key.keyArn) }) }]);
    expect(recording.one(GROUP).inputs.subnetIds).toHaveLength(3);
  });

  test('both disks of Bottlerocket are encrypted', async () => {
    const recording = await record(() => nodes('cpu', { ...cpu, image: 'bottlerocket' }));
    const disks = recording.one(TEMPLATE).inputs.blockDeviceMappings;
    expect(disks.map((each: { deviceName: string }) => each.deviceName)).toEqual(['/dev/xvdb', '/dev/xvda']);
    for (const { ebs } of disks) expect(ebs.encrypted).toBe('true');
    expect(recording.one(GROUP).inputs.amiType).toBe('BOTTLEROCKET_x86_64');
  });

  test('the role of nodes may join and pull images, no more', async () => {
    const recording = await record(() => nodes('cpu', cpu));
    const attached = recording.ofType('aws:iam/rolePolicyAttachment:RolePolicyAttachment').filter(({ name }) => name.startsWith('nodes-'));
    expect(attached.map(({ inputs }) => inputs.policyArn)).toEqual(['arn:aws:iam::aws:policy/AmazonEKSWorkerNodeMinimalPolicy', 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly']);
    expect(recording.ofType('aws:iam/rolePolicy:RolePolicy').filter(({ inputs }) => inputs.role.startsWith('nodes'))).toEqual([]);
  });

  test('what pods may count on is what the node is told to keep for itself', async () => {
    const recording = await record(() => nodes('cpu', cpu));
    const { capacity } = recording.result.group;
    const text = Buffer.from(recording.one(TEMPLATE).inputs.userData, 'base64').toString();
    const { spec } = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
    const { maxPods, kubeReserved } = spec.kubelet.config;
    expect(maxPods).toBe(capacity.allocatable.pods);
    expect(8000 - Number.parseInt(kubeReserved.cpu, 10)).toBe(capacity.allocatable.cpu);
    expect(kubeReserved).toEqual({ cpu: '90m', memory: '1465Mi', 'ephemeral-storage': '1Gi' });
    expect(text).toContain('Content-Type: application/node.eks.aws');
  });

  test('Bottlerocket is told the same in its own settings', async () => {
    const recording = await record(() => nodes('cpu', { ...cpu, image: 'bottlerocket' }));
    expect(Buffer.from(recording.one(TEMPLATE).inputs.userData, 'base64').toString()).toBe(
      '[settings.kubernetes]\n"max-pods" = 110\n[settings.kubernetes.kube-reserved]\n"cpu" = "90m"\n"memory" = "1465Mi"\n"ephemeral-storage" = "1Gi"\n',
    );
  });

  test('a GPU group begins at zero, keeps other pods off, and tells the autoscaler what a node would have', async () => {
    const recording = await record(() => nodes('gpu', gpu));
    const { inputs } = recording.one(GROUP);
    expect(inputs).toMatchObject({ amiType: 'AL2023_x86_64_NVIDIA', capacityType: 'ON_DEMAND', scalingConfig: { minSize: 0, maxSize: 4, desiredSize: 0 } });
    expect(inputs.taints).toEqual([{ key: 'nvidia.com/gpu', value: 'present', effect: 'NO_SCHEDULE' }]);
    expect(recording.result.group.capacity).toMatchObject({ min: 0, max: 4, allocatable: { gpus: { 'nvidia.com/gpu': 1 } } });
    expect(templateTags(recording)).toEqual({
      'label/kubeflow-cdk.dev/node-group': 'gpu',
      'label/k8s.amazonaws.com/accelerator': 'nvidia-l4',
      'taint/nvidia.com/gpu': 'present:NoSchedule',
      'resources/nvidia.com/gpu': '1',
      'resources/ephemeral-storage': '179Gi',
    });
    for (const { inputs: tag } of recording.ofType('aws:autoscaling/tag:Tag')) expect(tag.autoscalingGroupName).toMatch(/^eks-gpu-/);
  });

  test('the autoscaler, not Pulumi, says how many nodes there are', async () => {
    expect((await record(() => nodes('cpu', cpu))).one(GROUP).options).toMatchObject({ ignoreChanges: ['scalingConfig.desiredSize'] });
  });

  test('a system group may be kept to critical add-ons', async () => {
    const recording = await record(() => nodes('system', { kind: 'system', instanceTypes: ['m7g.xlarge'], min: 2, max: 3, criticalAddonsOnly: true }));
    expect(recording.one(GROUP).inputs).toMatchObject({ amiType: 'AL2023_ARM_64_STANDARD', taints: [{ key: 'CriticalAddonsOnly', value: 'true', effect: 'NO_SCHEDULE' }] });
    expect(recording.ofType('aws:autoscaling/tag:Tag')).toEqual([]);
  });

  test('EFA: one interface with an address, one for RDMA on every card, nodes close together in one zone', async () => {
    const recording = await record(() => nodes('train', efa));
    const { networkInterfaces, placement } = recording.one(TEMPLATE).inputs;
    expect(networkInterfaces).toHaveLength(33);
    expect(networkInterfaces.slice(0, 3).map(({ interfaceType, networkCardIndex, deviceIndex }: Record<string, unknown>) => [interfaceType, networkCardIndex, deviceIndex])).toEqual([
      [undefined, 0, 0],
      ['efa-only', 0, 1],
      ['efa-only', 1, 0],
    ]);
    expect(recording.one('aws:ec2/placementGroup:PlacementGroup').inputs.strategy).toBe('cluster');
    expect(placement.groupName).toMatch(/^train-/);
    expect(recording.one(GROUP).inputs.subnetIds).toHaveLength(1);
    const traffic = recording.one('aws:ec2/securityGroup:SecurityGroup', 'train-efa').inputs;
    for (const rule of [...traffic.ingress, ...traffic.egress]) expect(rule).toMatchObject({ self: true, protocol: '-1' });
    expect(templateTags(recording)['resources/vpc.amazonaws.com/efa']).toBe('32');
  });

  test('EFA begins at the second card where the first takes none', async () => {
    const recording = await record(() => nodes('train', { ...efa, instanceTypes: ['p6-b300.48xlarge'] }));
    const cards = recording.one(TEMPLATE).inputs.networkInterfaces.slice(1).map(({ networkCardIndex }: { networkCardIndex: number }) => networkCardIndex);
    expect(cards).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
  });

  test.each([
    [{ kind: 'spot' }, 'SPOT', {}],
    [{ kind: 'reservation', capacityReservationId: 'cr-0123456789abcdef0' }, 'ON_DEMAND', { capacityReservationPreference: 'capacity-reservations-only', capacityReservationTarget: { capacityReservationId: 'cr-0123456789abcdef0' } }],
  ] as const)('is bought as %j', async (purchase, capacityType, reservation) => {
    const recording = await record(() => nodes('gpu', { ...gpu, purchase }));
    expect(recording.one(GROUP).inputs).toMatchObject({ capacityType, instanceTypes: ['g6.2xlarge'] });
    expect(recording.one(TEMPLATE).inputs.capacityReservationSpecification ?? {}).toEqual(reservation);
  });

  test('a Capacity Block is taken by the template, with its type', async () => {
    const recording = await record(() => nodes('gpu', { ...efa, purchase: { kind: 'capacity-block', capacityReservationId: 'cr-0123456789abcdef0' } }));
    expect(recording.one(GROUP).inputs).toMatchObject({ capacityType: 'CAPACITY_BLOCK' });
    expect(recording.one(GROUP).inputs.instanceTypes).toBeUndefined();
    expect(recording.one(TEMPLATE).inputs).toMatchObject({ instanceType: 'p5.48xlarge', instanceMarketOptions: { marketType: 'capacity-block' } });
  });

  test('is put into the zones that offer its types', async () => {
    const offeredZones = new Map([['g6.2xlarge', ['eu-central-1b', 'eu-central-1c']]]);
    const recording = await record(() => nodes('gpu', { ...gpu, offeredZones }));
    const subnets = recording.one(GROUP).inputs.subnetIds;
    const ids = await Promise.all(recording.result.network.privateSubnetIds.map(recording.valueOf));
    expect(subnets).toEqual(ids.slice(1));
  });

  test('waits for the add-ons that give pods addresses', async () => {
    const recording = await record(() => nodes('cpu', cpu));
    expect(recording.one(GROUP).options.dependsOn).toEqual(recording.result.networkAddOns.addOns);
  });

  test('no policy objects', async () => {
    expect(findings(await record(() => nodes('train', efa)))).toEqual([]);
    expect(findings(await record(() => nodes('cpu', cpu)))).toEqual([]);
  });

  test('shows the same resources in a preview, where nothing is known', async () => {
    const names = (recording: { resources: readonly { type: string; name: string }[] }) => recording.resources.map(({ type, name }) => `${type} ${name}`).sort();
    expect(names(await record(() => nodes('gpu', gpu), { preview: true }))).toEqual(names(await record(() => nodes('gpu', gpu))));
  });

  test.each<[Partial<NodeGroupArgs>, string]>([
    [{ instanceTypes: [] }, "gpu: instanceTypes is []; expected one type or more"],
    [{ instanceTypes: ['m7i.xlarge'] }, "types with GPUs in a group of kind 'gpu'"],
    [{ kind: 'cpu' }, 'this one has 1 L4'],
    [{ instanceTypes: ['g6.2xlarge', 'g5.2xlarge'] }, "instanceTypes is 'g5.2xlarge'; expected types with one kind of GPU, as 'g6.2xlarge' (L4)"],
    [{ instanceTypes: ['g6.2xlarge', 'g5g.2xlarge'] }, 'types of one architecture'],
    [{ instanceTypes: ['g6.2xlarge', 'g6.2xlarge'] }, 'each type once'],
    [{ efa: true }, "types with EFA where 'efa' is on"],
    [{ efa: true, instanceTypes: ['p5.48xlarge'], zones: ['eu-central-1a', 'eu-central-1b'] }, 'a placement group is in one'],
    [{ max: 0 }, 'max is 0; expected a whole number from 1 to 450'],
    [{ min: 5 }, 'max is 4; expected a whole number from 5 to 450'],
    [{ desired: 9 }, 'desired is 9'],
    [{ diskGib: 10 }, 'diskGib is 10'],
    [{ criticalAddonsOnly: true }, "expected kind 'system' with it"],
    [{ zones: ['eu-west-1a'] }, "zones is 'eu-west-1a'; expected zones of the network: eu-central-1a"],
    [{ offeredZones: new Map([['g6.2xlarge', []]]) }, "instanceTypes is 'g6.2xlarge'; expected types that the region offers"],
    [{ offeredZones: new Map([['g6.2xlarge', ['eu-central-1d']]]) }, 'only eu-central-1d has this one'],
    [{ offeredZones: new Map([['g6.2xlarge', ['eu-central-1b']]]), zones: ['eu-central-1a'] }, 'a zone that offers all the types'],
    [{ purchase: { kind: 'reservation', capacityReservationId: 'mine' } }, "an id such as 'cr-0123456789abcdef0'"],
    [{ purchase: { kind: 'capacity-block', capacityReservationId: 'cr-0123456789abcdef0' }, instanceTypes: ['g6.2xlarge', 'g6.4xlarge'] }, 'the one type that the Capacity Block is of'],
    [{ labels: { 'eks.amazonaws.com/x': 'y' } }, "labels is 'eks.amazonaws.com/x'"],
  ])('refuses %j before it is declared', async (more, message) => {
    const recording = await record(() => {
      expect(() => nodes('gpu', { ...gpu, ...more })).toThrow(message);
    });
    expect(recording.ofType('kubeflow-cdk:aws:NodeGroup')).toEqual([]);
  });
});
