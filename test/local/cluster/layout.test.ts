import { clusterLayout } from '../../../local/cluster/layout';

it.each(['a', 'kubeflow', 'a-1', 'x'.repeat(63)])('%s is a cluster name', (name) => {
  expect(clusterLayout(name, '/root').dir).toBe(`/root/${name}`);
});

it.each(['', 'A', 'a_b', '-a', 'a-', '../a', 'a/b', '.a', 'x'.repeat(64)])('"%s" is none', (name) => {
  expect(() => clusterLayout(name, '/root')).toThrow(`cluster name "${name}": must be a DNS label`);
});

it('keeps everything of a cluster below its directory, except the lock', () => {
  const { lock, name: _name, ...paths } = clusterLayout('one', '/root');
  expect(Object.values(paths).filter((path) => path !== '/root/one' && !path.startsWith('/root/one/'))).toEqual([]);
  expect(lock).toBe('/root/.one.lock');
});
