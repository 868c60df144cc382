import { createPrivateKey, X509Certificate } from 'node:crypto';
import * as pulumi from '@pulumi/pulumi';
import { k8s } from 'cdk8s-plus-27';
import { asString } from '../../components/bridge';
import { checkCaCertificates } from '../../components/sql';
import { ca, type CertManager, type IssuerSource, vault } from '../../constructs/cert-manager';
import { InvalidInputError } from '../../constructs/core';
import type { OnpremConfig } from '../config';
import { fileText } from '../config/file-text';
import { type ConfiguredSecret, secretInput } from '../config/secret-input';
import { ofSection } from '../config/of-section';

type Certificates = NonNullable<OnpremConfig['certificates']>;
type KeyPair = Extract<Certificates, { readonly given: unknown }>['given'];

/** The Secret that the ingress gateway has its certificate from, and the names in it. */
export interface GatewayCertificate {
  readonly secretName: string;
}

/** Namespace of the ingress gateway, and the Secret it reads there. */
const GATEWAY = { namespace: 'istio-system', secretName: 'kubeflow-gateway-tls' } as const;
const CA = { namespace: 'cert-manager', secretName: 'kubeflow-gateway-ca' } as const;

/** The certificate of the ingress gateway, if there is to be one. */
export function gatewayCertificate(certManager: CertManager, { certificates, domain }: OnpremConfig): GatewayCertificate | undefined {
  if (!certificates) return undefined;
  const dnsNames: readonly [string, string] = [domain, `*.${domain}`];
  if ('given' in certificates) {
    const [certificate] = checkedPair('certificates.given', certificates.given);
    const absent = dnsNames.filter((name) => certificate.checkHost(name.replace('*', 'any')) === undefined);
    if (absent.length > 0) refuse('certificates.given', 'certificateFile', certificate.subjectAltName ?? certificate.subject, `a certificate for ${dnsNames.join(' and ')}; it is not for ${absent.join(' or ')}`);
    keyPairSecret(certManager, 'gateway-certificate', GATEWAY, 'certificates.given', certificates.given);
    return GATEWAY;
  }
  const issuer = certManager.publicIssuer('own-ca', source(certManager, certificates));
  return issuer.certificate(certManager, 'gateway-certificate', { ...GATEWAY, name: 'kubeflow-gateway', dnsNames });
}

function source(certManager: CertManager, certificates: Exclude<Certificates, { readonly given: unknown }>): IssuerSource {
  if ('vault' in certificates) {
    const { caFile, ...server } = certificates.vault;
    return ofSection('certificates.vault', () => vault({ ...server, ...(caFile !== undefined && { caBundle: caBundle(caFile) }) }), { caCertificates: 'caFile' });
  }
  const [certificate] = checkedPair('certificates.ca', certificates.ca);
  if (!certificate.ca) refuse('certificates.ca', 'certificateFile', certificate.subject, 'the certificate of an authority; for one of a server, use certificates.given');
  keyPairSecret(certManager, 'gateway-ca', CA, 'certificates.ca', certificates.ca);
  return ca(CA);
}

function caBundle(file: string): string {
  return Buffer.from(checkCaCertificates(fileText(file, 'certificates.vault.caFile'), 'certificates.vault')).toString('base64');
}

/** The first certificate of the file, which is the key's own. The key is checked where it is known. */
function checkedPair(section: string, { certificateFile, key }: KeyPair): readonly [X509Certificate] {
  const certificate = certificateIn(fileText(certificateFile, `${section}.certificateFile`)) ?? refuse(section, 'certificateFile', certificateFile, 'certificates in PEM, the one of the key first');
  if (typeof key === 'string' && !belongs(certificate, key)) refuse(section, 'key', '(secret)', `the private key of the first certificate in ${certificateFile}, in PEM and not encrypted`);
  return [certificate];
}

function certificateIn(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function belongs(certificate: X509Certificate, key: string): boolean {
  try {
    return certificate.checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

function keyPairSecret(scope: CertManager, id: string, { namespace, secretName }: typeof GATEWAY | typeof CA, section: string, { certificateFile, key }: { readonly certificateFile: string; readonly key: ConfiguredSecret }): void {
  new k8s.KubeSecret(scope, id, {
    metadata: { name: secretName, namespace },
    type: 'kubernetes.io/tls',
    stringData: {
      'tls.crt': fileText(certificateFile, `${section}.certificateFile`),
      'tls.key': asString(pulumi.secret(secretInput(key, `${section}.key`)), `the key of ${section}`),
    },
  });
}

function refuse(where: string, property: string, value: unknown, expected: string): never {
  throw new InvalidInputError({ property, value, expected, where });
}
