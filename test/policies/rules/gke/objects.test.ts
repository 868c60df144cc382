import type { KubernetesObject } from '../../../../policies';
import { check } from '../gcp/run';

describe('storage classes', () => {
  const storageClass = (provisioner: unknown, parameters?: unknown): KubernetesObject => ({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast' }, provisioner, parameters });
  const PD = 'pd.csi.storage.gke.io';
  const open = (found: string) => [`parameters.disk-encryption-kms-key | ${found} | storage class 'fast' makes disks that are not encrypted with a key in Cloud KMS`];

  it.each<[KubernetesObject, string[]]>([
    [storageClass(PD, { type: 'pd-ssd' }), open('null')],
    [storageClass(PD), open('null')],
    [storageClass(PD, { 'disk-encryption-kms-key': '' }), open('""')],
    [storageClass(PD, { 'disk-encryption-kms-key': ['k'] }), open('["k"]')],
    [storageClass('kubernetes.io/gce-pd', { type: 'pd-ssd' }), open('null')],
    [storageClass(PD, { 'disk-encryption-kms-key': 'projects/p/locations/l/keyRings/r/cryptoKeys/k' }), []],
    [storageClass('ebs.csi.aws.com', {}), []],
    [storageClass(null), []],
    [{ ...storageClass(PD), apiVersion: 'example.com/v1' }, []],
  ])('%j: %j', (object, expected) => {
    expect(check('gke-persistent-disk-encryption', object)).toEqual(expected);
  });
});

describe('Ingresses', () => {
  const ingress = (annotations: unknown, spec: object = {}, apiVersion = 'networking.k8s.io/v1'): KubernetesObject => {
    const metadata = { name: 'web' };
    Object.assign(metadata, { annotations });
    return { apiVersion, kind: 'Ingress', metadata, spec };
  };
  const GCE = { 'kubernetes.io/ingress.class': 'gce' };
  const CERTIFICATES = 'networking.gke.io/managed-certificates';
  const bare = (found = 'null') => [`metadata.annotations["${CERTIFICATES}"] | ${found} | the load balancer of Ingress 'web' has no certificate`];

  it.each<[KubernetesObject, string[]]>([
    [ingress(GCE), bare()],
    [ingress({ ...GCE, [CERTIFICATES]: '' }), bare('""')],
    [ingress(GCE, {}, 'extensions/v1beta1'), bare()],
    [ingress({}, { ingressClassName: 'gce' }), bare()],
    [ingress({ 'kubernetes.io/ingress.global-static-ip-name': 'web' }), bare()],
    [ingress({ 'networking.gke.io/v1beta1.FrontendConfig': 'web' }), bare()],
    [ingress(GCE, { tls: [] }), bare()],
    [ingress({ ...GCE, [CERTIFICATES]: 'web' }), []],
    [ingress({ ...GCE, 'ingress.gcp.kubernetes.io/pre-shared-cert': 'web' }), []],
    [ingress(GCE, { tls: [{ secretName: 'web' }] }), []],
    [ingress({ 'kubernetes.io/ingress.class': 'gce-internal' }), []],
    [ingress({ 'kubernetes.io/ingress.class': 'nginx', 'networking.gke.io/x': 'y' }), []],
    [ingress({}, { ingressClassName: 'nginx' }), []],
    [ingress({}), []],
    [ingress(null), []],
    [ingress('gce'), []],
    [ingress(GCE, {}, 'example.com/v1'), []],
  ])('%j: %j', (object, expected) => {
    expect(check('gke-ingress-certificate', object)).toEqual(expected);
  });
});
