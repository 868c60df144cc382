import { read } from '../../engine/field-path';
import { apiGroup, isFields, type KubernetesObject } from '../../engine/object';
import type { ObjectPolicy } from '../../engine/policy';
import { cis } from '../cis';
import { shown } from '../shown';
import { isNamed } from './inputs';

/** Annotations by which the controller of GKE, and those of others, are given a certificate outside of the Ingress. */
const CERTIFICATES_OF_GKE = ['networking.gke.io/managed-certificates', 'ingress.gcp.kubernetes.io/pre-shared-cert'];
const CERTIFICATES_OF_OTHERS = [
  'appgw.ingress.kubernetes.io/appgw-ssl-certificate',
  'kubernetes.azure.com/tls-cert-keyvault-uri',
  'alb.ingress.kubernetes.io/certificate-arn',
];
const CLASS = 'kubernetes.io/ingress.class';
/** What only the controller of GKE reads. */
const OF_GKE = /^(networking\.gke\.io|ingress\.gcp\.kubernetes\.io)\/|^kubernetes\.io\/ingress\.global-static-ip-name$/;

const AKS = cis({ aks: '5.4.5' });
const GKE = cis({ gke: '5.6.7' });

function ingress(spec: object): KubernetesObject {
  const backend = { service: { name: 'web', port: { number: 80 } } };
  const rules = [{ host: 'web.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }];
  return { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web', namespace: 'team-a' }, spec: { rules, ...spec } };
}

/** CIS AKS 5.4.5 of every Ingress, CIS GKE 5.6.7 of those for which GKE makes an external load balancer, as advice if it only would. */
export const ingressTls: ObjectPolicy = {
  id: 'ingress-tls',
  title: 'Ingresses have a TLS certificate',
  severity: 'high',
  enforcement: 'mandatory',
  controls: [...GKE, ...AKS],
  rationale:
    'Without a certificate a load balancer speaks plain HTTP: what people send to the cluster, passwords and sessions included, ' +
    'can be read and changed on its way.',
  remediation:
    'List the hosts, and the secret with their certificate, in spec.tls. Where the load balancer has certificates of its own, name one in the ' +
    'annotation of its controller, e.g. networking.gke.io/managed-certificates.',
  examples: { fails: ingress({}), passes: ingress({ tls: [{ hosts: ['web.example.com'], secretName: 'web-tls' }] }) },
  appliesTo: (object) => object.kind === 'Ingress' && ['networking.k8s.io', 'extensions'].includes(apiGroup(object)),
  check(object, report) {
    const path = ['spec', 'tls'];
    const tls = read(object, ...path);
    if (Array.isArray(tls) && tls.some((_, index) => isFields(read(tls, index)))) return;
    const annotations = read(object, 'metadata', 'annotations');
    const names = (certificates: readonly string[]): boolean => certificates.some((annotation) => isNamed(read(annotations, annotation)));
    if (names(CERTIFICATES_OF_GKE)) return;
    const message = `Ingress '${shown(read(object, 'metadata', 'name') ?? '')}' has no TLS certificate`;
    const google = isForGoogle(object);
    const others = names(CERTIFICATES_OF_OTHERS);
    const controls = [...(google ? GKE : []), ...(others ? [] : AKS)];
    if (controls.length > 0) report.finding({ path, found: tls, message, controls });
    if (google === undefined && !others) report.finding({ path, found: tls, message: `${message} for the load balancer that GKE would make`, controls: GKE, enforcement: 'advisory' });
  },
};

/** Whether GKE makes an external load balancer for an Ingress; `undefined` if the Ingress leaves that to the cluster. */
function isForGoogle(object: KubernetesObject): boolean | undefined {
  const annotations = read(object, 'metadata', 'annotations');
  const name = read(annotations, CLASS) ?? read(object, 'spec', 'ingressClassName');
  if (name !== undefined) return name === 'gce';
  return isFields(annotations) && Object.keys(annotations).some((key) => OF_GKE.test(key)) ? true : undefined;
}
