import { LoadBalancerCertificate } from '../../../../components/gcp/data';
import { record, violations } from '../../record';
import { PLACE, refusal, refused, textOf } from '../data/parts';

const ZONE = { domain: 'ml.example.com', zoneName: 'ml-example-com' };
const certificate = (...domains: [string, ...string[]]) => new LoadBalancerCertificate('certificate', { project: PLACE.project, domains, zone: ZONE });

describe('LoadBalancerCertificate', () => {
  it('proves a domain and its wildcard by one record in the zone, and leads both names to the certificate', async () => {
    const recording = await record(() => certificate('ml.example.com', '*.ml.example.com'));
    const proof = recording.one('gcp:certificatemanager/dnsAuthorization:DnsAuthorization').inputs;
    expect(proof.domain).toBe('ml.example.com');
    expect(recording.one('gcp:dns/recordSet:RecordSet').inputs).toMatchObject({ managedZone: 'ml-example-com', type: 'CNAME', name: expect.stringMatching(/^_acme-challenge_.*\.ml\.example\.com\.$/) });
    const { managed } = recording.one('gcp:certificatemanager/certificate:Certificate').inputs;
    expect(managed.domains).toEqual(['ml.example.com', '*.ml.example.com']);
    expect(managed.dnsAuthorizations).toHaveLength(1);
    const entries = recording.ofType('gcp:certificatemanager/certificateMapEntry:CertificateMapEntry');
    expect(entries.map(({ inputs }) => inputs.hostname)).toEqual(['ml.example.com', '*.ml.example.com']);
    expect(await textOf(recording.result.certificateMap)).toBe(entries[0]?.inputs.map);
    expect(violations(recording)).toEqual([]);
  });

  it('is in a preview as far as it is known', async () => {
    const recording = await record(() => certificate('ml.example.com'), { preview: true });
    expect(recording.one('gcp:certificatemanager/certificate:Certificate').inputs.managed.domains).toEqual(['ml.example.com']);
  });

  it('refuses names outside the zone', () => expect(refusal(() => certificate('ml.example.com', 'example.com'))).resolves.toEqual(refused(/certificate: domains\[1\] is 'example.com'; expected a name in the zone 'ml.example.com'/)));
  it('refuses a name twice', () => expect(refusal(() => certificate('ml.example.com', 'ml.example.com'))).resolves.toEqual(refused(/domains\[1\] .* each name once/)));
  it('refuses more names than a certificate has', () => {
    const [first = '', ...rest] = Array.from({ length: 101 }, (_, index) => `n${index}.ml.example.com`);
    return expect(refusal(() => certificate(first, ...rest))).resolves.toEqual(refused(/domains is 101; expected at most 100/));
  });
});
