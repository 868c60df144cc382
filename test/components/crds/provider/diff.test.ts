import { DiffKind, type DiffResponse } from '../../../../components/apiserver/plugin/messages';
import { encodeStruct } from '../../../../components/apiserver/plugin/wire';
import { DefinitionsProvider } from '../../../../components/crds/provider/provider';
import { ProviderOfTypes } from '../../../../components/plugin/provider-of-types';

const urn = 'urn:pulumi:s::p::kubeflow-cdk:index:CustomResourceDefinitions::kserve';
const diff = (before: object, after: object): Promise<DiffResponse> =>
  new DefinitionsProvider().diff({ id: 'kserve', urn, olds: encodeStruct({}), oldInputs: encodeStruct({ ...before }), news: encodeStruct({ ...after }) });

describe('CRDs as a unit', () => {
  it('do not change when the checkout or the kubeconfig moves', async () => {
    const { changes } = await diff({ bundle: '/a/1.json', kubeconfig: '/a/config', digests: { 'x.y': '1' } }, { bundle: '/b/1.json', kubeconfig: '/b/config', digests: { 'x.y': '1' } });
    expect(changes.size).toBe(0);
  });

  it('name each CRD that changes', async () => {
    const { changes } = await diff({ bundle: '/a', digests: { 'same.x': '1', 'old.x': '1', 'changed.x': '1' } }, { bundle: '/b', digests: { 'same.x': '1', 'changed.x': '2', 'new.x': '1' } });
    expect(changes).toEqual(new Map([['digests["old.x"]', DiffKind.Delete], ['digests["changed.x"]', DiffKind.Update], ['digests["new.x"]', DiffKind.Add]]));
  });

  it('are other ones on another cluster', async () => {
    const { changes } = await diff({ bundle: '/a', context: 'one', digests: {} }, { bundle: '/a', context: 'two', digests: {} });
    expect([...changes.values()]).toEqual([DiffKind.UpdateReplace]);
  });

  it('are checked for what they need', async () => {
    const { failures } = await new DefinitionsProvider().check({ urn, olds: encodeStruct({}), news: encodeStruct({ digests: { a: 1 } }) });
    expect(failures?.map(({ property }) => property)).toEqual(['bundle', 'digests']);
  });

  it('are the only resource of their provider', async () => {
    await expect(new ProviderOfTypes(new Map([['kubeflow-cdk:index:CustomResourceDefinitions', new DefinitionsProvider()]])).check({ urn: urn.replace('CustomResourceDefinitions', 'Other'), olds: encodeStruct({}), news: encodeStruct({}) })).rejects.toThrow('kubeflow-cdk:index:Other');
  });
});
