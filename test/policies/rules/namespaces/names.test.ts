import { evaluate, type KubernetesObject, POLICIES } from '../../../../policies';

const namespace = (name: unknown): KubernetesObject => JSON.parse(JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
const secret = (name: unknown): KubernetesObject => JSON.parse(JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'default' }, data: { a: 'eA==' } }));
const messages = (object: KubernetesObject): string[] => evaluate([object], { policies: POLICIES }).findings.map(({ message }) => message);

describe('names that are no text', () => {
  it.each([
    [false, 'false'],
    [123, '123'],
    [{ a: 1 }, ''],
    [['x'], ''],
    [null, ''],
  ])('%j is shown as %j', (name, shown) => {
    const ofNamespace = messages(namespace(name));
    expect(ofNamespace.length).toBeGreaterThan(2);
    for (const message of ofNamespace) expect(message).toContain(`namespace '${shown}' `);
    expect(messages(secret(name))).toEqual([`secret '${shown}' is kept in the cluster, not in a store for secrets`, `Secret '${shown}' is in the default namespace`]);
  });

  it('may be made by the API server', () => {
    expect(messages({ ...secret(undefined), metadata: { generateName: 'db-', namespace: 'default' } })).toContain("Secret 'db-*' is in the default namespace");
  });
});
