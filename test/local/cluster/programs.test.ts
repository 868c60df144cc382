import { clusterLayout } from '../../../local/cluster/layout';
import { commandOf, instancesOf, type ProgramSpec } from '../../../local/cluster/processes';
import { etcd, kubeApiserver, kubeControllerManager, kubeScheduler, kwok, processMarks } from '../../../local/cluster/programs';

const toolchain = { etcd: '/bin/etcd', kubeApiserver: '/bin/kube-apiserver', kubeControllerManager: '/bin/kube-controller-manager', kubeScheduler: '/bin/kube-scheduler', kwok: '/bin/kwok' };
const programs = (name: string): ProgramSpec[] => {
  const layout = clusterLayout(name, '/c');
  return [
    etcd(layout, toolchain),
    kubeApiserver(layout, toolchain, { port: 1234, egressConfig: '/c/egress.yaml' }),
    kubeControllerManager(layout, toolchain, `${layout.config}/controller-manager-1.yaml`),
    kubeScheduler(layout, toolchain, `${layout.config}/scheduler-1.yaml`),
    kwok(layout, toolchain, `${layout.config}/kwok-1.yaml`, '/c/stages.yaml'),
  ];
};

it('recognises each program by its mark, and none of another cluster', () => {
  const running = [...programs('one'), ...programs('one-more')].map((spec, pid) => ({ pid, command: commandOf(spec) }));
  const found = Object.values(processMarks(clusterLayout('one', '/c'))).map((mark) => instancesOf(mark, running).map(({ pid }) => pid));
  expect(found).toEqual([[0], [1], [2], [3], [4]]);
});

it('lets no program but the API server open a port, and that one on loopback', () => {
  const [storage, api, manager, scheduler, simulator] = programs('one').map(({ args }) => args);
  expect(storage?.filter((arg) => /urls|cluster=/.test(arg)).every((arg) => arg.includes('=unix://') || arg.includes('=default=unix://'))).toBe(true);
  expect(api).toEqual(expect.arrayContaining(['--bind-address=127.0.0.1', '--secure-port=1234']));
  expect(manager).toContain('--secure-port=0');
  expect(scheduler).toContain('--secure-port=0');
  expect(simulator?.filter((arg) => /server-address|node-port/.test(arg))).toEqual(['--node-port=0']);
});

it('switches the webhook plugins off and nothing else, and the audit log on only when asked', () => {
  const layout = clusterLayout('one', '/c');
  const { args } = kubeApiserver(layout, toolchain, { port: 1, egressConfig: '/e' });
  expect(args.filter((arg) => arg.startsWith('--disable-admission-plugins'))).toEqual(['--disable-admission-plugins=MutatingAdmissionWebhook,ValidatingAdmissionWebhook']);
  expect(args.filter((arg) => arg.includes('audit'))).toEqual([]);
  expect(kubeApiserver(layout, toolchain, { port: 1, egressConfig: '/e', auditPolicy: '/p' }).args).toContain(`--audit-log-path=${layout.auditLog}`);
});
