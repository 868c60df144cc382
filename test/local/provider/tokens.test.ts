import { formatId, parseId } from '../../../local/provider/identity';
import { formatToken, parseToken } from '../../../local/provider/tokens';

const pairs = [
  ['kubernetes:core/v1:Secret', 'v1', 'Secret'],
  ['kubernetes:apps/v1:Deployment', 'apps/v1', 'Deployment'],
  ['kubernetes:rbac.authorization.k8s.io/v1:ClusterRole', 'rbac.authorization.k8s.io/v1', 'ClusterRole'],
  ['kubernetes:trainer.kubeflow.org/v1alpha1:TrainJob', 'trainer.kubeflow.org/v1alpha1', 'TrainJob'],
] as const;

test.each(pairs)('%s is %s %s', (token, apiVersion, kind) => {
  expect(parseToken(token)).toEqual({ apiVersion, kind });
  expect(formatToken({ apiVersion, kind })).toBe(token);
});

test.each(['kubernetes:helm.sh/v3:Release', 'kubernetes:yaml:ConfigFile', 'kubernetes:yaml/v2:ConfigGroup', 'kubernetes:index:Thing', 'aws:s3/bucket:Bucket'])('%s is no object', (token) => {
  expect(() => parseToken(token)).toThrow(token);
});

test('ids name the namespace, if there is one', () => {
  expect(formatId({ namespace: 'ns', name: 'x' })).toBe('ns/x');
  expect(parseId('ns/x')).toEqual({ namespace: 'ns', name: 'x' });
  // Names of RBAC objects may hold colons.
  expect(parseId('system:node')).toEqual({ name: 'system:node' });
  expect(formatId({ name: 'system:node' })).toBe('system:node');
});
