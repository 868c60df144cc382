import { cacheRoot } from '../../components/cache';

test('the cache is where the user says, else where the system says', () => {
  expect(cacheRoot({ KUBEFLOW_CDK_CACHE: '/c', XDG_CACHE_HOME: '/x' })).toBe('/c');
  expect(cacheRoot({ XDG_CACHE_HOME: '/x' })).toBe('/x/kubeflow-cdk');
  expect(cacheRoot({ XDG_CACHE_HOME: 'relative' })).toMatch(/\/\.cache\/kubeflow-cdk$/);
});

test('a path that would be another one in every shell is refused', () => {
  expect(() => cacheRoot({ KUBEFLOW_CDK_CACHE: 'here' })).toThrow('KUBEFLOW_CDK_CACHE is "here": it must be an absolute path');
});
