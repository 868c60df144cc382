import type { FieldPath } from '../../engine/field-path';
import type { ResourcePolicy } from '../../engine/policy';
import { cis } from '../cis';
import { input, isOn, isOneOf } from '../cloud/inputs';
import { cluster, clusterInput, nodePolicy, nodePool } from './cluster';

/** What makes a policy over one switch of node management. */
interface ManagementPolicy {
  readonly id: string;
  readonly title: string;
  readonly control: string;
  readonly field: string;
  readonly rationale: string;
  /** How the sentence `node pool 'x' is …` ends. */
  readonly problem: string;
}

function managementPolicy({ id, title, control, field, rationale, problem }: ManagementPolicy): ResourcePolicy {
  return nodePolicy({
    id,
    title,
    severity: 'medium',
    enforcement: 'mandatory',
    controls: cis({ gke: control }),
    rationale,
    remediation: `Set management.${field} to true. Left out it is true by default, which is reported as advice.`,
    examples: { fails: nodePool({ management: { [field]: false } }), passes: nodePool({ management: { [field]: true } }) },
    checkNodes({ name, management }, resource, report) {
      if (!management) return;
      const path: FieldPath = [...management, field];
      const value = input(resource, ...path);
      if (isOn(value)) return;
      // Both are on by default; the benchmark, and whoever reads the program, can only see what is stated.
      if (value === undefined) report.finding({ path, found: value, message: `${name}: ${field} is left to the default of the provider`, fix: true, enforcement: 'advisory' });
      else report.finding({ path, found: value, message: `${name}: ${problem}`, fix: true });
    },
  });
}

/** CIS GKE 5.5.2: broken nodes are replaced. */
export const autoRepair = managementPolicy({
  id: 'gke-auto-repair',
  title: 'GKE nodes are repaired automatically',
  control: '5.5.2',
  field: 'autoRepair',
  rationale:
    'A node that fails its health checks keeps the pods it has and takes no others, until someone notices. With automatic ' +
    'repair GKE drains it and makes it anew.',
  problem: 'nodes are not repaired automatically',
});

/** CIS GKE 5.5.3: nodes follow the control plane. */
export const autoUpgrade = managementPolicy({
  id: 'gke-auto-upgrade',
  title: 'GKE nodes are upgraded automatically',
  control: '5.5.3',
  field: 'autoUpgrade',
  rationale:
    'Nodes that are not upgraded miss security fixes of the kubelet, the container runtime and the kernel, and in the end ' +
    'stop working with their control plane.',
  problem: 'nodes are not upgraded automatically',
});

const CHANNELS = ['RAPID', 'REGULAR', 'STABLE', 'EXTENDED'];

/** CIS GKE 5.5.4: versions come from a release channel. */
export const releaseChannel = clusterInput({
  id: 'gke-release-channel',
  title: 'GKE clusters follow a release channel',
  severity: 'low',
  enforcement: 'mandatory',
  controls: cis({ gke: '5.5.4' }),
  rationale:
    'A release channel brings the control plane and the nodes to versions that Google has tried and still supports. A ' +
    'cluster outside of it stays where it is until someone remembers, or until support ends.',
  remediation: 'Set releaseChannel.channel to REGULAR, STABLE or EXTENDED; without it the channel of the cluster is not managed.',
  examples: { fails: cluster({ releaseChannel: { channel: 'UNSPECIFIED' } }), passes: cluster({ releaseChannel: { channel: 'REGULAR' } }) },
  enforcedByAutopilot: true,
  path: ['releaseChannel', 'channel'],
  meets: (value) => isOneOf(value, ...CHANNELS),
  problem: 'follows no release channel',
  fix: 'REGULAR',
});
