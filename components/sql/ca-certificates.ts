import { X509Certificate } from 'node:crypto';
import { InvalidInputError } from '../../constructs/core';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/**
 * Checks certificates of the authorities that servers have their own from.
 *
 * @param example where they are found, for the error
 * @returns the certificates without what else is in the text
 * @throws InvalidInputError on `caCertificates` if there are none, or if one of them is no authority's
 */
export function checkCaCertificates(pem: string, where: string, example = ''): string {
  const refuse = (value: unknown, expected: string): never => {
    throw new InvalidInputError({ property: 'caCertificates', value, expected, where });
  };
  const blocks = pem.match(CERTIFICATE) ?? refuse(pem, `certificates in PEM${example}`);
  for (const [index, block] of blocks.entries()) {
    const certificate = parse(block);
    if (!certificate) refuse(`certificate ${index + 1} of ${blocks.length}`, 'a certificate that can be read');
    else if (!certificate.ca) refuse(certificate.subject, 'certificates of authorities only');
  }
  return `${blocks.join('\n')}\n`;
}

function parse(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}
