import { existingNetwork, Network, type NetworkArgs } from '../../../../components/gcp';
import { checkRoom, podPrefixOfNode, RANGE_LIMITS, readRange } from '../../../../components/gcp/network/ranges';
import { record, violations } from '../../record';
import { lookups, PLACE, provider } from '../stand';

const FIREWALL = 'gcp:compute/firewall:Firewall';

function make(args: Partial<NetworkArgs> = {}) {
  return record(() => new Network('network', { region: PLACE.region, ...args }, { provider: provider() }));
}

describe('Network', () => {
  it('gives nodes, pods and Services ranges of one subnet, with private Google access and every kind of log', async () => {
    const made = await make();
    const { inputs } = made.one('gcp:compute/subnetwork:Subnetwork');
    expect(inputs).toMatchObject({ ipCidrRange: '10.0.0.0/20', privateIpGoogleAccess: true, logConfig: { flowSampling: 0.5, metadata: 'INCLUDE_ALL_METADATA' } });
    expect(inputs.secondaryIpRanges).toEqual([
      { rangeName: 'pods', ipCidrRange: '10.4.0.0/14' },
      { rangeName: 'services', ipCidrRange: '10.8.0.0/20' },
    ]);
    expect(made.one('gcp:compute/routerNat:RouterNat').inputs).toMatchObject({ sourceSubnetworkIpRangesToNat: 'ALL_SUBNETWORKS_ALL_IP_RANGES', logConfig: { enable: true } });
    expect(made.one('gcp:compute/network:Network').inputs.autoCreateSubnetworks).toBe(false);
    expect(violations(made)).toEqual([]);
  });

  it('lets nobody in but the control plane, to webhooks', async () => {
    const made = await make({ controlPlaneCidr: '172.16.5.0/28', webhookPorts: ['9443'] });
    const open = made.ofType(FIREWALL).filter(({ inputs }) => inputs.allows);
    expect(open.map(({ inputs }) => [inputs.sourceRanges, inputs.allows])).toEqual([[['172.16.5.0/28'], [{ protocol: 'tcp', ports: ['9443'] }]]]);
    expect(made.one(FIREWALL, 'network-deny-ingress').inputs).toMatchObject({ denies: [{ protocol: 'all' }], sourceRanges: ['0.0.0.0/0'], priority: 65_534 });
  });

  it('reserves the range of managed services, and peers with them', async () => {
    const made = await make({ managedServicesCidr: '10.200.0.0/20' });
    const reserved = made.one('gcp:compute/globalAddress:GlobalAddress').inputs;
    expect(reserved).toMatchObject({ purpose: 'VPC_PEERING', address: '10.200.0.0', prefixLength: 20 });
    const { inputs } = made.one('gcp:servicenetworking/connection:Connection');
    expect(inputs.reservedPeeringRanges[0]).toMatch(/^network-managed-services-/);
    expect(inputs.network).toBe(await made.valueOf(made.result.networkId));
  });

  it('is there in a preview, with what is not known yet', async () => {
    const made = await record(() => new Network('network', { region: PLACE.region }, { provider: provider() }), { preview: true });
    expect(made.ofType('gcp:compute/subnetwork:Subnetwork')).toHaveLength(1);
    expect(made.result.controlPlaneCidr).toBe('172.16.0.0/28');
  });

  it.each([
    [{ cidr: 'ten' }, /network: cidr is 'ten'; expected an IPv4 range/],
    [{ cidr: '10.0.0.0/33' }, /cidr is .*expected an IPv4 range/],
    [{ cidr: '10.0.0.5/20' }, /the first address of the range: '10.0.0.0\/20'/],
    [{ cidr: '8.8.8.0/24' }, /cidr is .* a private range/],
    [{ cidr: '172.17.0.0/20' }, /apart from 172.17.0.0\/16/],
    [{ cidr: '10.0.0.0/30' }, /a range of size \/8 to \/29/],
    [{ podCidr: '10.4.0.0/24' }, /podCidr is .*\/9 to \/21/],
    [{ serviceCidr: '10.8.0.0/29' }, /serviceCidr is .*\/16 to \/28/],
    [{ controlPlaneCidr: '172.16.0.0/24' }, /controlPlaneCidr is .*a range of size \/28/],
    [{ podCidr: '10.0.0.0/16' }, /podCidr is .*does not overlap cidr \(10.0.0.0\/20\)/],
    [{ controlPlaneCidr: '10.0.1.0/28' }, /controlPlaneCidr is .*does not overlap cidr/],
    [{ managedServicesCidr: '10.8.8.0/24' }, /managedServicesCidr is .*does not overlap serviceCidr/],
    [{ cidr: '10.0.0.0/26' }, /cidr is .*room for 100 nodes: \/25 or larger \(it has room for 60\)/],
    [{ podCidr: '10.4.0.0/18' }, /podCidr is .*room for 100 nodes of 110 pods: \/17 or larger \(it has room for 64 nodes\)/],
    [{ maxPodsPerNode: 300 }, /maxPodsPerNode is 300; expected a whole number from 8 to 256/],
    [{ maxNodes: 0 }, /maxNodes is 0/],
    [{ flowLogSampling: 0 }, /flowLogSampling is 0/],
    [{ webhookPorts: ['0'] }, /webhookPorts\[0\]/],
  ] satisfies [Partial<NetworkArgs>, RegExp][])('refuses %j and registers nothing', async (args, message) => {
    const seen: string[] = [];
    await record(() => {
      try {
        new Network('network', { region: PLACE.region, ...args });
      } catch (error) {
        seen.push(String(error));
      }
    }).then(({ resources }) => expect(resources).toEqual([]));
    expect(seen.join()).toMatch(message);
  });
});

