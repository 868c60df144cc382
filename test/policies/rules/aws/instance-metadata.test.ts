import { check, findings, messages, resource, unknown } from './subjects';

const ID = 'aws-instance-metadata-v2';
const DEFAULTS = 'aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults';
const TYPES = ['aws:ec2/instance:Instance', 'aws:ec2/launchTemplate:LaunchTemplate', 'aws:ec2/launchConfiguration:LaunchConfiguration', 'aws:ec2/spotInstanceRequest:SpotInstanceRequest'];
const [INSTANCE = ''] = TYPES;
const PATH = 'metadataOptions.httpTokens';

describe.each(TYPES)('%s', (type) => {
  it.each([
    [{}, [`main: ${PATH} = null`]],
    [{ metadataOptions: null }, [`main: ${PATH} = null`]],
    [{ metadataOptions: {} }, [`main: ${PATH} = null`]],
    [{ metadataOptions: 'required' }, [`main: ${PATH} = null`]],
    [{ metadataOptions: { httpTokens: 'optional' } }, [`main: ${PATH} = "optional"`]],
    [{ metadataOptions: { httpTokens: true } }, [`main: ${PATH} = true`]],
    [{ metadataOptions: { httpTokens: 'required' } }, []],
    [{ metadataOptions: { httpEndpoint: 'disabled' } }, []],
    [{ metadataOptions: { httpEndpoint: 'enabled' } }, [`main: ${PATH} = null`]],
  ])('with %j: %j', (properties, expected) => {
    expect(check(ID, resource(type, properties))).toEqual(expected);
  });
});

it('follows the defaults of the account and region, unless the instance says otherwise', () => {
  const required = resource(DEFAULTS, { httpTokens: 'required' }, { name: 'defaults' });
  expect(check(ID, resource(INSTANCE, {}), required)).toEqual([]);
  expect(check(ID, resource(INSTANCE, { metadataOptions: { httpTokens: 'optional' } }), required)).toEqual([`main: ${PATH} = "optional"`]);
  expect(check(ID, resource(INSTANCE, { region: 'eu-west-1' }), required)).toEqual([`main: ${PATH} = null`]);
  expect(check(ID, resource(INSTANCE, {}), resource(DEFAULTS, unknown({}, 'httpTokens'), { name: 'defaults' }))).toEqual([`main? ${PATH}`, 'defaults? httpTokens']);
});

it('asks the defaults themselves for tokens', () => {
  expect(check(ID, resource(DEFAULTS, { httpTokens: 'optional' }))).toEqual(['main: httpTokens = "optional"']);
  expect(check(ID, resource(DEFAULTS, { httpTokens: 'no-preference' }))).toEqual([]);
});

it('leaves an instance of a launch template to the template', () => {
  expect(check(ID, resource(INSTANCE, { launchTemplate: { id: 'lt-1' } }))).toEqual([`main? ${PATH}`]);
});

it('names the instance and offers a patch', () => {
  expect(messages(ID, resource(INSTANCE, {}))).toEqual(["'main' serves its metadata without a session token"]);
  expect(findings(ID, resource(INSTANCE, {}))[0]?.patch).toEqual({ metadataOptions: { httpTokens: 'required' } });
});
