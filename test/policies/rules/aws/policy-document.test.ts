import { allowsAnyone, allowsEverything, deniesPlainHttp, statementsOf } from '../../../../policies/rules/aws/policy-document';

const statement = (fields: object) => ({ path: [], fields: { ...fields } });

describe('statements', () => {
  it('are read from text and from objects, one or many', () => {
    const fields = { Effect: 'Allow' };
    expect(statementsOf({ Statement: [null, fields] }, ['policy'])).toEqual([{ path: ['policy', 'Statement', 1], fields }]);
    expect(statementsOf({ Statement: fields }, ['policy'])).toEqual([{ path: ['policy', 'Statement'], fields }]);
    expect(statementsOf(JSON.stringify({ Statement: [fields] }), ['policy'])).toEqual([{ path: ['policy'], fields }]);
  });

  it.each([undefined, null, '', 'not json', '[]', 'null', 3])('are none in %j', (document) => {
    expect(statementsOf(document, [])).toBeUndefined();
  });
});

it.each([
  [{ Effect: 'Allow', Action: '*', Resource: '*' }, true],
  [{ Effect: 'Allow', Action: ['s3:GetObject', '*'], Resource: ['*'] }, true],
  [{ Effect: 'Allow', Action: '*:*', Resource: '*' }, true],
  [{ Effect: 'Allow', Action: '*', Resource: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }, true],
  [{ Action: '*', Resource: '*' }, true],
  [{ Effect: 'Deny', Action: '*', Resource: '*' }, false],
  [{ Effect: 'Allow', Action: '*', Resource: 'arn:aws:s3:::models' }, false],
  [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }, false],
  [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }, false],
  [{ Effect: 'Allow', Action: null, Resource: null }, false],
])('%j allows everything: %s', (fields, expected) => {
  expect(allowsEverything(statement(fields))).toBe(expected);
});

describe('a statement for everyone', () => {
  const everyone = (Condition?: unknown, Principal: unknown = '*') => allowsAnyone(statement({ Effect: 'Allow', Principal, Action: 's3:GetObject', Condition }));

  it.each([['*'], [{ AWS: '*' }], [{ AWS: ['arn:aws:iam::123456789012:root', '*'] }]])('has the principal %j', (principal) => {
    expect(everyone(undefined, principal)).toBe(true);
  });

  it.each([[{ AWS: 'arn:aws:iam::123456789012:root' }], [{ Service: 'cloudtrail.amazonaws.com' }], [undefined], [null], [[]]])('is not one for %j', (principal) => {
    expect(allowsAnyone(statement({ Effect: 'Allow', Principal: principal }))).toBe(false);
  });

  it.each([
    [{ StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } }, false],
    [{ StringEquals: { 'AWS:SourceOwner': '123456789012' } }, false],
    [{ IpAddress: { 'aws:SourceIp': ['203.0.113.0/24'] } }, false],
    [{ ArnLike: { 'aws:SourceArn': 'arn:aws:cloudtrail:*:123456789012:*' } }, false],
    [{ IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }, true],
    [{ StringLike: { 'aws:PrincipalArn': '*' } }, true],
    [{ StringNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/a' } }, true],
    [{ StringEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' } }, true],
    [{ Null: { 'aws:PrincipalOrgID': 'false' } }, true],
    [{ Bool: { 'aws:SecureTransport': 'true' } }, true],
    [{ StringEquals: { 'aws:PrincipalOrgID': [] } }, true],
    [{ StringEquals: null }, true],
    ['none', true],
  ])('with the condition %j lets anyone in: %s', (condition, expected) => {
    expect(everyone(condition)).toBe(expected);
  });

  it('may deny', () => {
    expect(allowsAnyone(statement({ Effect: 'Deny', Principal: '*' }))).toBe(false);
  });
});

it.each<[object, boolean]>([
  [{}, true],
  [{ Principal: { AWS: '*' }, Action: ['s3:*'] }, true],
  [{ Action: '*' }, true],
  [{ Condition: { Bool: { 'aws:SecureTransport': false } } }, true],
  [{ Condition: { BoolIfExists: { 'AWS:securetransport': ['false'] } } }, true],
  [{ Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } }, true],
  [{ Effect: 'Allow' }, false],
  [{ Principal: { AWS: 'arn:aws:iam::123456789012:root' } }, false],
  [{ Action: 's3:PutObject' }, false],
  [{ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }, false],
  [{ Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }, false],
  [{ Condition: undefined }, false],
])('refuses plain HTTP with %j: %s', (change, expected) => {
  const base = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
  expect(deniesPlainHttp(statement({ ...base, ...change }))).toBe(expected);
});
