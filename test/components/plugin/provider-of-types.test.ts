import type { StructBytes } from '../../../components/apiserver/plugin/wire';
import { encodeStruct } from '../../../components/apiserver/plugin/wire';
import { ProviderOfTypes, type TypeProvider } from '../../../components/plugin/provider-of-types';
import { DEFINITIONS_TYPE, DRAIN_TYPE } from '../../../components/plugin/types';

const NOTHING: StructBytes = encodeStruct({});
const urnOf = (type: string): string => `urn:pulumi:dev::platform::kubeflow-cdk:index:PlatformDeployment$${type}::some`;

/** Serves a type, and notes what it is asked. */
function noting(name: string, asked: string[]): TypeProvider {
  const note = (what: string): void => void asked.push(`${name} ${what}`);
  return {
    configure: async (args) => note(`configure ${JSON.stringify(args)}`),
    check: async () => (note('check'), { inputs: NOTHING }),
    diff: async () => (note('diff'), { changes: new Map() }),
    create: async () => (note('create'), { id: `${name}-id`, outputs: NOTHING }),
    read: async () => (note('read'), { id: `${name}-id`, outputs: NOTHING, inputs: NOTHING }),
    update: async () => (note('update'), encodeStruct({ by: name })),
    delete: async () => note('delete'),
    cancel: () => note('cancel'),
    close: async () => note('close'),
  };
}

function provider() {
  const asked: string[] = [];
  return { asked, serving: new ProviderOfTypes(new Map([DEFINITIONS_TYPE, DRAIN_TYPE].map((type) => [type, noting(type, asked)]))) };
}

describe('the provider of the package', () => {
  it.each([DEFINITIONS_TYPE, DRAIN_TYPE])('has everything about a %s done by who serves that type, whatever its parents', async (type) => {
    const { asked, serving } = provider();
    const about = { id: 'x', urn: urnOf(type), olds: NOTHING, news: NOTHING, oldInputs: NOTHING, properties: NOTHING, inputs: NOTHING, timeout: 0, preview: false };
    await serving.check(about);
    await serving.diff(about);
    expect((await serving.create(about)).id).toBe(`${type}-id`);
    expect((await serving.read(about)).id).toBe(`${type}-id`);
    expect(await serving.update(about)).toEqual(encodeStruct({ by: type }));
    await serving.delete(about);
    expect(asked).toEqual(['check', 'diff', 'create', 'read', 'update', 'delete'].map((what) => `${type} ${what}`));
  });

  it('names the types it has when it is asked for another', async () => {
    const { asked, serving } = provider();
    const request = { urn: urnOf('kubeflow-cdk:index:Other'), olds: NOTHING, news: NOTHING };
    await expect(serving.check(request)).rejects.toThrow(new Error('This provider has no resource type kubeflow-cdk:index:Other; it has kubeflow-cdk:index:CustomResourceDefinitions, kubeflow-cdk:index:ClusterDrain'));
    expect(asked).toEqual([]);
  });

  it('tells all of them what concerns all', async () => {
    const { asked, serving } = provider();
    await serving.configure({ a: '1' });
    serving.cancel();
    await serving.close();
    expect(asked).toEqual(['configure {"a":"1"}', 'cancel', 'close'].flatMap((what) => [`${DEFINITIONS_TYPE} ${what}`, `${DRAIN_TYPE} ${what}`]));
  });

  it('has no configuration of its own', async () => {
    const { serving } = provider();
    expect(await serving.checkConfig({ urn: 'urn', olds: NOTHING, news: NOTHING })).toEqual({ inputs: NOTHING });
    expect((await serving.diffConfig()).changes.size).toBe(0);
  });

  it('ends those that can be ended, although one cannot', async () => {
    const asked: string[] = [];
    const broken: TypeProvider = { ...noting('broken', asked), close: async () => { throw new Error('stays open'); } };
    await expect(new ProviderOfTypes(new Map([['a', broken], ['b', noting('b', asked)]])).close()).rejects.toThrow('stays open');
    expect(asked).toEqual(['b close']);
  });
});
