import { InvalidInputError } from '../../../constructs/core';
import { checkCaCertificates as checkAuthorities } from '../../sql';

/** What a secret of Secrets Manager holds, in bytes. @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html */
export const SECRET_BYTES = 65_536;

/**
 * Checks certificates of authorities.
 *
 * @returns the certificates without what else is in the text
 * @throws InvalidInputError if there are none, if one of them is no authority's, or if they are too many to be handed to pods
 */
export function checkCaCertificates(pem: string, where: string): string {
  const text = checkAuthorities(pem, where, ', such as those of https://truststore.pki.rds.amazonaws.com/<region>/<region>-bundle.pem');
  if (text.length <= SECRET_BYTES) return text;
  throw new InvalidInputError({ property: 'caCertificates', value: `${text.length} bytes`, expected: `at most ${SECRET_BYTES} bytes: the authorities of one region, not of all`, where });
}
