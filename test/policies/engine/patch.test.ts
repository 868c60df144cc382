import { patchOf } from '../../../policies/engine/patch';

const object = { apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'a' }, {}], volumes: [{ name: 'v', hostPath: {} }] } };

describe('patchOf', () => {
  it('finds list elements by name', () => {
    expect(patchOf(object, ['spec', 'containers', 0, 'x'], true)).toEqual({ spec: { containers: [{ name: 'a', x: true }] } });
  });
  it('replaces and removes elements', () => {
    expect(patchOf(object, ['spec', 'volumes', 0], { emptyDir: {} })).toEqual({ spec: { volumes: [{ name: 'v', emptyDir: {} }] } });
    expect(patchOf(object, ['spec', 'volumes', 0], null)).toEqual({ spec: { volumes: [{ name: 'v', $patch: 'delete' }] } });
  });
  it('offers none where an element has no name', () => {
    expect(patchOf(object, ['spec', 'containers', 1, 'x'], true)).toBeUndefined();
  });
});
