import { read } from './field-path';
import type { Inventory } from './inventory';
import { apiGroup, type ObjectKind } from './object';
import type { PolicyContext } from './policy';
import { isBuiltIn } from './templates/built-in';
import { isKnownCustomResource } from './templates/custom-resources';
import { readOr } from './unknown-value';

/** Whether objects of a kind are in a namespace, or of the cluster as a whole. */
export type Scope = 'namespaced' | 'cluster';

/** Cluster-scoped kinds up to Kubernetes 1.36, of any built-in group: none of these names means two things. */
export const CLUSTER_KINDS: ReadonlySet<string> = new Set([
  'APIService', 'CSIDriver', 'CSINode', 'CertificateSigningRequest', 'ClusterRole', 'ClusterRoleBinding', 'ClusterTrustBundle',
  'ComponentStatus', 'CustomResourceDefinition', 'DeviceClass', 'DeviceTaintRule', 'FlowSchema', 'IPAddress', 'ImageReview',
  'IngressClass', 'MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding', 'MutatingWebhookConfiguration', 'Namespace', 'Node',
  'PersistentVolume', 'PodSecurityPolicy', 'PriorityClass', 'PriorityLevelConfiguration', 'ResourceClass', 'ResourcePoolStatusRequest',
  'ResourceSlice', 'RuntimeClass', 'SelfSubjectAccessReview', 'SelfSubjectReview', 'SelfSubjectRulesReview', 'ServiceCIDR',
  'StorageClass', 'StorageVersion', 'StorageVersionMigration', 'SubjectAccessReview', 'TokenReview', 'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding', 'ValidatingWebhookConfiguration', 'VolumeAttachment', 'VolumeAttributesClass',
]);

/** Custom kinds known to be cluster-scoped, by group; `*` where all of a group are. */
const CUSTOM: Readonly<Record<string, readonly string[]>> = {
  'aquasecurity.github.io': ['ClusterComplianceReport', 'ClusterConfigAuditReport', 'ClusterInfraAssessmentReport', 'ClusterRbacAssessmentReport', 'ClusterSbomReport', 'ClusterVulnerabilityReport'],
  'argoproj.io': ['ClusterAnalysisTemplate', 'ClusterWorkflowTemplate'],
  'apiextensions.crossplane.io': ['*'],
  'pkg.crossplane.io': ['*'],
  'kubernetes.crossplane.io': ['Object', 'ObservedObjectCollection', 'ProviderConfig'],
  'cert-manager.io': ['ClusterIssuer'],
  'trust.cert-manager.io': ['Bundle'],
  'cilium.io': ['CiliumBGPAdvertisement', 'CiliumBGPClusterConfig', 'CiliumBGPPeerConfig', 'CiliumBGPPeeringPolicy', 'CiliumCIDRGroup', 'CiliumClusterwideEnvoyConfig', 'CiliumClusterwideNetworkPolicy', 'CiliumEgressGatewayPolicy', 'CiliumExternalWorkload', 'CiliumIdentity', 'CiliumL2AnnouncementPolicy', 'CiliumLoadBalancerIPPool', 'CiliumNode', 'CiliumPodIPPool', 'TracingPolicy'],
  'config.openshift.io': ['*'],
  'constraints.gatekeeper.sh': ['*'],
  'templates.gatekeeper.sh': ['*'],
  'mutations.gatekeeper.sh': ['*'],
  'expansion.gatekeeper.sh': ['*'],
  'externaldata.gatekeeper.sh': ['*'],
  'crd.antrea.io': ['ClusterGroup', 'ClusterNetworkPolicy', 'Egress', 'ExternalIPPool', 'Tier'],
  'external-secrets.io': ['ClusterExternalSecret', 'ClusterPushSecret', 'ClusterSecretStore'],
  'gateway.networking.k8s.io': ['GatewayClass'],
  'karpenter.azure.com': ['*'],
  'karpenter.k8s.aws': ['*'],
  'karpenter.sh': ['*'],
  'keda.sh': ['ClusterTriggerAuthentication'],
  'kro.run': ['ResourceGraphDefinition'],
  'kubeflow.org': ['ClusterTrainingRuntime', 'Profile', 'WorkspaceKind'],
  'kueue.x-k8s.io': ['AdmissionCheck', 'ClusterQueue', 'Cohort', 'MultiKueueCluster', 'MultiKueueConfig', 'ProvisioningRequestConfig', 'ResourceFlavor', 'Topology', 'WorkloadPriorityClass'],
  'kyverno.io': ['ClusterAdmissionReport', 'ClusterCleanupPolicy', 'ClusterPolicy', 'GlobalContextEntry'],
  'policies.kyverno.io': ['DeletingPolicy', 'GeneratingPolicy', 'ImageValidatingPolicy', 'MutatingPolicy', 'ValidatingPolicy'],
  'wgpolicyk8s.io': ['ClusterPolicyReport'],
  'machineconfiguration.openshift.io': ['*'],
  'metacontroller.k8s.io': ['CompositeController', 'DecoratorController'],
  'networking.internal.knative.dev': ['ClusterDomainClaim'],
  'nfd.k8s-sigs.io': ['NodeFeatureRule'],
  'nvidia.com': ['ClusterPolicy', 'NVIDIADriver'],
  'operator.tigera.io': ['*'],
  'policies.kubewarden.io': ['ClusterAdmissionPolicy', 'ClusterAdmissionPolicyGroup', 'PolicyServer'],
  'policy.networking.k8s.io': ['*'],
  'project.openshift.io': ['Project'],
  'security.openshift.io': ['SecurityContextConstraints', 'RangeAllocation'],
  'scheduling.volcano.sh': ['Queue'],
  'topology.volcano.sh': ['HyperNode'],
  'serving.kserve.io': ['ClusterLocalModel', 'ClusterServingRuntime', 'ClusterStorageContainer', 'LocalModelCache', 'LocalModelNode', 'LocalModelNodeGroup'],
  'shipwright.io': ['ClusterBuildStrategy'],
  'snapshot.storage.k8s.io': ['VolumeSnapshotClass', 'VolumeSnapshotContent'],
  'groupsnapshot.storage.k8s.io': ['VolumeGroupSnapshotClass', 'VolumeGroupSnapshotContent'],
  'spire.spiffe.io': ['ClusterFederatedTrustDomain', 'ClusterSPIFFEID', 'ClusterStaticEntry'],
  'operator.tekton.dev': ['*'],
  'tekton.dev': ['ClusterTask'],
  'triggers.tekton.dev': ['ClusterInterceptor', 'ClusterTriggerBinding'],
  'trainer.kubeflow.org': ['ClusterTrainingRuntime'],
};
/** Calico keeps its own kinds and what it serves in two groups; these few are in a namespace. */
const CALICO = /(^|\.)projectcalico\.org$/;
const CALICO_NAMESPACED = new Set(['NetworkPolicy', 'NetworkSet', 'StagedNetworkPolicy', 'StagedKubernetesNetworkPolicy']);

