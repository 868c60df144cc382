import { createToken, findTokens, hasToken, splitTokens } from '../../../constructs/core';
import { markTokensAsJson } from '../../../constructs/core/token';

const BUCKET = { output: 'bucket' };
const REGION = { output: 'region' };
const bucket = createToken(BUCKET, 'bucket name');
const region = createToken(REGION, 'region');

test('one value has one marker, two values have two', () => {
  expect(createToken(BUCKET, 'again')).toBe(bucket);
  expect(bucket).not.toBe(region);
  expect(createToken({ output: 'bucket' }, 'equal, but another')).not.toBe(bucket);
});

test('a marker is seen in a larger string', () => {
  expect(hasToken(`s3://${bucket}/data`)).toBe(true);
  expect(hasToken('s3://bucket/${HOME}/data')).toBe(false);
});

test('a string is cut at its markers, and the parts are in order', () => {
  expect(splitTokens(`s3://${bucket}.${region}${bucket}`)).toEqual([
    's3://',
    { value: BUCKET, description: 'bucket name', json: false },
    '.',
    { value: REGION, description: 'region', json: false },
    { value: BUCKET, description: 'bucket name', json: false },
  ]);
  expect(splitTokens('plain')).toEqual(['plain']);
  expect(splitTokens('')).toEqual([]);
});

test('the values themselves come back, not copies', () => {
  const [part] = splitTokens(bucket);
  expect(typeof part === 'object' && part.value).toBe(BUCKET);
});

test('markers inside JSON are marked once, however often it is asked', () => {
  const marked = markTokensAsJson(JSON.stringify({ bucket }));
  expect(markTokensAsJson(marked)).toBe(marked);
  expect(splitTokens(marked)).toContainEqual({ value: BUCKET, description: 'bucket name', json: true });
  expect(() => JSON.parse(marked)).not.toThrow();
});

test('a marker that stands for nothing is an error, not text', () => {
  expect(() => splitTokens('${KubeflowToken[999999]}')).toThrow(/stands for no value/);
});

test('finds every marker in a value, with its path', () => {
  expect(findTokens({ spec: { args: ['a', `--bucket=${bucket}`], region, replicas: 2, none: null } })).toEqual([
    { path: 'spec.args[1]', description: 'bucket name' },
    { path: 'spec.region', description: 'region' },
  ]);
  expect(findTokens({ spec: { args: ['a'] } })).toEqual([]);
});
