import { assumedHostedZones, existingHostedZone, HostedZone, type HostedZoneLookups, liveHostedZones } from '../../../../components/aws/data';
import { record, violations } from '../../record';
import { refusal, REGION, textOf } from '../data/parts';
import { RecordedRoles } from '../data/roles';

const ISSUER = { namespace: 'cert-manager', name: 'cert-manager' };

function make(args: Partial<ConstructorParameters<typeof HostedZone>[1]> = {}, options?: { readonly preview?: boolean }) {
  return record(() => new HostedZone('dns', { domain: 'ml.example.com', region: REGION, roles: new RecordedRoles(), ...args }), options);
}

describe('HostedZone', () => {
  it('is a public zone that says where to delegate to', async () => {
    const recording = await make();
    expect(violations(recording)).toEqual([]);
    const zone = recording.one('aws:route53/zone:Zone');
    expect([zone.inputs.name, zone.inputs.vpcs, zone.inputs.forceDestroy, zone.options.protect]).toEqual(['ml.example.com', undefined, false, true]);
    expect(await recording.valueOf(recording.result.nameServers)).toHaveLength(4);
    const { service, zoneId } = recording.result;
    expect(service).toMatchObject({ kind: 'route53', region: REGION });
    expect(service.kind === 'route53' && (await textOf(service.hostedZoneId))).toBe(await recording.valueOf(zoneId));
  });

  it('goes with its records if it is told that it may', async () => {
    const zone = (await make({ retention: 'delete' })).one('aws:route53/zone:Zone');
    expect([zone.inputs.forceDestroy, zone.options.protect]).toEqual([true, false]);
  });

  it('lets an issuer of certificates change TXT records of challenges in this zone, and nothing else', async () => {
    const roles = new RecordedRoles();
    const recording = await make({ roles });
    recording.result.grantRecords(ISSUER, 'challenges');
    const zone = `arn:aws:route53:::hostedzone/${await recording.valueOf(recording.result.zoneId)}`;
    expect(await roles.all()).toEqual([
      {
        serviceAccount: 'cert-manager/cert-manager',
        id: 'dns-challenges',
        statements: [
          {
            actions: ['route53:ChangeResourceRecordSets'],
            resources: [zone],
            conditions: {
              'ForAllValues:StringLike': { 'route53:ChangeResourceRecordSetsNormalizedRecordNames': ['_acme-challenge.*'] },
              'ForAllValues:StringEquals': { 'route53:ChangeResourceRecordSetsRecordTypes': ['TXT'] },
            },
          },
          { actions: ['route53:ListResourceRecordSets'], resources: [zone] },
          { actions: ['route53:GetChange'], resources: ['arn:aws:route53:::change/*'] },
        ],
      },
    ]);
  });

  it('lets a controller of records change all of this zone and of no other', async () => {
    const roles = new RecordedRoles();
    const recording = await make({ roles });
    recording.result.grantRecords({ namespace: 'external-dns', name: 'external-dns' }, 'all');
    const [granted] = await roles.all();
    const zone = `arn:aws:route53:::hostedzone/${await recording.valueOf(recording.result.zoneId)}`;
    expect(granted?.statements[0]).toEqual({ actions: ['route53:ChangeResourceRecordSets'], resources: [zone] });
    expect(granted?.statements.filter(({ resources }) => resources.includes('*'))).toEqual([{ actions: ['route53:ListHostedZones'], resources: ['*'] }]);
  });

  it('can be previewed before anything is known', async () => {
    const recording = await make({}, { preview: true });
    expect(recording.result.grantRecords(ISSUER, 'challenges').egress).not.toEqual([]);
  });

  it.each(['example.com.', 'Example.com', 'localhost', 'a..b', `${'a'.repeat(64)}.com`, 'x.'.repeat(130).concat('com')])('refuses the domain %s and registers nothing', async (domain) => {
    const { message: said, registered } = await refusal(() => new HostedZone('dns', { domain, region: REGION, roles: new RecordedRoles() }));
    expect(said).toContain("expected a domain in lower case such as 'ml.example.com', without a dot at its end");
    expect(registered).toEqual([]);
  });
});

describe('existingHostedZone', () => {
  const ARGS = { region: REGION, roles: new RecordedRoles() };

  it('finds the nearest zone a domain is in', async () => {
    const asked: string[] = [];
    const lookups: HostedZoneLookups = {
      publicZone(domain) {
        asked.push(domain);
        return Promise.resolve(domain === 'example.com' ? { zoneId: 'Z1', arn: 'arn:aws:route53:::hostedzone/Z1', domain } : undefined);
      },
    };
    const zone = await existingHostedZone(lookups, { ...ARGS, domain: 'kubeflow.ml.example.com' });
    expect(asked).toEqual(['kubeflow.ml.example.com', 'ml.example.com', 'example.com']);
    expect(zone).toMatchObject({ domain: 'example.com', zoneId: 'Z1', service: { kind: 'route53', hostedZoneId: 'Z1' } });
  });

  it('refuses a domain without a zone, saying which it looked for', async () => {
    await expect(existingHostedZone({ publicZone: () => Promise.resolve(undefined) }, { ...ARGS, domain: 'ml.example.org', name: 'dns' })).rejects.toThrow(
      /^dns: domain is 'ml\.example\.org'; expected a domain with a public hosted zone in this account: none is called 'ml\.example\.org' or 'example\.org'\. Create one/,
    );
  });

  it('asks Route 53, and takes only its "no such zone" for an answer', async () => {
    const { result } = await record(() =>
      Promise.allSettled(['ml.example.com', 'example.org'].map((domain) => existingHostedZone(liveHostedZones(), { ...ARGS, domain }))),
    );
    expect(result[0]).toMatchObject({ status: 'fulfilled', value: { domain: 'example.com', zoneId: expect.stringMatching(/^Z[A-Z0-9]{20}$/) } });
    expect(result[1]).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining('expected a domain with a public hosted zone') } });
  });

  it('does not take being kept from asking for "no such zone"', async () => {
    const { result } = await record(() => Promise.allSettled([existingHostedZone(liveHostedZones(), { ...ARGS, domain: 'ml.invalid' })]));
    expect(result[0]).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining('AccessDenied') } });
  });

  it('takes zones for granted where nobody can be asked', async () => {
    expect((await existingHostedZone(assumedHostedZones(), { ...ARGS, domain: 'ml.example.com' })).domain).toBe('ml.example.com');
  });
});
