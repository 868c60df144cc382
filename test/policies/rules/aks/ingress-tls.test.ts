import type { KubernetesObject } from '../../../../policies';
import { check, controls, messages } from '../azure/run';

function ingress(spec: unknown, annotations: Readonly<Record<string, string>> = {}, apiVersion = 'networking.k8s.io/v1'): KubernetesObject {
  return { apiVersion, kind: 'Ingress', metadata: { name: 'web', annotations }, spec };
}

it('wants a certificate', () => {
  for (const tls of [[{ hosts: ['web.example.com'], secretName: 'web' }], [{ secretName: 'web' }], [null, {}]]) expect(check('aks-ingress-tls', ingress({ tls }))).toEqual([]);
  for (const tls of [undefined, null, [], {}, 'web', [null], ['web']]) expect(check('aks-ingress-tls', ingress({ tls }))).toEqual([`web spec.tls = ${JSON.stringify(tls ?? null)}`]);
  for (const spec of [undefined, null, 'x']) expect(check('aks-ingress-tls', ingress(spec))).toHaveLength(1);
  expect(messages('aks-ingress-tls', ingress({}))).toEqual(["ingress 'web' has no TLS certificate"]);
  expect(controls('aks-ingress-tls', 'aks-1.8', ingress({}))).toEqual(['5.4.5']);
});

it('takes a certificate that a controller is given by an annotation', () => {
  for (const name of ['appgw.ingress.kubernetes.io/appgw-ssl-certificate', 'kubernetes.azure.com/tls-cert-keyvault-uri', 'alb.ingress.kubernetes.io/certificate-arn']) expect(check('aks-ingress-tls', ingress({}, { [name]: 'x' }))).toEqual([]);
  expect(check('aks-ingress-tls', ingress({}, { 'nginx.ingress.kubernetes.io/ssl-redirect': 'true' }))).toHaveLength(1);
  expect(check('aks-ingress-tls', { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' })).toHaveLength(1);
});

it('is about ingresses of Kubernetes', () => {
  expect(check('aks-ingress-tls', ingress({}, {}, 'extensions/v1beta1'))).toHaveLength(1);
  for (const apiVersion of ['networking.internal.knative.dev/v1alpha1', 'v1', 'config.openshift.io/v1']) expect(check('aks-ingress-tls', ingress({}, {}, apiVersion))).toEqual([]);
  expect(check('aks-ingress-tls', { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata: { name: 'web' } })).toEqual([]);
});
