import { X509Certificate } from 'node:crypto';
import { checkCaCertificates } from '../../../../components/aws/database/ca-certificates';
import { rdsCertificates } from '../../../../components/aws/database/region-certificates';
import { AUTHORITY } from './certificates';

it.each(['eu-central-1', 'us-east-1', 'ap-southeast-4'])('knows the three authorities of %s, and takes none of another region', (region) => {
  const pem = rdsCertificates(region);
  expect(checkCaCertificates(pem, 'test')).toBe(pem);
  const names = pem.match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----/g)?.map((each) => /CN=(.+)/.exec(new X509Certificate(each).subject)?.[1]);
  expect(names?.sort()).toEqual(['ECC384', 'RSA2048', 'RSA4096'].map((kind) => `Amazon RDS ${region} Root CA ${kind} G1`));
});

it('gives certificates as AWS publishes them', () => {
  expect(rdsCertificates('eu-central-1')).toContain(AUTHORITY);
});

it('says what to do where it knows none', () => {
  expect(() => rdsCertificates('cn-north-1')).toThrow('give the text of https://truststore.pki.rds.amazonaws.com/<region>/<region>-bundle.pem instead');
});
