import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { Certificate } from './certificate';
import { ClusterIssuer, type IssuerRef } from './issuer';
import type { PrivateIssuerSource } from './issuer-source';
import { selfSigned } from './issuer-source';

/** Name of the ClusterIssuer that signs the platform's serving certificates, and of the CA's Certificate and Secret. */
export const PLATFORM_ISSUER = 'kubeflow-platform-ca';

/** Name of the ClusterIssuer that bootstraps the CA; upstream's manifests refer to it too. */
export const SELF_SIGNING_ISSUER = 'kubeflow-self-signing-issuer';

/** Props of {@link PlatformIssuer}. */
export interface PlatformIssuerProps {
  readonly namespace: string;
  readonly source: PrivateIssuerSource;
  readonly clusterDomain: string;
}

/**
 * The ClusterIssuer for serving certificates inside the cluster.
 *
 * Self-signed means one root CA, not self-signed leaves: a leaf that signs itself has a new CA bundle at every renewal, and until
 * every webhook configuration has it and every pod has the new key, calls fail. The CA keeps its key when it is renewed, so bundles
 * and leaves of before and after fit each other. It may sign for names of Services only.
 */
export class PlatformIssuer extends Construct {
  readonly ref: IssuerRef;

  constructor(scope: Construct, id: string, props: PlatformIssuerProps) {
    super(scope, id);
    const { namespace, clusterDomain } = props;
    let source = props.source;
    if (source.kind === 'selfSigned') {
      const bootstrap = new ClusterIssuer(this, 'self-signing', { name: SELF_SIGNING_ISSUER, source: selfSigned() });
      const root = new Certificate(this, 'root', {
        name: PLATFORM_ISSUER,
        namespace,
        secretName: PLATFORM_ISSUER,
        issuer: bootstrap.ref,
        commonName: PLATFORM_ISSUER,
        isCa: true,
        usages: ['digital signature', 'cert sign', 'crl sign'],
        duration: Duration.days(3650),
        renewBefore: Duration.days(365),
        rotateKey: false,
        permittedDnsDomains: ['svc', `svc.${clusterDomain}`],
      });
      source = { kind: 'ca', secretName: root.secretName };
    }
    this.ref = new ClusterIssuer(this, 'issuer', { name: PLATFORM_ISSUER, source }).ref;
  }
}
