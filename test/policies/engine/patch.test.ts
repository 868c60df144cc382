import { mergeFields, patchOf } from '../../../policies/engine/patch';

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
  it('offers none where another element has the same name', () => {
    const twice = { spec: { containers: [{ name: 'a' }, { name: 'b' }, { name: 'a' }] } };
    expect(patchOf(twice, ['spec', 'containers', 0, 'x'], true)).toBeUndefined();
    expect(patchOf(twice, ['spec', 'containers', 1, 'x'], true)).toEqual({ spec: { containers: [{ name: 'b', x: true }] } });
  });
  it('is of the object as a whole', () => {
    expect(patchOf(object, [], { spec: null })).toEqual({ spec: null });
  });
});

describe('mergeFields', () => {
  it('puts two patches together, list elements by name', () => {
    const first = patchOf(object, ['spec', 'containers', 0, 'x'], true) ?? {};
    expect(mergeFields(first, { spec: { y: null, containers: [{ name: 'a', z: 1 }] } })).toEqual({ spec: { y: null, containers: [{ name: 'a', x: true, z: 1 }] } });
  });
  it('gives none if they cannot hold together', () => {
    expect(mergeFields({ spec: { x: 1 } }, { spec: { x: null } })).toBeUndefined();
  });
});
