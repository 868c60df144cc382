import { readinessFor, timeoutOf } from '../../../local/provider/annotations';
import { readinessOf, type Readiness } from '../../../local/provider/readiness';
import { live } from './objects';

const look = (apiVersion: string, kind: string, fields: Record<string, unknown>, generation = 1): Readiness => {
  const check = readinessOf(apiVersion, kind);
  if (!check) throw new Error(`${kind} is not looked at`);
  return check(live(kind, fields, generation));
};
const deployment = (status: object, replicas = 2, generation = 1): Readiness => look('apps/v1', 'Deployment', { spec: { replicas }, status }, generation);

describe('a Deployment', () => {
  const done = { observedGeneration: 1, replicas: 2, updatedReplicas: 2, availableReplicas: 2 };

  it('is ready when all replicas are new and available', () => expect(deployment(done)).toEqual({ state: 'ready' }));
  it('with no replicas wanted is ready', () => expect(deployment({ observedGeneration: 1 }, 0)).toEqual({ state: 'ready' }));

  it.each([
    ['has not seen this version', { ...done }, 2],
    ['1 of 2 replicas are of this version', { ...done, updatedReplicas: 1 }, 1],
    ['1 old replicas are still there', { ...done, replicas: 3 }, 1],
    ['1 of 2 replicas are available', { ...done, availableReplicas: 1 }, 1],
    ['ReplicaFailure=True (FailedCreate: serviceaccount not found)', { observedGeneration: 1, conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: 'serviceaccount not found' }] }, 1],
  ])('waits because %s', (reason, status, generation) => {
    expect(deployment(status, 2, generation)).toEqual({ state: 'waiting', reason: expect.stringContaining(reason) });
  });

  it('has failed when the deadline of its controller has passed', () => {
    const conditions = [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'no progress' }];
    expect(deployment({ observedGeneration: 1, conditions })).toEqual({ state: 'failed', reason: 'Progressing=False (ProgressDeadlineExceeded: no progress)' });
  });
});

describe('other kinds', () => {
  it('a StatefulSet rolls up to its partition', () => {
    const spec = { replicas: 3, updateStrategy: { rollingUpdate: { partition: 2 } } };
    expect(look('apps/v1', 'StatefulSet', { spec, status: { observedGeneration: 1, readyReplicas: 3, updatedReplicas: 1 } }).state).toBe('ready');
    expect(look('apps/v1', 'StatefulSet', { spec, status: { observedGeneration: 1, readyReplicas: 3 } }).state).toBe('waiting');
  });

  it('a DaemonSet is ready on every node it is meant for', () => {
    const status = { observedGeneration: 1, desiredNumberScheduled: 2, updatedNumberScheduled: 2 };
    expect(look('apps/v1', 'DaemonSet', { status: { ...status, numberAvailable: 2 } }).state).toBe('ready');
    expect(look('apps/v1', 'DaemonSet', { status: { ...status, numberAvailable: 1 } })).toEqual({ state: 'waiting', reason: 'it is available on 1 of 2 nodes' });
    expect(look('apps/v1', 'DaemonSet', { status: { observedGeneration: 1 } }).state).toBe('ready');
  });

  it('a Pod is ready when it says so or is done, and has failed when it has', () => {
    expect(look('v1', 'Pod', { status: { conditions: [{ type: 'Ready', status: 'True' }] } }).state).toBe('ready');
    expect(look('v1', 'Pod', { status: { phase: 'Succeeded' } }).state).toBe('ready');
    expect(look('v1', 'Pod', { status: { phase: 'Failed', message: 'evicted' } })).toEqual({ state: 'failed', reason: 'phase Failed: evicted' });
  });

  it('a CRD is ready once established, and has failed when its names are taken', () => {
    const crd = (conditions: object[]): Readiness => look('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { status: { conditions } });
    expect(crd([{ type: 'Established', status: 'True' }]).state).toBe('ready');
    expect(crd([{ type: 'NamesAccepted', status: 'False', reason: 'Taken', message: 'kind in use' }])).toEqual({ state: 'failed', reason: 'NamesAccepted=False (Taken: kind in use)' });
  });

  it.each([['v1', 'Service'], ['v1', 'Namespace'], ['batch/v1', 'Job'], ['v1', 'PersistentVolumeClaim'], ['serving.kserve.io/v1beta1', 'InferenceService']])('%s %s is not waited for', (apiVersion, kind) => {
    expect(readinessOf(apiVersion, kind)).toBeUndefined();
  });
});

describe('annotations', () => {
  const annotated = (annotations: Record<string, string>, kind = 'Thing') => ({ apiVersion: 'x.io/v1', kind, metadata: { annotations } });
  const state = (waitFor: string, fields: Record<string, unknown>): Readiness | undefined => readinessFor(annotated({ 'pulumi.com/waitFor': waitFor }))?.(live('Thing', fields));

  it('wait for a condition, with a status or True', () => {
    expect(state('condition=Ready', { status: { conditions: [{ type: 'Ready', status: 'True' }] } })).toEqual({ state: 'ready' });
    expect(state('condition=Ready=False', { status: { conditions: [{ type: 'Ready', status: 'True' }] } })?.state).toBe('waiting');
    expect(state('condition=Ready', {})).toEqual({ state: 'waiting', reason: 'there is no condition Ready yet' });
  });

  it('wait for a field', () => {
    expect(state('jsonpath={.status.addresses[0].value}', { status: { addresses: [{ value: '10.0.0.1' }] } })?.state).toBe('ready');
    expect(state('jsonpath={.status.phase}=Running', { status: { phase: 'Pending' } })).toEqual({ state: 'waiting', reason: '.status.phase is "Pending", not Running' });
  });

  it('wait for several things', () => {
    const both = '["jsonpath={.status.phase}=Running", "condition=Ready"]';
    expect(state(both, { status: { phase: 'Running' } })?.state).toBe('waiting');
    expect(state(both, { status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] } })?.state).toBe('ready');
  });

  it('refuse what they cannot mean', () => {
    expect(() => readinessFor(annotated({ 'pulumi.com/waitFor': 'ready please' }))).toThrow('must be condition=<Type>');
  });

  it('skip everything when told to', () => {
    expect(readinessFor({ ...annotated({ 'pulumi.com/skipAwait': 'true', 'pulumi.com/waitFor': 'condition=Ready' }) })).toBeUndefined();
  });

  it('say how long: the resource\'s own timeout, then the annotation, then ten minutes', () => {
    const object = annotated({ 'pulumi.com/timeoutSeconds': '30' });
    expect([timeoutOf(object, 5), timeoutOf(object, 0), timeoutOf(annotated({}), 0)]).toEqual([5_000, 30_000, 600_000]);
  });
});
