import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { InvalidInputError } from '../core/errors';
import { checkDnsLabel } from '../core/names';
import { hasToken } from '../core/token';
import { goDuration } from './duration';
import type { IssuerRef } from './issuer';

/** The key of a certificate. */
export type KeyProps =
  /** `size` is the curve: 256, 384 or 521. @default 256 */
  | { readonly algorithm: 'ECDSA'; readonly size?: 256 | 384 | 521 }
  /** `size` in bits. @default 3072 */
  | { readonly algorithm: 'RSA'; readonly size?: 2048 | 3072 | 4096 }
  | { readonly algorithm: 'Ed25519' };

/** What a certificate may be used for, as far as it is commonly wanted. */
export type KeyUsage = 'digital signature' | 'key encipherment' | 'cert sign' | 'crl sign' | 'server auth' | 'client auth' | 'code signing';

/** Props of {@link Certificate}. */
export interface CertificateProps {
  readonly name: string;
  readonly namespace: string;
  /** Secret the key pair is put in (`tls.crt`, `tls.key`, and `ca.crt` where the issuer knows its CA). */
  readonly secretName: string;
  readonly issuer: IssuerRef;
  readonly dnsNames?: readonly string[];
  readonly ipAddresses?: readonly string[];
  readonly uris?: readonly string[];
  /** At most 64 characters. @default none: clients look at `dnsNames` */
  readonly commonName?: string;
  /** How long it is valid; at least an hour. @default 90 days */
  readonly duration?: Duration;
  /** How long before its end it is renewed; at least five minutes. @default a third of `duration` */
  readonly renewBefore?: Duration;
  /** @default ECDSA on curve P-256 */
  readonly key?: KeyProps;
  /** Whether a renewal makes a new key. @default true */
  readonly rotateKey?: boolean;
  /** @default digital signature and server auth; key encipherment too for RSA */
  readonly usages?: readonly KeyUsage[];
  /** Whether it may sign other certificates. @default false */
  readonly isCa?: boolean;
  /** For a CA: the DNS domains it may sign for, and no others. @default any */
  readonly permittedDnsDomains?: readonly string[];
  readonly secretLabels?: Readonly<Record<string, string>>;
  readonly secretAnnotations?: Readonly<Record<string, string>>;
}

/**
 * A certificate that cert-manager issues and renews.
 *
 * @see https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.Certificate
 */
export class Certificate extends Construct {
  readonly name: string;
  readonly namespace: string;
  readonly secretName: string;

  /** @throws InvalidInputError if it names nothing, or its times or names cannot be */
  constructor(scope: Construct, id: string, props: CertificateProps) {
    super(scope, id);
    const { name, namespace, secretName, issuer, duration = Duration.days(90), key = { algorithm: 'ECDSA' } } = props;
    const renewBefore = props.renewBefore ?? Duration.minutes(Math.floor(duration.toMinutes() / 3));
    this.name = name;
    this.namespace = namespace;
    this.secretName = secretName;
    this.check(props, duration, renewBefore);

    const { secretLabels: labels, secretAnnotations: annotations } = props;
    new ApiObject(this, 'certificate', {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name, namespace },
      spec: {
        secretName,
        issuerRef: { group: 'cert-manager.io', ...issuer },
        ...(props.commonName && { commonName: props.commonName }),
        ...(props.dnsNames && { dnsNames: [...props.dnsNames] }),
        ...(props.ipAddresses && { ipAddresses: [...props.ipAddresses] }),
        ...(props.uris && { uris: [...props.uris] }),
        duration: goDuration(duration),
        renewBefore: goDuration(renewBefore),
        privateKey: {
          algorithm: key.algorithm,
          encoding: 'PKCS8',
          ...(key.algorithm !== 'Ed25519' && { size: key.size ?? (key.algorithm === 'RSA' ? 3072 : 256) }),
          rotationPolicy: props.rotateKey ?? true ? 'Always' : 'Never',
        },
        usages: [...(props.usages ?? ['digital signature', ...(key.algorithm === 'RSA' ? ['key encipherment'] : []), 'server auth'])],
        ...(props.isCa && { isCA: true }),
        ...(props.permittedDnsDomains && { nameConstraints: { critical: true, permitted: { dnsDomains: [...props.permittedDnsDomains] } } }),
        ...((labels ?? annotations) && { secretTemplate: { ...(labels && { labels: { ...labels } }), ...(annotations && { annotations: { ...annotations } }) } }),
        revisionHistoryLimit: 1,
      },
    });
  }

  private check(props: CertificateProps, duration: Duration, renewBefore: Duration): void {
    const where = this.node.path;
    const refuse = (property: string, value: unknown, expected: string): never => {
      throw new InvalidInputError({ property, value, expected, where });
    };
    checkDnsLabel('namespace', props.namespace, where);
    const named = [props.commonName, ...(props.dnsNames ?? []), ...(props.ipAddresses ?? []), ...(props.uris ?? [])];
    if (named.every((each) => each === undefined)) refuse('dnsNames', props.dnsNames, 'at least one of dnsNames, ipAddresses, uris and commonName');
    if (props.commonName && !hasToken(props.commonName) && props.commonName.length > 64) refuse('commonName', props.commonName, 'at most 64 characters');
    for (const dnsName of props.dnsNames ?? []) {
      if (!hasToken(dnsName) && !isDnsName(dnsName)) refuse('dnsNames', dnsName, "DNS names such as 'example.com' or '*.example.com'");
    }
    if (duration.toMinutes() < 60) refuse('duration', goDuration(duration), 'at least one hour');
    if (renewBefore.toMinutes() < 5 || renewBefore.toMinutes() >= duration.toMinutes()) {
      refuse('renewBefore', goDuration(renewBefore), `from five minutes to less than the duration (${goDuration(duration)})`);
    }
    if (props.permittedDnsDomains && !props.isCa) refuse('permittedDnsDomains', props.permittedDnsDomains, 'isCa: true with it, because only a CA signs');
  }
}

function isDnsName(name: string): boolean {
  return name.length <= 253 && /^(\*\.)?[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/.test(name);
}
