import { assumedZoneLookups, existingZone, liveZoneLookups, PublicZone, type PublicZoneArgs } from '../../../../components/azure/dns';
import { record, violations } from '../../record';
import { GROUP, identities, promise, Provider, refusalOf, resolved, SUBSCRIPTION, TENANT } from '../data/parts';

const ROLE = 'azure-native:authorization:RoleDefinition';
const certManager = { namespace: 'cert-manager', name: 'cert-manager' };
const externalDns = { namespace: 'external-dns', name: 'external-dns' };

function zone(args: Partial<PublicZoneArgs> = {}) {
  const granted = identities();
  return { granted: granted.granted, zone: new PublicZone('dns', { domain: 'ml.example.com', resourceGroupName: 'kubeflow', subscriptionId: SUBSCRIPTION, tenantId: TENANT, identities: granted, ...args }) };
}

test('a zone says where it is, and which servers answer for it', async () => {
  const recording = await record(async () => {
    const { zone: made } = zone();
    return { service: made.service, group: made.service.kind === 'azure-dns' ? await resolved(made.service.resourceGroup) : '', domain: made.domain, servers: await promise(made.nameServers) };
  });
  expect(recording.one('azure-native:dns:Zone').inputs).toMatchObject({ zoneName: 'ml.example.com', zoneType: 'Public', location: 'global' });
  expect(recording.result).toMatchObject({ service: { kind: 'azure-dns', subscriptionId: SUBSCRIPTION, tenantId: TENANT }, group: 'kubeflow', domain: 'ml.example.com' });
  expect(recording.result.servers.split(',')).toHaveLength(4);
  expect(violations(recording)).toEqual([]);
});

test('a zone that is kept is protected by Pulumi, and not locked: records have to go', async () => {
  const keep = await record(() => zone());
  expect(keep.one('azure-native:dns:Zone').options.protect).toBe(true);
  expect(keep.ofType('azure-native:authorization:ManagementLockByScope')).toEqual([]);
  const gone = await record(() => zone({ retention: 'delete' }));
  expect(gone.one('azure-native:dns:Zone').options.protect).toBe(false);
});

