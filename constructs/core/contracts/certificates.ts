import type { Construct } from 'constructs';
import type { Provided } from '../component';

/** A serving certificate that a Service needs. */
export interface ServingCertificateRequest {
  /** Name of the certificate object. */
  readonly name: string;
  readonly namespace: string;
  /** Secret the key pair is put in (`tls.crt`, `tls.key`, `ca.crt`). */
  readonly secretName: string;
  /** Services it is valid for, in the same namespace. */
  readonly services: readonly string[];
}

/** A certificate that will exist. */
export interface ServingCertificate {
  readonly secretName: string;
  /** Annotations that have the CA put into webhooks, CRDs and APIServices that carry them. */
  readonly injectCa: Readonly<Record<string, string>>;
}

/** Who issues certificates in the cluster. */
export interface CertificateIssuer extends Provided {
  /** Declares a serving certificate at `scope`; renewed by itself. */
  servingCertificate(scope: Construct, id: string, request: ServingCertificateRequest): ServingCertificate;
}
