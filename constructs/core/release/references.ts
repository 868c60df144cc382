import { textOf } from './fields';
import type { ReferenceTarget, ReferenceType } from './options';
import { clusterScoped, inSameNamespace, inSameOrControllerNamespace, kinded } from './reference-targets';

const CERT_MANAGER = 'cert-manager.io';
const GATEWAY_API = 'gateway.networking.k8s.io';
const KSERVE = 'serving.kserve.io';
const STORAGE = 'storage.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';

/** Kubernetes' own kinds. What pods and role bindings refer to has rules of its own. */
const BUILT_IN: readonly ReferenceType[] = [
  { group: 'apps', kind: 'StatefulSet', path: 'spec.serviceName', target: inSameNamespace('', 'Service') },
  { group: 'apps', kind: 'StatefulSet', path: 'spec.volumeClaimTemplates[*].spec.storageClassName', target: clusterScoped(STORAGE, 'StorageClass') },
  { group: '', kind: 'PersistentVolumeClaim', path: 'spec.storageClassName', target: clusterScoped(STORAGE, 'StorageClass') },
  { group: '', kind: 'PersistentVolumeClaim', path: 'spec.volumeName', target: clusterScoped('', 'PersistentVolume') },
  { group: '', kind: 'PersistentVolume', path: 'spec.storageClassName', target: clusterScoped(STORAGE, 'StorageClass') },
  { group: '', kind: 'ServiceAccount', path: 'imagePullSecrets[*].name', target: inSameNamespace('', 'Secret') },
  { group: '', kind: 'Secret', path: 'metadata.annotations["kubernetes.io/service-account.name"]', target: inSameNamespace('', 'ServiceAccount') },
  { group: 'autoscaling', kind: 'HorizontalPodAutoscaler', path: 'spec.scaleTargetRef', target: kinded({ group: '', kind: '' }) },
  { group: 'networking.k8s.io', kind: 'Ingress', path: 'spec.ingressClassName', target: clusterScoped('networking.k8s.io', 'IngressClass') },
  { group: ADMISSION, kind: 'ValidatingAdmissionPolicyBinding', path: 'spec.policyName', target: clusterScoped(ADMISSION, 'ValidatingAdmissionPolicy') },
  { group: ADMISSION, kind: 'MutatingAdmissionPolicyBinding', path: 'spec.policyName', target: clusterScoped(ADMISSION, 'MutatingAdmissionPolicy') },
];

const issuer = kinded({ group: CERT_MANAGER, kind: 'Issuer', clusterKinds: ['ClusterIssuer'] });

/** @see https://cert-manager.io/docs/reference/api-docs/ */
const CERTIFICATES: readonly ReferenceType[] = [
  { group: CERT_MANAGER, kind: 'Certificate', path: 'spec.issuerRef', target: issuer },
  { group: CERT_MANAGER, kind: 'Certificate', path: 'spec.keystores.*.passwordSecretRef.name', target: inSameNamespace('', 'Secret') },
  { group: CERT_MANAGER, kind: 'CertificateRequest', path: 'spec.issuerRef', target: issuer },
  { group: CERT_MANAGER, kind: 'Issuer', path: 'spec.ca.secretName', target: inSameNamespace('', 'Secret') },
  { group: CERT_MANAGER, kind: 'ClusterIssuer', path: 'spec.ca.secretName', target: inSameOrControllerNamespace('', 'Secret') },
];

/** `name` or `namespace/name`; `mesh` is no Gateway but every sidecar. */
const istioGateway: ReferenceTarget = (value, owner) => {
  const text = textOf(value);
  if (!text || text === 'mesh') return [];
  const slash = text.indexOf('/');
  const namespace = slash < 0 ? owner.metadata.namespace : text.slice(0, slash);
  return [{ group: 'networking.istio.io', kind: 'Gateway', namespace, name: text.slice(slash + 1) }];
};

const parentRef = kinded({ group: GATEWAY_API, kind: 'Gateway' });

/** @see https://istio.io/latest/docs/reference/config/networking/ and https://gateway-api.sigs.k8s.io/reference/spec/ */
const NETWORKING: readonly ReferenceType[] = [
  { group: 'networking.istio.io', kind: 'VirtualService', path: 'spec.gateways[*]', target: istioGateway },
  { group: GATEWAY_API, kind: 'Gateway', path: 'spec.gatewayClassName', target: clusterScoped(GATEWAY_API, 'GatewayClass') },
  ...['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'].map((kind): ReferenceType => ({
    group: GATEWAY_API, kind, path: 'spec.parentRefs[*]', target: parentRef,
  })),
];

const servingRuntime: ReferenceTarget = (value, owner) => {
  const name = textOf(value);
  if (!name) return [];
  return [
    { group: KSERVE, kind: 'ServingRuntime', namespace: owner.metadata.namespace, name },
    { group: KSERVE, kind: 'ClusterServingRuntime', name },
  ];
};

/** @see https://kserve.github.io/website/docs/reference/crd-api and https://www.kubeflow.org/docs/components/trainer/ */
const KUBEFLOW: readonly ReferenceType[] = [
  {
    group: 'trainer.kubeflow.org', kind: 'TrainJob', path: 'spec.runtimeRef',
    target: kinded({ group: 'trainer.kubeflow.org', kind: 'ClusterTrainingRuntime', clusterKinds: ['ClusterTrainingRuntime'] }),
  },
  ...['predictor', 'transformer', 'explainer'].flatMap((part): ReferenceType[] => [
    { group: KSERVE, kind: 'InferenceService', path: `spec.${part}.model.runtime`, target: servingRuntime },
    { group: KSERVE, kind: 'InferenceService', path: `spec.${part}.serviceAccountName`, target: inSameNamespace('', 'ServiceAccount') },
    { group: KSERVE, kind: 'InferenceService', path: `spec.${part}.imagePullSecrets[*].name`, target: inSameNamespace('', 'Secret') },
  ]),
  { group: KSERVE, kind: 'InferenceGraph', path: 'spec.nodes.*.steps[*].serviceName', target: inSameNamespace(KSERVE, 'InferenceService') },
  { group: KSERVE, kind: 'TrainedModel', path: 'spec.inferenceService', target: inSameNamespace(KSERVE, 'InferenceService') },
  { group: KSERVE, kind: 'LLMInferenceService', path: 'spec.baseRefs[*].name', target: inSameOrControllerNamespace(KSERVE, 'LLMInferenceServiceConfig') },
];

/** References the graph knows by itself. Components add theirs through its options. */
export const REFERENCES: readonly ReferenceType[] = [...BUILT_IN, ...CERTIFICATES, ...NETWORKING, ...KUBEFLOW];
