import { LoadBalancerCertificate, type LoadBalancerCertificateArgs } from '../../../../components/aws/data';
import { record, violations } from '../../record';
import { refusal, textOf } from '../data/parts';

const ZONE = { domain: 'example.com', zoneId: 'Z1' };
const DOMAINS = ['ml.example.com', '*.ml.example.com', 'api.example.com'] as const;

function make(args: Partial<LoadBalancerCertificateArgs> = {}, options?: { readonly preview?: boolean }) {
  return record(() => new LoadBalancerCertificate('certificate', { domains: DOMAINS, zone: ZONE, ...args }), options);
}

describe('LoadBalancerCertificate', () => {
  it('is proved by one record a domain in the zone, and used once it is issued', async () => {
    const recording = await make();
    expect(violations(recording)).toEqual([]);
    expect(recording.one('aws:acm/certificate:Certificate').inputs).toMatchObject({ domainName: 'ml.example.com', subjectAlternativeNames: ['*.ml.example.com', 'api.example.com'], validationMethod: 'DNS' });
    const records = recording.ofType('aws:route53/record:Record').map(({ inputs }) => inputs);
    expect(records.map(({ zoneId, type, name }) => [zoneId, type, name.split('.').slice(1).join('.')])).toEqual([
      ['Z1', 'CNAME', 'ml.example.com.'],
      ['Z1', 'CNAME', 'api.example.com.'],
    ]);
    const validation = recording.one('aws:acm/certificateValidation:CertificateValidation').inputs;
    expect(validation.validationRecordFqdns).toEqual(records.map(({ name }) => name.replace(/\.$/, '')));
    expect(await textOf(recording.result.arn)).toBe(validation.certificateArn);
  });

  it('can be previewed before anything is known: every record shows', async () => {
    expect((await make({}, { preview: true })).ofType('aws:route53/record:Record').map(({ name }) => name)).toEqual(['certificate-ml.example.com', 'certificate-api.example.com']);
  });

  it.each<[LoadBalancerCertificateArgs['domains'], string]>([
    [['ml.example.org'], "certificate: domains[0] is 'ml.example.org'; expected a name in the zone 'example.com'"],
    [['ml.example.com', 'notexample.com'], "domains[1] is 'notexample.com'"],
    [['*.*.example.com'], "domains[0] is '*.example.com'; expected a domain"],
    [[`${'a'.repeat(60)}.example.com`], 'a first name of at most 64 characters'],
    [Array.from({ length: 11 }, (_, index) => `n${index}.example.com`) as [string, ...string[]], 'domains is 11; expected at most 10 names'],
  ])('refuses %j and registers nothing', async (domains, message) => {
    const { message: said, registered } = await refusal(() => new LoadBalancerCertificate('certificate', { domains, zone: ZONE }));
    expect(said).toContain(message);
    expect(registered).toEqual([]);
  });
});