describe('room for pods', () => {
  // https://cloud.google.com/kubernetes-engine/docs/how-to/flexible-pod-cidr has these pairs.
  it.each([[8, 28], [16, 27], [32, 26], [64, 25], [110, 24], [128, 24], [256, 23]])('a node of %i pods has a /%i', (pods, prefix) => {
    expect(podPrefixOfNode(pods)).toBe(prefix);
  });

  it('is enough at the sizes that errors name', () => {
    const range = (cidr: string, limits: (typeof RANGE_LIMITS)[keyof typeof RANGE_LIMITS]) => readRange('cidr', cidr, limits, 'test');
    expect(() => checkRoom(range('10.0.0.0/25', RANGE_LIMITS.nodes), range('10.4.0.0/17', RANGE_LIMITS.pods), { maxNodes: 100, maxPodsPerNode: 110 }, 'test')).not.toThrow();
  });
});

describe('existingNetwork', () => {
  it('finds the subnet and its VPC, and reads their peering', async () => {
    const made = await record(() => existingNetwork('network', lookups(), { subnetwork: 'shared' }, { provider: provider() }));
    expect(await made.valueOf(made.result.networkId)).toBe('projects/my-project/global/networks/shared');
    expect(await made.valueOf(made.result.subnetId)).toBe('projects/my-project/regions/europe-west4/subnetworks/shared');
    expect(made.resources.filter(({ type }) => !type.startsWith('pulumi:')).map(({ type }) => type)).toEqual(['gcp:servicenetworking/connection:Connection']);
  });

  it.each([
    ['absent', {}, /network: existing.subnetwork is 'absent'; expected a subnet of project 'my-project' in region 'europe-west4'/],
    ['no-ranges', {}, /existing.podRange is 'pods'; expected the name of a secondary range of the subnet \(it has none\)/],
    ['shared', { serviceRange: 'svc' }, /existing.serviceRange is 'svc'; .*it has pods, services/],
    ['no-google-access', {}, /private Google access/],
    ['small', {}, /existing.subnetwork is '10.0.0.0\/28'; expected room for 100 nodes/],
    ['shared', { controlPlaneCidr: '10.8.0.0/28' }, /controlPlaneCidr is .*does not overlap existing.serviceRange/],
  ])('refuses subnet %s with %j', async (subnetwork, more, message) => {
    await record(async () => {
      await expect(existingNetwork('network', lookups(), { subnetwork, ...more }, { provider: provider() })).rejects.toThrow(message);
    });
  });
});
