import { isSecret, secret } from '../../../components/apiserver/plugin/values';
import { checkInputs } from '../../../local/provider/check';
import { bytes, NOTHING, urnOf, values, type TestObject } from './objects';

const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
const configMap: TestObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', namespace: 'ns' }, data: { a: 'b' } };
const check = (object: TestObject, inputs: object = object): ReturnType<typeof checkInputs> => checkInputs({ urn: urnOf(object), olds: NOTHING, news: bytes(inputs) });

describe('inputs of an object', () => {
  it('that are right come back as they went in', () => {
    const news = bytes(configMap);
    expect(checkInputs({ urn: urnOf(configMap), olds: NOTHING, news })).toEqual({ inputs: news, failures: [] });
  });

  it('get the version and kind of their type when they name none', () => {
    const { metadata, data } = configMap;
    expect(values(check(configMap, { metadata, data }).inputs)).toEqual(configMap);
  });

  it.each([
    [{ ...configMap, kind: 'Secret' }, 'kind', 'is "Secret", but the resource type says "ConfigMap"'],
    [{ ...configMap, metadata: {} }, 'metadata.name', 'is missing'],
    [{ ...configMap, metadata: { generateName: 'x-' } }, 'metadata.generateName', 'is not supported'],
    [{ ...configMap, metadata: { name: UNKNOWN } }, 'metadata.name', 'is not known before deployment'],
    [{ ...configMap, metadata: { name: 'x', namespace: 3 } }, 'metadata.namespace', 'is 3'],
    [{ ...configMap, metadata: undefined }, 'metadata', 'must be an object'],
  ])('that are wrong are named with what would be right: %#', (inputs, property, reason) => {
    expect(check(configMap, inputs).failures).toContainEqual({ property, reason: expect.stringContaining(reason) });
  });

  it('of a Secret are secret, whether the program said so or not', () => {
    const object: TestObject = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x' }, data: { a: 'Yg==' }, stringData: { c: secret('d') } };
    const inputs = values(check(object).inputs);
    expect([isSecret(inputs['data']), isSecret(inputs['stringData'])]).toEqual([true, true]);
    expect(inputs['metadata']).toEqual({ name: 'x' });
  });

  it('may hold values that are not known yet', () => {
    expect(check({ ...configMap, data: { a: UNKNOWN } }).failures).toEqual([]);
  });
});
