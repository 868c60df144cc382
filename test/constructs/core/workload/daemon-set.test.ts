import { App, Chart, Testing } from 'cdk8s';
import { HardenedDaemonSet, type HardenedDaemonSetProps } from '../../../../constructs/core';

function synth(props: Partial<HardenedDaemonSetProps> = {}) {
  const chart = new Chart(new App(), 'chart');
  new HardenedDaemonSet(chart, 'agent', {
    name: 'agent',
    namespace: 'system',
    selector: { app: 'agent' },
    serviceAccount: 'agent',
    apiAccess: 'reads the node that it runs on',
    containers: [{ name: 'agent', image: { registry: 'quay.io', repository: 'example/agent', tag: '1' }, resources: { cpu: { request: '10m' }, memory: { request: '16Mi' } } }],
    ...props,
  });
  return Testing.synth(chart);
}

test('updates one node at a time, or as many as it is told', () => {
  const strategy = (props?: Partial<HardenedDaemonSetProps>) => synth(props)[0].spec.updateStrategy;
  expect(strategy()).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } });
  expect(strategy({ maxUnavailable: '10%' }).rollingUpdate).toEqual({ maxUnavailable: '10%' });
});

test('is one pod a node, so it neither spreads nor has a budget', () => {
  const objects = synth();
  expect(objects.map(({ kind }) => kind)).toEqual(['DaemonSet']);
  expect(objects[0].spec.template.spec).not.toHaveProperty('topologySpreadConstraints');
});

test('is hardened as far as its waivers say', () => {
  const [plain] = synth();
  expect(plain.spec.template.spec.securityContext).toMatchObject({ runAsNonRoot: true });
  const [waived] = synth({ runAsNonRoot: false, waivers: [{ policy: 'run-as-root', reason: 'writes to the host\'s plugin folder' }] });
  expect(waived.spec.template.spec.securityContext).toMatchObject({ runAsNonRoot: false, seccompProfile: { type: 'RuntimeDefault' } });
  expect(waived.metadata.annotations).toEqual({
    'waiver.kubeflow-cdk.dev/service-account-token': 'reads the node that it runs on',
    'waiver.kubeflow-cdk.dev/run-as-root': 'writes to the host\'s plugin folder',
  });
});
