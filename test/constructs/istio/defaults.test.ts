import { VISIBLE_NAMESPACES } from '../../../constructs/istio';
import { at, synthesized } from './harness';

const defaults = synthesized();
const ofRoot = (kind: string, name: string) => {
  const object = defaults.get(kind, name);
  // Only in the root namespace, and without a selector, does it hold in the whole mesh.
  expect(object.metadata.namespace).toBe('istio-system');
  expect(at(object, 'spec.selector')).toBeUndefined();
  return object.spec;
};

test('the whole mesh refuses plain text', () => {
  expect(ofRoot('PeerAuthentication', 'default')).toEqual({ mtls: { mode: 'STRICT' } });
  expect(at(synthesized({ mtls: 'PERMISSIVE' }).get('PeerAuthentication', 'default'), 'spec.mtls.mode')).toBe('PERMISSIVE');
});

test('the whole mesh denies what nobody allowed', () => {
  expect(ofRoot('AuthorizationPolicy', 'global-deny-all')).toEqual({});
});

test('sidecars know their own namespace and the platform, not the cluster', () => {
  const hosts = ['./*', ...VISIBLE_NAMESPACES.map((namespace) => `${namespace}/*`)];
  expect(ofRoot('Sidecar', 'default')).toEqual({ egress: [{ hosts }] });
  expect(hosts).not.toContain('*/*');
  expect(at(synthesized({ sidecar: { visibleNamespaces: ['data'] } }).get('Sidecar', 'default'), 'spec.egress.0.hosts')).toEqual(['./*', 'data/*']);
});
