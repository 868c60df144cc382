import { X509Certificate } from 'node:crypto';
import { fileText, type OnpremConfig } from '../../config';
import type { Fault } from './fault';

/** Whether certificates that are given are valid now. */
export function certificateFaults({ certificates }: OnpremConfig, now: Date): readonly Fault[] {
  if (!certificates || 'vault' in certificates) return [];
  const [section, { certificateFile }] = 'given' in certificates ? ['given', certificates.given] : ['ca', certificates.ca];
  const key = `certificates.${section}.certificateFile`;
  const { validFrom, validTo } = new X509Certificate(fileText(certificateFile, key));
  if (new Date(validFrom) <= now && now < new Date(validTo)) return [];
  return [{ key, value: certificateFile, expected: `a certificate that is valid now; this one is from ${validFrom} to ${validTo}` }];
}
