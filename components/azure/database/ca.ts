import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { InvalidInputError } from '../../../constructs/core';

/** A public root that certificates of Azure's database servers lead to. */
interface Root {
  readonly name: string;
  /** SHA-256 of the certificate. */
  readonly fingerprint: string;
  /** Whether new servers may have a certificate under it. */
  readonly current: boolean;
}

/**
 * Roots of Azure's database servers. The third is that of servers whose certificates have not been changed since 2025.
 *
 * @see https://learn.microsoft.com/azure/mysql/flexible-server/concepts-root-certificate-rotation
 */
export const AZURE_DATABASE_ROOTS: readonly Root[] = [
  {
    name: 'DigiCert Global Root G2',
    fingerprint: 'CB:3C:CB:B7:60:31:E5:E0:13:8F:8D:D3:9A:23:F9:DE:47:FF:C3:5E:43:C1:14:4C:EA:27:D4:6A:5A:B1:CB:5F',
    current: true,
  },
  {
    name: 'Microsoft RSA Root Certificate Authority 2017',
    fingerprint: 'C7:41:F7:0F:4B:2A:8D:88:BF:2E:71:C1:41:22:EF:53:EF:10:EB:A0:CF:A5:E6:4C:FA:20:F4:18:85:30:73:E0',
    current: true,
  },
  {
    name: 'DigiCert Global Root CA',
    fingerprint: '43:48:A0:E9:44:4C:78:CB:26:5E:05:8D:5E:89:44:B4:D8:4F:96:62:BD:26:DB:25:7F:89:34:A4:43:C7:01:61',
    current: false,
  },
];

let bundle: ReadonlyMap<string, string> | undefined;

/** Certificates that Node trusts, by fingerprint: it carries the roots of Mozilla's programme, so that none has to be fetched. */
function trustedByNode(): ReadonlyMap<string, string> {
  bundle ??= new Map(rootCertificates.map((pem) => [new X509Certificate(pem).fingerprint256, pem]));
  return bundle;
}

/**
 * The CA certificates that clients check the server's with, as PEM.
 *
 * @param given PEM certificates to use instead of the roots above, as Node carries them
 * @throws InvalidInputError if one of the given is no CA certificate, or if none are given and Node lacks a current root
 */
export function databaseCa(given: string | undefined, where: string): string {
  if (given !== undefined) return checked(given, where);
  const roots = AZURE_DATABASE_ROOTS.flatMap(({ name, fingerprint, current }) => {
    const pem = trustedByNode().get(fingerprint);
    if (pem === undefined && current) {
      throw new InvalidInputError({ property: 'caCertificates', value: undefined, expected: `PEM certificates of the server's CA, since this Node.js does not carry '${name}'`, where });
    }
    return pem === undefined ? [] : [pem];
  });
  return `${roots.map((pem) => pem.trim()).join('\n')}\n`;
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

function checked(given: string, where: string): string {
  const certificates = given.match(CERTIFICATE) ?? [];
  if (certificates.length === 0 || !certificates.every(isCa)) {
    throw new InvalidInputError({ property: 'caCertificates', value: given, expected: 'CA certificates in PEM, one after the other', where });
  }
  return `${certificates.join('\n')}\n`;
}

function isCa(pem: string): boolean {
  try {
    return new X509Certificate(pem).ca;
  } catch {
    return false;
  }
}
