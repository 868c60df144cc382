import { ClusterStartError } from '../../../local/cluster';

const error = (program: string, lastLines: string, ended = true): ClusterStartError =>
  new ClusterStartError('c', program, 'ended with exit code 1', { log: '/logs/x.log', lastLines, ended });

it('takes the data for damaged only where that can be the reason', () => {
  expect(error('etcd', 'panic: walpb: crc mismatch').dataSuspect).toBe(true);
  expect(error('kube-scheduler', 'panic').dataSuspect).toBe(false);
  expect(error('etcd', 'write: no space left on device').dataSuspect).toBe(false);
  expect(error('kube-apiserver', '', false).dataSuspect).toBe(false);
});

it('says what to do about a full disk and about slowness', () => {
  expect(error('etcd', 'write: no space left on device').message).toMatch(/disk is full: free some space and start again\. Log: \/logs\/x\.log\nwrite/);
  expect(error('kwok', '', false).message).toMatch(/Start again if the machine was busy; if that does not help, remove the cluster\. Log: \/logs\/x\.log$/);
});

it('knows a port that was taken', () => {
  expect(error('kube-apiserver', 'listen tcp 127.0.0.1:6443: bind: address already in use').portTaken).toBe(true);
  expect(error('kube-apiserver', 'something else').portTaken).toBe(false);
});
