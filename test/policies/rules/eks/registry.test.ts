import { check, findings, messages, resource, unknown } from '../aws/subjects';

const REPOSITORY = 'aws:ecr/repository:Repository';
const SCANNING = 'aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration';
const PATH = 'imageScanningConfiguration.scanOnPush';

it.each([
  [{}, [`main: ${PATH} = null`]],
  [{ imageScanningConfiguration: null }, [`main: ${PATH} = null`]],
  [{ imageScanningConfiguration: { scanOnPush: false } }, [`main: ${PATH} = false`]],
  [{ imageScanningConfiguration: { scanOnPush: 'yes' } }, [`main: ${PATH} = "yes"`]],
  [{ imageScanningConfiguration: { scanOnPush: true } }, []],
])('repository with %j: %j', (properties, expected) => {
  expect(check('eks-ecr-image-scanning', resource(REPOSITORY, properties))).toEqual(expected);
});

describe('scanning of the whole registry', () => {
  const repository = resource(REPOSITORY, { name: 'team-a/models' });
  const rules = (filter: unknown, scanFrequency = 'SCAN_ON_PUSH') => resource(SCANNING, { scanType: 'BASIC', rules: [null, { scanFrequency, repositoryFilters: [{ filter, filterType: 'WILDCARD' }] }] }, { name: 'scanning' });

  it.each([['*'], ['team-a/*'], ['*models'], ['models']])('covers it with the filter %s', (filter) => {
    expect(check('eks-ecr-image-scanning', repository, rules(filter))).toEqual([]);
  });

  it.each([['team-b/*'], ['*.models'], ['team-c'], ['xxx'], [null], [3]])('does not with %s', (filter) => {
    expect(check('eks-ecr-image-scanning', repository, rules(filter))).toHaveLength(1);
  });

  it('is none if someone has to ask for it', () => {
    expect(check('eks-ecr-image-scanning', repository, rules('*', 'MANUAL'))).toHaveLength(1);
  });

  it.each([
    [{ scanType: 'BASIC' }, ['scanning: rules = null']],
    [{ scanType: 'BASIC', rules: [] }, ['scanning: rules = []']],
    [{ scanType: 'BASIC', rules: null }, ['scanning: rules = null']],
    [{ scanType: 'BASIC', rules: [{ scanFrequency: 'SCAN_ON_PUSH' }] }, []],
    [{ scanType: 'ENHANCED' }, []],
    [{}, []],
  ])('with %j alone: %j', (properties, expected) => {
    expect(check('eks-ecr-image-scanning', resource(SCANNING, properties, { name: 'scanning' }))).toEqual(expected);
  });

  it('scans nothing without a rule, unless repositories are scanned by themselves', () => {
    const none = resource(SCANNING, { scanType: 'BASIC' });
    expect(findings('eks-ecr-image-scanning', none)).toMatchObject([{ controls: ['cis-eks-1.8:5.1.1'], message: "registry scanning 'main' has no rule, and scans nothing" }]);
    expect(check('eks-ecr-image-scanning', none, resource(REPOSITORY, { imageScanningConfiguration: { scanOnPush: true } }))).toEqual([]);
    expect(check('eks-ecr-image-scanning', none, repository)).toEqual([`main: ${PATH} = null`]);
    expect(check('eks-ecr-image-scanning', resource(SCANNING, unknown({ scanType: 'BASIC' }, 'rules')))).toEqual(['main? rules']);
  });

  it('may not be known yet', () => {
    expect(check('eks-ecr-image-scanning', repository, resource(SCANNING, unknown({}, 'rules'), { name: 'scanning' }))).toEqual([`main? ${PATH}`]);
  });
});

describe('who is let in', () => {
  const ID = 'eks-ecr-public-access';
  const allow = (fields: object) => ({ Effect: 'Allow', Principal: '*', Action: ['ecr:BatchGetImage'], ...fields });

  it.each([
    [[allow({})], 1],
    [[allow({ Principal: { AWS: ['*'] } })], 1],
    [[allow({ Effect: 'Deny' })], 0],
    [[allow({ Principal: { AWS: 'arn:aws:iam::123456789012:root' } })], 0],
    [[allow({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } } })], 0],
    [[null], 0],
  ])('by %j: %d findings', (Statement, expected) => {
    for (const type of ['aws:ecr/repositoryPolicy:RepositoryPolicy', 'aws:ecr/registryPolicy:RegistryPolicy']) {
      expect(check(ID, resource(type, { policy: JSON.stringify({ Statement }) }))).toHaveLength(expected);
      expect(check(ID, resource(type, { policy: { Statement } }))).toHaveLength(expected);
    }
  });

  it('is said with the control', () => {
    const open = resource('aws:ecr/repositoryPolicy:RepositoryPolicy', { policy: { Statement: [allow({})] } });
    expect(findings(ID, open)).toMatchObject([{ path: 'policy.Statement[0]', controls: ['cis-eks-1.8:5.1.2'] }]);
    expect(messages(ID, open)).toEqual(["the policy 'main' lets everyone into the registry"]);
    expect(messages('eks-ecr-image-scanning', resource(REPOSITORY, {}))).toEqual(["nobody scans the images of repository 'main'"]);
  });
});
