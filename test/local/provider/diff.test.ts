import { secret } from '../../../components/apiserver/plugin/values';
import { DiffKind, type DiffResponse } from '../../../components/apiserver/plugin/messages';
import { diffObject } from '../../../local/provider/diff';
import { bytes, NOTHING, urnOf, type TestObject } from './objects';

const diff = (before: TestObject, after: TestObject): DiffResponse => diffObject({ id: 'ns/x', urn: urnOf(after), olds: NOTHING, news: bytes(after), oldInputs: bytes(before) });
const object = (apiVersion: string, kind: string, fields: object): TestObject => ({ apiVersion, kind, metadata: { name: 'x', namespace: 'ns' }, ...fields });

describe('a difference', () => {
  it('is none between equal inputs, whatever is marked secret', () => {
    const before = object('v1', 'Secret', { data: { a: 'x' } });
    expect(diff(before, { ...before, data: secret({ a: 'x' }) }).changes.size).toBe(0);
  });

  it('is an update where the field can be changed', () => {
    const { changes, deleteBeforeReplace } = diff(object('apps/v1', 'Deployment', { spec: { replicas: 1 } }), object('apps/v1', 'Deployment', { spec: { replicas: 2 } }));
    expect([...changes]).toEqual([['spec.replicas', DiffKind.Update]]);
    expect(deleteBeforeReplace).toBe(false);
  });

  it.each([
    ['the selector of a Deployment', object('apps/v1', 'Deployment', { spec: { selector: { matchLabels: { a: 'b' } } } }), { spec: { selector: { matchLabels: { a: 'c' } } } }],
    ['the template of a Job', object('batch/v1', 'Job', { spec: { template: { spec: { restartPolicy: 'Never' } } } }), { spec: { template: { spec: { restartPolicy: 'OnFailure' } } } }],
    ['the role of a binding', object('rbac.authorization.k8s.io/v1', 'RoleBinding', { roleRef: { name: 'a' } }), { roleRef: { name: 'b' } }],
    ['the type of a Secret', object('v1', 'Secret', { type: 'Opaque' }), { type: 'kubernetes.io/tls' }],
    ['the service name of a StatefulSet', object('apps/v1', 'StatefulSet', { spec: { serviceName: 'a' } }), { spec: { serviceName: 'b' } }],
    ['the class of a volume claim', object('v1', 'PersistentVolumeClaim', { spec: { storageClassName: 'a' } }), { spec: { storageClassName: 'b' } }],
    ['data of an immutable ConfigMap', object('v1', 'ConfigMap', { immutable: true, data: { a: '1' } }), { data: { a: '2' } }],
    ['an address the program chose', object('v1', 'Service', { spec: { clusterIP: 'None' } }), { spec: { clusterIP: '10.0.0.1' } }],
  ])('replaces for %s, the old one first because the name is taken', (_name, before, change) => {
    const { changes, deleteBeforeReplace } = diff(before, { ...before, ...change });
    expect([...changes.values()].every((kind) => kind === DiffKind.UpdateReplace)).toBe(true);
    expect(changes.size).toBe(1);
    expect(deleteBeforeReplace).toBe(true);
  });

  it.each([
    ['replicas of a StatefulSet', object('apps/v1', 'StatefulSet', { spec: { replicas: 1 } }), { spec: { replicas: 2 } }],
    ['the template of a StatefulSet', object('apps/v1', 'StatefulSet', { spec: { template: { a: 1 } } }), { spec: { template: { a: 2 } } }],
    ['the size of a volume claim', object('v1', 'PersistentVolumeClaim', { spec: { resources: { requests: { storage: '1Gi' } } } }), { spec: { resources: { requests: { storage: '2Gi' } } } }],
    ['data of a ConfigMap', object('v1', 'ConfigMap', { data: { a: '1' } }), { data: { a: '2' } }],
    ['an address the cluster chose', object('v1', 'Service', { spec: {} }), { spec: { clusterIP: '10.0.0.1' } }],
    ['the parallelism of a Job', object('batch/v1', 'Job', { spec: { parallelism: 1 } }), { spec: { parallelism: 2 } }],
    ['the image of a Pod', object('v1', 'Pod', { spec: { containers: [{ image: 'a' }] } }), { spec: { containers: [{ image: 'b' }] } }],
    ['a newer version of the same group', object('apps/v1beta1', 'Deployment', {}), { apiVersion: 'apps/v1' }],
  ])('updates for %s', (_name, before, change) => {
    const { changes } = diff(before, { ...before, ...change });
    expect(changes.size).toBe(1);
    expect([...changes.values()].some((kind) => kind % 2 === 1)).toBe(false);
  });

  it('of names makes the new object first', () => {
    const before = object('v1', 'ConfigMap', {});
    const { changes, deleteBeforeReplace } = diff(before, { ...before, metadata: { name: 'y', namespace: 'ns' } });
    expect([...changes]).toEqual([['metadata.name', DiffKind.UpdateReplace]]);
    expect(deleteBeforeReplace).toBe(false);
  });

  it('replaces when a whole immutable part goes', () => {
    const { changes } = diff(object('v1', 'PersistentVolumeClaim', { spec: { storageClassName: 'a' } }), object('v1', 'PersistentVolumeClaim', {}));
    expect([...changes]).toEqual([['spec', DiffKind.DeleteReplace]]);
  });
});
