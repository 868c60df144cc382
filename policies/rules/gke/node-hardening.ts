import { cis } from '../cis';
import { isOff, isOn } from '../cloud/inputs';
import { shown } from '../shown';
import { cluster, clusterInput, nodeSetting, nodePolicy, nodePool } from './cluster';

/** CIS GKE 5.5.1: nodes run Container-Optimized OS. */
export const nodeImage = nodePolicy({
  id: 'gke-node-image',
  title: 'GKE nodes run Container-Optimized OS',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: cis({ gke: '5.5.1' }),
  rationale:
    'Container-Optimized OS has little in it besides containerd and the kubelet, a root file system that cannot be changed, ' +
    'and updates from Google. Other images carry packages that nobody on a node needs, but an intruder.',
  remediation: 'Set nodeConfig.imageType to COS_CONTAINERD, or leave it out.',
  examples: { fails: nodePool({ nodeConfig: { imageType: 'UBUNTU_CONTAINERD' } }), passes: nodePool({ nodeConfig: { imageType: 'COS_CONTAINERD' } }) },
  checkNodes(nodes, resource, report) {
    const { path, value } = nodeSetting(resource, nodes, 'imageType');
    // It is what Google takes if none is named. Plain COS, with Docker, is the same system in old clusters.
    if (value === undefined || value === '' || /^COS/i.test(String(value))) return;
    report.finding({ path, found: value, message: `${nodes.name}: the image is ${shown(value)}, not Container-Optimized OS`, fix: 'COS_CONTAINERD' });
  },
});

/** CIS GKE 5.5.5: nodes prove to the control plane that they are its own. */
export const shieldedNodes = clusterInput({
  id: 'gke-shielded-nodes',
  title: 'GKE clusters have shielded nodes',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ gke: '5.5.5' }),
  rationale:
    'Without shielded nodes, whoever gets at the bootstrap credentials of a node from inside a pod can pass for any node of ' +
    'the cluster, and read the Secrets of the pods on it. Shielded nodes are identified by their virtual TPM.',
  remediation: 'Leave enableShieldedNodes out, or set it to true.',
  examples: { fails: cluster({ enableShieldedNodes: false }), passes: cluster({}) },
  enforcedByAutopilot: true,
  path: ['enableShieldedNodes'],
  meets: (value) => value === undefined || isOn(value),
  problem: 'has no shielded nodes',
  fix: true,
});

const INTEGRITY = ['shieldedInstanceConfig', 'enableIntegrityMonitoring'];

/** CIS GKE 5.5.6: a changed boot sequence is noticed. */
export const integrityMonitoring = nodePolicy({
  id: 'gke-integrity-monitoring',
  title: 'GKE nodes have integrity monitoring',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: cis({ gke: '5.5.6' }),
  rationale:
    'Integrity monitoring compares what a node boots with what it booted first, and logs the difference, so that a changed ' +
    'boot loader or kernel is noticed.',
  remediation: 'Leave nodeConfig.shieldedInstanceConfig.enableIntegrityMonitoring out, or set it to true.',
  examples: {
    fails: nodePool({ nodeConfig: { shieldedInstanceConfig: { enableIntegrityMonitoring: false } } }),
    passes: nodePool({ nodeConfig: { shieldedInstanceConfig: { enableIntegrityMonitoring: true } } }),
  },
  checkNodes(nodes, resource, report) {
    const { path, value } = nodeSetting(resource, nodes, ...INTEGRITY);
    // On by default.
    if (value === undefined || isOn(value)) return;
    report.finding({ path, found: value, message: `${nodes.name}: integrity monitoring is ${isOff(value) ? 'off' : 'not on'}`, fix: true });
  },
});

const SECURE_BOOT = ['shieldedInstanceConfig', 'enableSecureBoot'];

/** CIS GKE 5.5.7: nodes boot signed software only. */
export const secureBoot = nodePolicy({
  id: 'gke-secure-boot',
  title: 'GKE nodes boot signed software only',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: cis({ gke: '5.5.7' }),
  rationale:
    'Secure Boot checks the signature of every part of the boot sequence and stops at one that is not signed, so that a ' +
    'rootkit does not survive a restart. It is off unless it is asked for.',
  remediation: 'Set nodeConfig.shieldedInstanceConfig.enableSecureBoot to true; it rules out kernel modules that are not signed.',
  examples: {
    fails: nodePool({ nodeConfig: { machineType: 'e2-standard-4' } }),
    passes: nodePool({ nodeConfig: { shieldedInstanceConfig: { enableSecureBoot: true } } }),
  },
  checkNodes(nodes, resource, report) {
    const { path, value } = nodeSetting(resource, nodes, ...SECURE_BOOT);
    if (isOn(value)) return;
    report.finding({ path, found: value, message: `${nodes.name}: Secure Boot is off`, fix: true });
  },
});