test('cert-manager changes TXT records of this zone, and nothing else', async () => {
  const recording = await record(async () => {
    const { zone: made, granted } = zone();
    made.grantRecords(certManager, 'challenges');
    const [grant] = granted;
    return { grant, scopes: await Promise.all((grant?.grants ?? []).map(({ scope }) => promise(scope))) };
  });
  const { grant, scopes } = recording.result;
  const role = recording.one(ROLE);
  expect(grant).toMatchObject({ serviceAccount: certManager, id: 'dns-challenges', grants: [{ roleDefinitionId: role.inputs.roleDefinitionId }] });
  expect(scopes).toEqual([`${GROUP}/providers/Microsoft.Network/dnszones/ml.example.com`]);
  expect(role.inputs.permissions).toEqual([
    { actions: ['Microsoft.Network/dnsZones/read', 'Microsoft.Network/dnsZones/TXT/read', 'Microsoft.Network/dnsZones/TXT/write', 'Microsoft.Network/dnsZones/TXT/delete'] },
  ]);
  expect(role.inputs.assignableScopes).toEqual([GROUP]);
  expect(role.inputs.roleDefinitionId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(violations(recording)).toEqual([]);
});

test('external-dns changes all records of this zone, and lists the zones of its group', async () => {
  const recording = await record(async () => {
    const { zone: made, granted } = zone();
    made.grantRecords(externalDns, 'all');
    return Promise.all((granted[0]?.grants ?? []).map(async ({ roleDefinitionId, scope }) => [roleDefinitionId, await promise(scope)]));
  });
  const list = recording.one(ROLE);
  expect(list.inputs.permissions).toEqual([{ actions: ['Microsoft.Network/dnsZones/read'] }]);
  expect(recording.result).toEqual([
    ['befefa01-2a29-4197-83a8-272ff33ce314', `${GROUP}/providers/Microsoft.Network/dnszones/ml.example.com`],
    [list.inputs.roleDefinitionId, GROUP],
  ]);
});

test('roles are made once, and those of two zones differ', async () => {
  const ids = async (domain: string) => {
    const recording = await record(() => {
      const { zone: made } = zone({ domain });
      made.grantRecords(certManager, 'challenges');
      made.grantRecords(externalDns, 'challenges');
    });
    return recording.ofType(ROLE).map(({ inputs }) => String(inputs.roleDefinitionId));
  };
  const first = await ids('a.example.com');
  expect(first).toHaveLength(1);
  expect(await ids('a.example.com')).toEqual(first);
  expect(await ids('b.example.com')).not.toEqual(first);
});

test('whoever may not make roles has built-in ones assigned', async () => {
  const recording = await record(async () => {
    const { zone: made, granted } = zone({ customRoles: false });
    made.grantRecords(certManager, 'challenges');
    made.grantRecords(externalDns, 'all');
    return granted.map(({ grants }) => grants.map(({ roleDefinitionId }) => roleDefinitionId));
  });
  expect(recording.result).toEqual([['befefa01-2a29-4197-83a8-272ff33ce314'], ['befefa01-2a29-4197-83a8-272ff33ce314', 'acdd72a7-3385-48ef-bd42-f606fba81ae7']]);
  expect(recording.ofType(ROLE)).toEqual([]);
});

test('a preview does not know the zone, and grants it all the same', async () => {
  const { result } = await record(async () => {
    const { zone: made, granted } = zone();
    made.grantRecords(certManager, 'challenges');
    return promise(granted[0]?.grants[0]?.scope ?? '');
  }, { preview: true });
  expect(result).toBe('?');
});

test.each(['example', 'ml.example.com.', 'ML.example.com', '-a.example.com', 'a..com', '*.example.com', `${'a'.repeat(64)}.com`])('%j is no domain', async (domain) => {
  const refusal = await refusalOf(() => zone({ domain }));
  expect(refusal.message).toMatch(/dns: domain is .*; expected a domain in lower case such as 'ml\.example\.com'/);
  expect(refusal.registered).toEqual([]);
});

describe('a zone that exists', () => {
  const given = () => ({ resourceGroup: 'names', subscriptionId: SUBSCRIPTION, tenantId: TENANT, identities: identities() });

  test('is the nearest above the domain, and roles are on it alone', async () => {
    const recording = await record(async () => {
      const args = given();
      const found = await existingZone(liveZoneLookups(new Provider()), { ...args, domain: 'a.ml.example.com' });
      found.grantRecords(certManager, 'challenges');
      return { domain: found.domain, service: found.service, scope: await promise(args.identities.granted[0]?.grants[0]?.scope ?? '') };
    });
    expect(recording.result).toMatchObject({ domain: 'example.com', service: { resourceGroup: 'names' }, scope: `/subscriptions/${SUBSCRIPTION}/resourceGroups/names/providers/Microsoft.Network/dnszones/example.com` });
    expect(recording.ofType('azure-native:dns:Zone')).toEqual([]);
  });

  test('a domain without one is refused, as is one in a private zone', async () => {
    const { message } = await refusalOf(() => existingZone(liveZoneLookups(new Provider()), { ...given(), domain: 'ml.example.org' }));
    expect(message).toBe("dns: domain is 'ml.example.org'; expected a domain with a zone in the resource group 'names': there is none of ml.example.org, example.org");
    const inPrivate = await refusalOf(() => existingZone({ zone: async () => ({ id: '/x', isPublic: false }) }, { ...given(), domain: 'ml.example.org' }));
    expect(inPrivate.message).toMatch(/expected a domain in a public zone; 'ml\.example\.org' is private/);
  });

  test('is taken to be there offline', async () => {
    const { result } = await record(async () => (await existingZone(assumedZoneLookups({ subscriptionId: SUBSCRIPTION }), { ...given(), domain: 'ml.example.org' })).domain);
    expect(result).toBe('ml.example.org');
  });
});
