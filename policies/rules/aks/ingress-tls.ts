import { read } from '../../engine/field-path';
import { apiGroup, isFields, type KubernetesObject } from '../../engine/object';
import type { ObjectPolicy } from '../../engine/policy';
import { cis } from '../cis';

/** Annotations by which controllers are given a certificate outside of the Ingress. */
const CERTIFICATES = [
  'appgw.ingress.kubernetes.io/appgw-ssl-certificate',
  'kubernetes.azure.com/tls-cert-keyvault-uri',
  'alb.ingress.kubernetes.io/certificate-arn',
  'networking.gke.io/managed-certificates',
  'ingress.gcp.kubernetes.io/pre-shared-cert',
];

function ingress(spec: object): KubernetesObject {
  const backend = { service: { name: 'web', port: { number: 80 } } };
  const rules = [{ host: 'web.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }];
  return { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web', namespace: 'team-a' }, spec: { rules, ...spec } };
}

/** CIS AKS 5.4.5: what comes in through a load balancer is encrypted. */
export const ingressTls: ObjectPolicy = {
  id: 'aks-ingress-tls',
  title: 'Ingresses have a TLS certificate',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: cis({ aks: '5.4.5' }),
  rationale: 'Without TLS, what people send to the cluster, passwords and sessions included, can be read and changed on its way.',
  remediation: 'List the hosts, and the secret with their certificate, in spec.tls.',
  examples: { fails: ingress({}), passes: ingress({ tls: [{ hosts: ['web.example.com'], secretName: 'web-tls' }] }) },
  appliesTo: (object) => object.kind === 'Ingress' && ['networking.k8s.io', 'extensions'].includes(apiGroup(object)),
  check(object, report) {
    const path = ['spec', 'tls'];
    const tls = read(object, ...path);
    if (Array.isArray(tls) && tls.some((_, index) => isFields(read(tls, index)))) return;
    const annotations = read(object, 'metadata', 'annotations');
    if (CERTIFICATES.some((annotation) => read(annotations, annotation) !== undefined)) return;
    report.finding({ path, found: tls, message: `ingress '${String(read(object, 'metadata', 'name') ?? '')}' has no TLS certificate` });
  },
};
