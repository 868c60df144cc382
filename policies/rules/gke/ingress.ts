import { read } from '../../engine/field-path';
import { apiGroup, isFields, type KubernetesObject } from '../../engine/object';
import type { ObjectPolicy } from '../../engine/policy';
import { cis } from '../cis';
import { isNamed } from '../gcp/inputs';

const CLASS = 'kubernetes.io/ingress.class';
const CERTIFICATES = 'networking.gke.io/managed-certificates';
/** Certificates of the load balancer: Google's or uploaded ones, by name. */
const PRE_SHARED = 'ingress.gcp.kubernetes.io/pre-shared-cert';
/** What only the controller of GKE reads. */
const GKE_ANNOTATION = /^(networking\.gke\.io|ingress\.gcp\.kubernetes\.io)\/|^kubernetes\.io\/ingress\.global-static-ip-name$/;
const GROUPS = new Set(['networking.k8s.io', 'extensions']);

function ingress(annotations: Readonly<Record<string, string>>): KubernetesObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web', namespace: 'team-a', annotations: { [CLASS]: 'gce', ...annotations } },
    spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
  };
}

/** Whether GKE makes an external load balancer for an Ingress, as far as the Ingress says so. */
function isForGoogle(object: KubernetesObject): boolean {
  const annotations = read(object, 'metadata', 'annotations');
  const name = read(annotations, CLASS) ?? read(object, 'spec', 'ingressClassName');
  if (name !== undefined) return name === 'gce';
  return isFields(annotations) && Object.keys(annotations).some((key) => GKE_ANNOTATION.test(key));
}

/** CIS GKE 5.6.7: load balancers have certificates. */
export const ingressCertificate: ObjectPolicy = {
  id: 'gke-ingress-certificate',
  title: 'External GKE load balancers have a certificate',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ gke: '5.6.7' }),
  rationale:
    'Without a certificate the load balancer speaks plain HTTP to the internet, and everyone on the way reads and changes ' +
    'what passes. A certificate that Google manages renews itself, and its key never leaves Google.',
  remediation: `Create a ManagedCertificate and name it in the annotation ${CERTIFICATES}.`,
  examples: { fails: ingress({}), passes: ingress({ [CERTIFICATES]: 'web' }) },
  appliesTo: (object) => object.kind === 'Ingress' && GROUPS.has(apiGroup(object)),
  check(object, report) {
    if (!isForGoogle(object)) return;
    const path = ['metadata', 'annotations', CERTIFICATES];
    const managed = read(object, ...path);
    const tls = read(object, 'spec', 'tls');
    if (isNamed(managed) || isNamed(read(object, 'metadata', 'annotations', PRE_SHARED)) || (Array.isArray(tls) && tls.length > 0)) return;
    report.finding({ path, found: managed, message: `the load balancer of Ingress '${String(object.metadata?.name ?? '')}' has no certificate` });
  },
};
