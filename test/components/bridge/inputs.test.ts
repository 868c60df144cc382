import * as pulumi from '@pulumi/pulumi';
import { asString } from '../../../components/bridge';
import { resourceInputs } from '../../../components/bridge/inputs';
import { jsonText, yamlText } from '../../../constructs/core';

const valueOf = <T>(input: pulumi.Input<T>): Promise<T> => new Promise((resolve) => pulumi.output(input).apply((value) => resolve(value as T)));
const configMap = (data: Record<string, string>) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data });
const dataOf = async (data: Record<string, string>) => (await valueOf(resourceInputs(configMap(data)) as { data: Record<string, string> })).data;

describe('resourceInputs', () => {
  it('leaves plain values alone', () => {
    expect(resourceInputs(configMap({ a: 'b' }))).toEqual(configMap({ a: 'b' }));
  });

  it('puts an Output where its token stands, also inside a longer string', async () => {
    const bucket = asString(pulumi.output('models'));
    expect(await dataOf({ bucket, url: `s3://${bucket}/v1` })).toEqual({ bucket: 'models', url: 's3://models/v1' });
  });

  it('escapes a value inside JSON and YAML text', async () => {
    const value = 'a "quoted"\nline: [x]';
    const token = asString(pulumi.output(value));
    const data = await dataOf({ json: jsonText({ key: token }), yaml: yamlText({ key: `pre-${token}` }) });
    expect(JSON.parse(data['json'] ?? '')).toEqual({ key: value });
    const { parse } = await import('yaml');
    expect(parse(data['yaml'] ?? '')).toEqual({ key: `pre-${value}` });
  });

  it('keeps a secret secret, and nothing else', async () => {
    const inputs = resourceInputs(configMap({ password: asString(pulumi.secret('x')), user: asString(pulumi.output('y')) })) as { data: Record<string, pulumi.Output<string>> };
    expect(await pulumi.isSecret(inputs.data['password'] as pulumi.Output<string>)).toBe(true);
    expect(await pulumi.isSecret(inputs.data['user'] as pulumi.Output<string>)).toBe(false);
  });

  it('makes the whole content of a Secret secret', async () => {
    const inputs = resourceInputs({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, stringData: { token: 'x' } });
    expect(pulumi.Output.isInstance(inputs['stringData'])).toBe(true);
    expect(await pulumi.isSecret(inputs['stringData'] as pulumi.Output<unknown>)).toBe(true);
  });

  it('has an unknown value unknown where it stands and nowhere else', async () => {
    const unknown = new (pulumi.Output as unknown as new (...args: unknown[]) => pulumi.Output<string>)([], Promise.resolve(undefined), Promise.resolve(false), Promise.resolve(false), Promise.resolve([]));
    const inputs = resourceInputs(configMap({ known: 'a', url: `http://${asString(unknown)}` })) as { data: Record<string, pulumi.Output<string>> };
    expect(inputs.data['known']).toBe('a');
    expect(await (inputs.data['url'] as unknown as { isKnown: Promise<boolean> }).isKnown).toBe(false);
  });
});
