import { cis } from '../cis';
import { grants, type Operation } from './grant';
import { type RoleConcern, rolePolicies } from './role-policy';

/** A concern about what may be done to some resources. */
function accessPolicies({ operations, ...about }: Omit<RoleConcern, 'violations' | 'enforcement'> & { readonly operations: readonly Operation[] }) {
  return rolePolicies({ ...about, enforcement: 'mandatory', violations: (rule) => grants(rule, operations) });
}

/** CIS 5.1.2. */
export const secretAccess = accessPolicies({
  id: 'secret-access',
  title: 'Roles do not let their subjects read Secrets',
  severity: 'high',
  controls: cis({ kubernetes: '5.1.2', eks: '4.1.2', gke: '4.1.2', aks: '4.1.2' }),
  rationale:
    'Whoever reads Secrets has the credentials of every program that keeps them there, within the cluster and beyond it; list ' +
    'and watch show the contents like get. A rule that names the Secrets it is about (resourceNames) is narrow, and passes.',
  remediation: 'Remove get, list and watch on secrets, or name the Secrets that are needed in resourceNames.',
  examples: {
    fails: { apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list'] },
    passes: { apiGroups: [''], resources: ['secrets'], resourceNames: ['registry-credentials'], verbs: ['get'] },
  },
  operations: [{ groups: [''], resources: ['secrets'], verbs: ['get', 'list', 'watch'], passesByName: true }],
});

/** CIS 5.1.4. */
export const podCreation = accessPolicies({
  id: 'pod-creation',
  title: 'Roles do not let their subjects create pods',
  severity: 'medium',
  controls: cis({ kubernetes: '5.1.4', eks: '4.1.4', aks: '4.1.4' }),
  rationale:
    'Whoever creates pods in a namespace can run them as any of its ServiceAccounts and mount any of its Secrets, and so has ' +
    'the rights of all of them; where no Pod Security Standard is enforced, those of the node too.',
  remediation: 'Remove create on pods; let people and programs create workloads through a controller that they do not control.',
  examples: {
    fails: { apiGroups: [''], resources: ['pods'], verbs: ['create'] },
    passes: { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
  },
  operations: [{ groups: [''], resources: ['pods'], verbs: ['create'], passesByName: true }],
});

/** CIS 5.1.9. */
export const persistentVolumeCreation = accessPolicies({
  id: 'persistent-volume-creation',
  title: 'Roles do not let their subjects create PersistentVolumes',
  severity: 'medium',
  controls: cis({ kubernetes: '5.1.9', eks: '4.1.9', aks: '4.1.8' }),
  rationale: 'A PersistentVolume may be a hostPath, and thereby any directory of a node, past the policies that keep pods from mounting one themselves.',
  remediation: 'Remove create on persistentvolumes; volumes are made by the provisioner of a StorageClass, on claims.',
  examples: {
    fails: { apiGroups: [''], resources: ['persistentvolumes'], verbs: ['create', 'delete'] },
    passes: { apiGroups: [''], resources: ['persistentvolumeclaims'], verbs: ['create', 'delete'] },
  },
  operations: [{ groups: [''], resources: ['persistentvolumes'], verbs: ['create'], passesByName: true }],
});

/** CIS 5.1.10. */
export const nodeProxyAccess = accessPolicies({
  id: 'node-proxy-access',
  title: 'Roles do not open the proxy of nodes',
  severity: 'high',
  controls: cis({ kubernetes: '5.1.10', eks: '4.1.10', aks: '4.1.9' }),
  rationale:
    'The proxy subresource of a node reaches the API of its kubelet, which runs commands in every pod there; neither admission ' +
    'nor the audit log of the API server sees it. A rule for every resource of the core group opens it too.',
  remediation: 'Remove nodes/proxy, and name the resources that are needed instead of a wildcard; metrics are at nodes/metrics.',
  examples: {
    fails: { apiGroups: [''], resources: ['nodes/proxy'], verbs: ['get'] },
    passes: { apiGroups: [''], resources: ['nodes', 'nodes/metrics'], verbs: ['get'] },
  },
  operations: [{ groups: [''], resources: ['nodes/proxy'] }],
});

/** CIS 5.1.11. */
export const certificateApproval = accessPolicies({
  id: 'certificate-approval',
  title: 'Roles do not let their subjects approve certificates',
  severity: 'high',
  controls: cis({ kubernetes: '5.1.11', aks: '4.1.10' }),
  rationale:
    'Whoever approves CertificateSigningRequests can have a client certificate signed for any user or group, and so become ' +
    'anyone, until the certificate expires.',
  remediation: 'Remove update and patch on certificatesigningrequests/approval, and approve on signers.',
  examples: {
    fails: { apiGroups: ['certificates.k8s.io'], resources: ['certificatesigningrequests/approval'], verbs: ['update'] },
    passes: { apiGroups: ['certificates.k8s.io'], resources: ['certificatesigningrequests'], verbs: ['create', 'get'] },
  },
  operations: [
    { groups: ['certificates.k8s.io'], resources: ['certificatesigningrequests/approval'], verbs: ['update', 'patch'] },
    // Nothing is approved by this verb alone, so it counts only where a rule is about signers. Nor is anything granted by
    // a rule that leaves the group empty; but it is plain what was meant, and the next correction grants it.
    { groups: ['', 'certificates.k8s.io'], resources: ['signers'], verbs: ['approve'], explicit: true },
    { groups: [''], resources: ['certificatesigningrequests/approval'], verbs: ['update', 'patch'], explicit: true },
  ],
});

/** CIS 5.1.12. */
export const webhookConfiguration = accessPolicies({
  id: 'webhook-configuration',
  title: 'Roles do not let their subjects change admission webhooks',
  severity: 'high',
  controls: cis({ kubernetes: '5.1.12', eks: '4.1.11', aks: '4.1.11' }),
  rationale:
    'A webhook configuration decides which requests a webhook sees: through one, someone can read every Secret that is ' +
    'written, change every pod that is created, or switch off a policy. That a rule names one configuration helps little, because ' +
    'any configuration can be widened to all requests.',
  remediation: 'Remove the writing verbs on validatingwebhookconfigurations and mutatingwebhookconfigurations; let the deployer install them, with the certificate authority injected by cert-manager.',
  examples: {
    fails: { apiGroups: ['admissionregistration.k8s.io'], resources: ['mutatingwebhookconfigurations'], verbs: ['patch'] },
    passes: { apiGroups: ['admissionregistration.k8s.io'], resources: ['mutatingwebhookconfigurations'], verbs: ['get', 'list', 'watch'] },
  },
  operations: [
    {
      groups: ['admissionregistration.k8s.io'],
      resources: ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'],
      verbs: ['create', 'update', 'patch', 'delete', 'deletecollection'],
    },
  ],
});

/** CIS 5.1.13. */
export const serviceAccountTokenCreation = accessPolicies({
  id: 'service-account-token-creation',
  title: 'Roles do not let their subjects create tokens of ServiceAccounts',
  severity: 'high',
  controls: cis({ kubernetes: '5.1.13', eks: '4.1.12', aks: '4.1.12' }),
  rationale: 'A token of a ServiceAccount carries all of its rights wherever it is taken, for as long as its creator asks, and no one can call it back.',
  remediation: 'Remove create on serviceaccounts/token; pods get tokens of their own account from the kubelet.',
  examples: {
    fails: { apiGroups: [''], resources: ['serviceaccounts/token'], verbs: ['create'] },
    passes: { apiGroups: [''], resources: ['serviceaccounts'], verbs: ['get', 'create'] },
  },
  operations: [{ groups: [''], resources: ['serviceaccounts/token'], verbs: ['create'] }],
});

/** CIS 5.1.8. */
export const escalation = accessPolicies({
  id: 'privilege-granting',
  title: 'Roles do not let their subjects bind, escalate or impersonate',
  severity: 'critical',
  controls: cis({ kubernetes: '5.1.8', eks: '4.1.8', gke: '4.1.7', aks: '4.1.7' }),
  rationale:
    'These verbs lift the rule that nobody can grant rights they do not have: bind gives any role to anyone, escalate writes ' +
    'any right into a role, impersonate acts as another user, group or ServiceAccount. Each leads to cluster-admin.',
  remediation: 'Remove bind, escalate, impersonate and * on roles, bindings, users, groups and serviceaccounts; list the other verbs that are needed.',
  examples: {
    fails: { apiGroups: ['rbac.authorization.k8s.io'], resources: ['clusterroles'], verbs: ['bind'] },
    passes: { apiGroups: ['rbac.authorization.k8s.io'], resources: ['rolebindings'], verbs: ['get', 'list', 'create'] },
  },
  operations: [
    {
      groups: ['rbac.authorization.k8s.io'],
      resources: ['roles', 'clusterroles', 'rolebindings', 'clusterrolebindings'],
      verbs: ['bind', 'escalate', 'impersonate'],
    },
    { groups: ['', 'authentication.k8s.io'], resources: ['users', 'groups', 'serviceaccounts', 'uids', 'userextras/*'], verbs: ['impersonate'] },
  ],
});
