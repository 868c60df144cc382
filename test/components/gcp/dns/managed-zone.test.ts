import { assumedZones, existingManagedZone, liveZones, ManagedZone } from '../../../../components/gcp/data';
import { record, violations } from '../../record';
import { DELETE, memberOf, PLACE, principals, provider, refusal, refused, textOf, TRAINER } from '../data/parts';

const ZONE = 'gcp:dns/managedZone:ManagedZone';
const ZONE_MEMBER = 'gcp:dns/dnsManagedZoneIamMember:DnsManagedZoneIamMember';
const PROJECT_MEMBER = 'gcp:projects/iAMMember:IAMMember';
const ROLE = 'gcp:projects/iAMCustomRole:IAMCustomRole';

const zone = (args: Partial<ConstructorParameters<typeof ManagedZone>[1]> = {}, name = 'zone') => new ManagedZone(name, { project: PLACE.project, domain: 'ml.example.com', principals: principals(), ...args });

describe('ManagedZone', () => {
  it('is public, signed and says what the zone above must say', async () => {
    const recording = await record(() => zone());
    expect(violations(recording)).toEqual([]);
    expect(recording.one(ZONE).inputs).toMatchObject({ dnsName: 'ml.example.com.', visibility: 'public', dnssecConfig: { state: 'on' } });
    expect(await recording.valueOf(recording.result.nameServers)).toHaveLength(4);
    expect(await recording.valueOf(recording.result.delegationSigner)).toMatch(/^12345 8 2 [0-9A-F]{64}$/);
    const { service, domain } = recording.result;
    expect([domain, service.kind]).toEqual(['ml.example.com', 'cloud-dns']);
    expect(await textOf(service.kind === 'cloud-dns' ? service.managedZone : '')).toMatch(/^zone-/);
  });

  it('lets who answers challenges change records of the zone, and see no other', async () => {
    const recording = await record(() => {
      const made = zone();
      return { made, identity: made.grantRecords(TRAINER, 'challenges') };
    });
    const role = recording.one(ROLE).inputs;
    expect(role.permissions).toEqual(expect.arrayContaining(['dns.changes.create', 'dns.resourceRecordSets.list']));
    expect(role.permissions).not.toEqual(expect.arrayContaining([expect.stringMatching(/managedZones\.(list|create|update|delete)|IamPolicy/)]));
    expect(role.roleId).toMatch(/^[a-zA-Z0-9_.]{3,64}$/);
    expect(recording.one(ZONE_MEMBER).inputs).toEqual({
      project: 'my-project',
      managedZone: await recording.valueOf(recording.result.made.zoneName),
      role: `projects/my-project/roles/${role.roleId}`,
      member: memberOf(TRAINER),
    });
    expect(recording.ofType(PROJECT_MEMBER)).toEqual([]);
    expect(violations(recording)).toEqual([]);
  });

  it('lets external-dns list zones besides, and nothing else in the project', async () => {
    const recording = await record(() => zone().grantRecords(TRAINER, 'all'));
    const listed = recording.one(ROLE, 'zone-zones').inputs;
    expect(listed.permissions).toEqual(['dns.managedZones.list']);
    expect(recording.one(PROJECT_MEMBER).inputs).toEqual({ project: 'my-project', role: `projects/my-project/roles/${listed.roleId}`, member: memberOf(TRAINER) });
    expect(recording.ofType(ZONE_MEMBER)).toHaveLength(1);
    expect(violations(recording)).toEqual([]);
  });

  it('makes roles and grants once', async () => {
    const recording = await record(() => {
      const made = zone();
      made.grantRecords(TRAINER, 'challenges');
      made.grantRecords(TRAINER, 'all');
    });
    expect([recording.ofType(ROLE).length, recording.ofType(ZONE_MEMBER).length, recording.ofType(PROJECT_MEMBER).length]).toEqual([2, 1, 1]);
  });

  it('is protected, or goes with its records', async () => {
    const kept = (await record(() => zone())).one(ZONE);
    expect([kept.options.protect, kept.inputs.forceDestroy]).toEqual([true, false]);
    const deleted = (await record(() => zone(DELETE))).one(ZONE);
    expect([deleted.options.protect, deleted.inputs.forceDestroy]).toEqual([false, true]);
  });

  it('is in a preview as far as it is known', async () => {
    const recording = await record(() => zone().grantRecords(TRAINER, 'all'), { preview: true });
    expect(recording.one(ZONE_MEMBER).inputs.project).toBe('my-project');
  });

  it.each(['ML.example.com', 'ml.example.com.', 'localhost', '*.example.com'])('refuses the domain %p', (domain) => expect(refusal(() => zone({ domain }))).resolves.toEqual(refused(/zone: domain is .* expected a domain in lower case/)));
  it('refuses a name that is too long', () => expect(refusal(() => zone({}, 'z'.repeat(60)))).resolves.toEqual(refused(/name is /)));
});

describe('existingManagedZone', () => {
  const find = (domain: string) => existingManagedZone(liveZones(provider(), PLACE.project), 'dns', { domain, principals: principals() });

  it.each([
    ['ml.example.com', 'ml-example-com'],
    ['team.ml.example.com', 'ml-example-com'],
    ['www.example.com', 'example-com'],
  ])('finds for %s the nearest zone, %s', async (domain, name) => {
    const { result } = await record(() => find(domain));
    expect(result.service).toEqual({ kind: 'cloud-dns', project: 'my-project', managedZone: name });
  });

  it('grants on it, and makes none', async () => {
    const recording = await record(async () => (await find('ml.example.com')).grantRecords(TRAINER, 'challenges'));
    expect(recording.one(ZONE_MEMBER).inputs.managedZone).toBe('ml-example-com');
    expect(recording.ofType(ZONE)).toEqual([]);
  });

  it('takes it for granted without an account', async () => {
    const { result } = await record(() => existingManagedZone(assumedZones('p', 'ml.example.org'), 'dns', { domain: 'ml.example.org', principals: principals() }));
    expect(result.domain).toBe('ml.example.org');
  });

  it.each(['internal.test', 'notexample.com', 'example.org'])('refuses %s, which has no public zone', (domain) =>
    expect(refusal(() => find(domain))).resolves.toEqual(refused(/dns: domain is .* expected a domain in a public zone of project 'my-project' \(it has example.com, ml.example.com\)/)));
});
