import type { ApiClient } from '../../../../components/apiserver';
import type { Definition } from '../../../../components/crds/definition';
import { untilServed } from '../../../../components/crds/provider/established';

const DEFINITION: Definition = {
  apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'widgets.example.com', annotations: { ours: 'kept' } },
  spec: { group: 'example.com', scope: 'Namespaced', names: { kind: 'Widget', plural: 'widgets' }, versions: [{ name: 'v1', served: true, storage: true }] },
};

/** An API server that has accepted the names of a CRD and does not go on until something about it changes. */
function stuckServer(conditions: readonly object[]) {
  const applied: Definition[] = [];
  const client = {
    read: () => Promise.resolve(applied.length >= 2 ? { resources: [{ name: 'widgets', kind: 'Widget' }] } : undefined),
    get: () => Promise.resolve({ metadata: { name: 'widgets.example.com' }, status: { conditions } }),
    apply: (_: unknown, object: Definition) => {
      applied.push(object);
      return Promise.resolve({ created: false });
    },
  } as unknown as ApiClient;
  return { client, applied };
}

const condition = (type: string, status: string) => ({ type, status, message: `${type} is ${status}` });

describe('untilServed', () => {
  it('wakes an API server that forgot a CRD when it was restarted, and leaves the CRD as it was', async () => {
    const { client, applied } = stuckServer([condition('NamesAccepted', 'True'), condition('Established', 'False')]);
    await untilServed(client, [DEFINITION], 5_000, new AbortController().signal, 50);
    expect(applied.map(({ metadata }) => metadata['annotations'])).toEqual([{ ours: 'kept', 'kubeflow-cdk.dev/woken': 'true' }, { ours: 'kept' }]);
  });

  it('leaves alone a CRD that is only slow', async () => {
    const { client, applied } = stuckServer([]);
    await expect(untilServed(client, [DEFINITION], 300, new AbortController().signal, 50)).rejects.toThrow(/widgets\.example\.com.*not served yet/);
    expect(applied).toEqual([]);
  });
});
