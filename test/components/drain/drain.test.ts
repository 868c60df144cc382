import * as random from '@pulumi/random';
import { ClusterDrain } from '../../../components/drain';
import { record } from '../record';

const TYPE = 'kubeflow-cdk:index:ClusterDrain';

it('keeps the kubeconfig secret, and refuses to go over leftovers unless told otherwise', async () => {
  const made = await record(() => void new ClusterDrain('workloads', { kubeconfig: 'clusters: []', context: 'there' }));
  expect(made.one(TYPE, 'workloads')).toMatchObject({ inputs: { kubeconfig: 'clusters: []', context: 'there', leftovers: 'refuse' }, secret: ['kubeconfig'], custom: true });
});

it('passes on what is to be done with leftovers', async () => {
  const made = await record(() => void new ClusterDrain('workloads', { kubeconfig: 'clusters: []', context: 'there', leftovers: 'delete' }));
  expect(made.one(TYPE).inputs.leftovers).toBe('delete');
});

it('needs no kubeconfig in a preview', async () => {
  const program = () => void new ClusterDrain('workloads', { kubeconfig: new random.RandomId('cluster', { byteLength: 4 }).hex, context: 'later' });
  const made = await record(program, { preview: true });
  expect(made.one(TYPE)).toMatchObject({ inputs: { context: 'later', leftovers: 'refuse' } });
  expect(made.one(TYPE).inputs.kubeconfig).toEqual({ __pulumiUnknown: true });
});
