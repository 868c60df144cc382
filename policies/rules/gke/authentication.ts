import { read } from '../../engine/field-path';
import { cis } from '../cis';
import { isNamed, isOn } from '../cloud/inputs';
import { cluster, clusterInput } from './cluster';

/** CIS GKE 5.8.1: the API server issues no client certificates. */
export const clientCertificates = clusterInput({
  id: 'gke-client-certificate',
  title: 'GKE clusters issue no client certificate',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ gke: '5.8.1' }),
  rationale:
    'A client certificate cannot be revoked before it expires, and does not know the groups of its holder. Whoever has the ' +
    'one that GKE issues stays an administrator of the cluster for years.',
  remediation: 'Leave masterAuth out, or set masterAuth.clientCertificateConfig.issueClientCertificate to false.',
  examples: {
    fails: cluster({ masterAuth: { clientCertificateConfig: { issueClientCertificate: true } } }),
    passes: cluster({ masterAuth: { clientCertificateConfig: { issueClientCertificate: false } } }),
  },
  enforcedByAutopilot: true,
  path: ['masterAuth', 'clientCertificateConfig', 'issueClientCertificate'],
  meets: (value) => !isOn(value),
  problem: 'issues a client certificate',
  fix: false,
});

/** CIS GKE 5.8.2: groups of Google Workspace are known to RBAC. */
export const googleGroups = clusterInput({
  id: 'gke-google-groups',
  title: 'GKE clusters take RBAC groups from Google Groups',
  severity: 'low',
  enforcement: 'mandatory',
  controls: cis({ gke: '5.8.2' }),
  rationale:
    'With roles bound to groups of Google Workspace, people join and leave in one place, and someone who leaves the company ' +
    'leaves the cluster too. Otherwise each person is bound by name, and forgotten by name.',
  remediation: 'Set authenticatorGroupsConfig.securityGroup to the group gke-security-groups of your domain.',
  examples: {
    fails: cluster({}),
    passes: cluster({ authenticatorGroupsConfig: { securityGroup: 'gke-security-groups@example.com' } }),
  },
  path: ['authenticatorGroupsConfig', 'securityGroup'],
  meets: isNamed,
  problem: 'does not know Google Groups in RBAC',
});

/** CIS GKE 5.8.3: no attribute-based authorisation. */
export const legacyAuthorization = clusterInput({
  id: 'gke-legacy-abac',
  title: 'GKE clusters authorise by RBAC alone',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ gke: '5.8.3' }),
  rationale:
    'The legacy authoriser gives everyone who has any role in the project, and every service account in the cluster, ' +
    'permissions that no RBAC rule takes back.',
  remediation: 'Leave enableLegacyAbac out, or set it to false.',
  examples: { fails: cluster({ enableLegacyAbac: true }), passes: cluster({}) },
  enforcedByAutopilot: true,
  path: ['enableLegacyAbac'],
  meets: (value) => !isOn(value),
  problem: 'uses the legacy authoriser (ABAC)',
  fix: false,
});

/** CIS GKE 5.10.2: no alpha features. */
export const alphaFeatures = clusterInput({
  id: 'gke-alpha-features',
  title: 'GKE clusters have no alpha features',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: cis({ gke: '5.10.2' }),
  rationale:
    'An alpha cluster runs every unfinished feature of Kubernetes, gets no upgrades and no security fixes, and is deleted ' +
    'after thirty days.',
  remediation: 'Leave enableKubernetesAlpha out, or set it to false.',
  examples: { fails: cluster({ enableKubernetesAlpha: true }), passes: cluster({}) },
  enforcedByAutopilot: true,
  path: ['enableKubernetesAlpha'],
  meets: (value) => !isOn(value),
  problem: 'is an alpha cluster',
  fix: false,
});

/** CIS GKE 5.2.2: pods act as service accounts of their own. */
export const workloadIdentity = clusterInput({
  id: 'gke-workload-identity',
  title: 'GKE clusters have Workload Identity',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ gke: '5.2.2' }),
  rationale:
    'Without Workload Identity a pod that calls Google Cloud does so as its node, with all that any pod on the node may ' +
    'need, or with a key that never expires. With it every service account of Kubernetes has an identity of its own.',
  remediation: 'Set workloadIdentityConfig.workloadPool to PROJECT_ID.svc.id.goog.',
  examples: { fails: cluster({}), passes: cluster({ workloadIdentityConfig: { workloadPool: 'my-project.svc.id.goog' } }) },
  enforcedByAutopilot: true,
  path: ['workloadIdentityConfig', 'workloadPool'],
  // Before version 4 of the provider the input was called identityNamespace.
  meets: (value, { properties }) => isNamed(value) || isNamed(read(properties, 'workloadIdentityConfig', 'identityNamespace')),
  problem: 'has no Workload Identity',
});
