import { EksAddOns, EksCluster, EncryptionKey, NetworkAddOns, Network, NodeGroup, NodeRole, PodIdentityRoles, type AwsIdentity, type EksClusterArgs, type NodeGroupArgs } from '../../../components/aws';
import type { Retention } from '../../../components/retention';
import { type CloudResource, evaluate, type Subject } from '../../../policies';
import type { Recording } from '../record';

/** The account of the doubles. */
export const account: AwsIdentity = { accountId: '123456789012', partition: 'aws', region: 'eu-central-1', arn: 'arn:aws:sts::123456789012:assumed-role/deployer/me' };
export const DEPLOYER = 'arn:aws:iam::123456789012:role/deployer';
export const zones = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'];
export const offeredVersions = [
  { version: '1.36', support: 'standard' },
  { version: '1.35', support: 'standard' },
  { version: '1.34', support: 'extended' },
  { version: '1.30', support: 'none' },
] as const;

/** Key and network, as most programs begin. */
export function ground(retention: Retention = 'keep') {
  const key = new EncryptionKey('key', { description: 'the platform', account, users: ['logs', 'autoscaling'], retention });
  const network = new Network('network', { account, zones, keyArn: key.keyArn, retention });
  return { key, network };
}

export function cluster(args: Partial<EksClusterArgs> = {}, retention: Retention = 'keep') {
  const { key, network } = ground(retention);
  const made = new EksCluster('cluster', {
    account,
    network,
    clusterName: 'main',
    kubernetesVersion: '1.36',
    supportedVersions: '>=1.34.0 <1.37.0',
    offeredVersions,
    administrators: [DEPLOYER],
    keyArn: key.keyArn,
    retention,
    ...args,
  });
  return { key, network, cluster: made };
}

export function nodes(name: string, args: Pick<NodeGroupArgs, 'kind' | 'instanceTypes' | 'max'> & Partial<NodeGroupArgs>) {
  const made = cluster();
  const networkAddOns = new NetworkAddOns('network-add-ons', { account, cluster: made.cluster });
  const role = new NodeRole('nodes', { account });
  return { ...made, networkAddOns, group: new NodeGroup(name, { cluster: made.cluster, network: made.network, role, networkAddOns, keyArn: made.key.keyArn, ...args }) };
}

/** Everything, from the key to a role for a ServiceAccount. */
export function everything() {
  const made = nodes('system', { kind: 'system', instanceTypes: ['m7i.xlarge'], min: 2, max: 6 });
  const addOns = new EksAddOns('add-ons', { account, cluster: made.cluster, nodes: [made.group], keyArn: made.key.keyArn });
  const roles = new PodIdentityRoles('roles', { account, cluster: made.cluster });
  return { ...made, addOns, roles };
}

const cloud: { invent(resource: { type: string; name: string; inputs: unknown }): { id: string; state: Record<string, unknown> } } = require('../../doubles/cloud');

/** What the policies find in recorded resources, each known by the id that others refer to it by. */
export function findings({ resources }: Pick<Recording<unknown>, 'resources'>): readonly string[] {
  const subjects = resources
    .filter(({ custom, type }) => custom && !type.startsWith('pulumi:'))
    .map(({ type, name, inputs }): CloudResource => {
      const { id, state } = cloud.invent({ type, name, inputs });
      // Roles are referred to by their ARN, too.
      return { type, name, id: type === 'aws:iam/role:Role' ? String(state.arn) : id, properties: inputs };
    });
  const all: readonly Subject[] = subjects;
  return evaluate(all, { now: new Date('2026-01-01T00:00:00Z') })
    .findings.filter(({ enforcement, waived }) => enforcement === 'mandatory' && !waived)
    .map(({ policy, object, message }) => `${policy}: ${object.kind} ${object.name}: ${message}`);
}