/** Groups of files for tools and components: what is in them is in no cluster. */
const FILES =
  /^((kustomize\.config|kubeadm|client\.authentication|audit|apiserver)\.k8s\.io|kind\.x-k8s\.io|config\.kubernetes\.io|config\.(kubeflow\.org|trainer\.kubeflow\.org|jobset\.x-k8s\.io|lws\.x-k8s\.io|kueue\.x-k8s\.io)|controller-runtime\.sigs\.k8s\.io|eksctl\.io|kuttl\.dev|(cli|chainsaw)\.kyverno\.io|hostdata\.kubescape\.cloud)$|\.(config|admission)\.k8s\.io$/;
/** Kinds of the core group that no API server stores. */
const NOT_STORED = new Set(['Config', 'List', 'Status']);

/** Whether this is a file for some tool that only looks like an object of a cluster. */
export function isFile(object: ObjectKind): boolean {
  return FILES.test(apiGroup(object)) || (apiGroup(object) === '' && NOT_STORED.has(object.kind));
}

/**
 * The scope of a kind: of a custom one from its definition, if that is in the evaluation, else from what is known.
 *
 * @returns `undefined` for a custom kind of which nothing is known
 */
export function scopeOf(object: ObjectKind, context: Pick<PolicyContext, 'derive'>): Scope | undefined {
  if (isBuiltIn(object)) return CLUSTER_KINDS.has(object.kind) ? 'cluster' : 'namespaced';
  const group = apiGroup(object);
  const defined = context.derive(definedScopes).get(`${group}/${object.kind}`);
  if (defined) return defined;
  if (CALICO.test(group)) return CALICO_NAMESPACED.has(object.kind) ? 'namespaced' : 'cluster';
  const known = CUSTOM[group] ?? [];
  if (known.includes('*') || known.includes(object.kind)) return 'cluster';
  return isKnownCustomResource(object) ? 'namespaced' : undefined;
}

/** Scopes by `<group>/<kind>`, as the definitions in an evaluation have them. */
function definedScopes(inventory: Inventory): ReadonlyMap<string, Scope> {
  const scopes = new Map<string, Scope>();
  const define = (group: unknown, kind: unknown, scope: Scope) => void scopes.set(`${String(group)}/${String(kind)}`, scope);
  for (const definition of inventory.ofKind('CustomResourceDefinition', 'apiextensions.k8s.io')) {
    const [group, kind, scope] = fields(definition, ['group'], ['names', 'kind'], ['scope']);
    // In v1beta1 a definition could leave its scope out.
    if (scope === 'Cluster') define(group, kind, 'cluster');
    else if (scope === 'Namespaced' || scope === undefined) define(group, kind, 'namespaced');
  }
  for (const definition of inventory.ofKind('CompositeResourceDefinition', 'apiextensions.crossplane.io')) {
    const [group, kind, claim, scope] = fields(definition, ['group'], ['names', 'kind'], ['claimNames', 'kind'], ['scope']);
    const isNamespaced = scope === 'Namespaced' || (scope === undefined && definition.apiVersion.endsWith('/v2'));
    define(group, kind, isNamespaced ? 'namespaced' : 'cluster');
    if (claim !== undefined) define(group, claim, 'namespaced');
  }
  return scopes;
}

function fields(definition: unknown, ...paths: readonly (readonly string[])[]): readonly unknown[] {
  return paths.map((path) => readOr<unknown>(undefined, () => read(definition, 'spec', ...path)));
}
