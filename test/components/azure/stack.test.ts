import { record, violations } from '../record';
import { stack } from './stack';

const RANGES = ['203.0.113.0/24'];

test('a stack breaks no mandatory policy', async () => {
  expect(violations(await record(() => stack()))).toEqual([]);
});

test('a public API server for an allow-list breaks the one policy that asks for a private one', async () => {
  const found = violations(await record(() => stack({ cluster: { authorizedIpRanges: RANGES } })));
  expect(found.map((finding) => finding.split(':')[0])).toEqual(['aks-private-cluster']);
});

test('a preview on an empty state shows every resource, though nothing that Azure computes is known', async () => {
  const [preview, made] = [await record(() => stack(), { preview: true }), await record(() => stack())];
  const names = ({ resources }: typeof preview) => resources.map(({ type, name }) => `${type} ${name}`).sort();
  expect(names(preview)).toEqual(names(made));
  expect(made.resources.length).toBeGreaterThan(40);
});

test('with keep, data, keys and cluster are protected and the cluster is locked; with delete, nothing is', async () => {
  const kept = await record(() => stack());
  const guarded = (recording: typeof kept) => recording.resources.filter(({ options }) => options.protect === true).map(({ type, name }) => `${type.split(':').at(-1)} ${name}`).sort();
  expect(guarded(kept)).toEqual(['Key keys-disks', 'Key keys-secrets', 'ManagedCluster cluster', 'StorageAccount flows', 'Vault keys', 'Workspace logs']);
  expect(kept.one('azure-native:authorization:ManagementLockByScope').inputs['level']).toBe('CanNotDelete');
  expect(kept.one('azure-native:authorization:ManagementLockByScope').inputs['scope']).toMatch(/managedClusters\/cluster$/);
  const gone = await record(() => stack({ cluster: { retention: 'delete' } }));
  expect(guarded(gone)).toEqual([]);
  expect(gone.ofType('azure-native:authorization:ManagementLockByScope')).toEqual([]);
});
