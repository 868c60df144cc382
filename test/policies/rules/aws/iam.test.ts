import { check, messages, resource, unknown } from './subjects';

const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
const everything = { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }, { Effect: 'Allow', Action: ['*'], Resource: '*' }] };
const FOUND = '{"Effect":"Allow","Action":["*"],"Resource":"*"}';
const PASSWORDS = 'aws:iam/accountPasswordPolicy:AccountPasswordPolicy';

describe('full administration', () => {
  const ID = 'aws-iam-full-administration';

  it.each([['policy:Policy'], ['rolePolicy:RolePolicy'], ['userPolicy:UserPolicy'], ['groupPolicy:GroupPolicy']])('is found in iam/%s', (type) => {
    expect(check(ID, resource(`aws:iam/${type}`, { policy: everything }))).toEqual([`main: policy.Statement[1] = ${FOUND}`]);
    expect(check(ID, resource(`aws:iam/${type}`, { policy: JSON.stringify(everything) }))).toEqual([`main: policy = ${FOUND}`]);
    expect(check(ID, resource(`aws:iam/${type}`, { policy: { Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' } } }))).toEqual([]);
  });

  it.each([
    ['aws:iam/rolePolicyAttachment:RolePolicyAttachment', { policyArn: ADMIN }, [`main: policyArn = "${ADMIN}"`]],
    ['aws:iam/userPolicyAttachment:UserPolicyAttachment', { policyArn: 'arn:aws-us-gov:iam::aws:policy/AdministratorAccess' }, ['main: policyArn = "arn:aws-us-gov:iam::aws:policy/AdministratorAccess"']],
    ['aws:iam/groupPolicyAttachment:GroupPolicyAttachment', { policyArn: 'arn:aws:iam::123456789012:policy/AdministratorAccess' }, []],
    ['aws:iam/policyAttachment:PolicyAttachment', { policyArn: ADMIN }, [`main: policyArn = "${ADMIN}"`]],
    ['aws:iam/role:Role', { managedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess', ADMIN] }, [`main: managedPolicyArns[1] = "${ADMIN}"`]],
    ['aws:iam/role:Role', { inlinePolicies: [null, { policy: JSON.stringify(everything) }] }, [`main: inlinePolicies[1].policy = ${FOUND}`]],
    ['aws:iam/role:Role', { assumeRolePolicy: everything }, []],
    ['aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive', { policyArns: [ADMIN] }, [`main: policyArns[0] = "${ADMIN}"`]],
    ['aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment', { managedPolicyArn: ADMIN }, [`main: managedPolicyArn = "${ADMIN}"`]],
    ['aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy', { inlinePolicy: everything }, [`main: inlinePolicy.Statement[1] = ${FOUND}`]],
    ['aws:iam/policy:Policy', { policy: null }, []],
  ])('%s with %j: %j', (type, properties, expected) => {
    expect(check(ID, resource(type, properties))).toEqual(expected);
  });

  it('is not guessed', () => {
    expect(check(ID, resource('aws:iam/policy:Policy', unknown({}, 'policy')))).toEqual(['main? policy']);
  });

  it('says by what', () => {
    expect(messages(ID, resource('aws:iam/policy:Policy', { policy: everything }))).toEqual(["the policy of 'main' allows everything on everything"]);
    expect(messages(ID, resource('aws:iam/policyAttachment:PolicyAttachment', { policyArn: ADMIN }))).toEqual(["'main' attaches AdministratorAccess, which allows everything on everything"]);
  });
});

it.each([
  ['aws:iam/userPolicy:UserPolicy', { user: 'ada' }, ['main: user = "ada"']],
  ['aws:iam/userPolicyAttachment:UserPolicyAttachment', { user: 'ada' }, ['main: user = "ada"']],
  ['aws:iam/policyAttachment:PolicyAttachment', { users: ['ada'] }, ['main: users = ["ada"]']],
  ['aws:iam/policyAttachment:PolicyAttachment', { users: [], groups: ['readers'] }, []],
  ['aws:iam/policyAttachment:PolicyAttachment', { users: null }, []],
  ['aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive', { userName: 'ada', policyArns: [] }, []],
  ['aws:iam/userPoliciesExclusive:UserPoliciesExclusive', { userName: 'ada', policyNames: ['a'] }, ['main: policyNames = ["a"]']],
])('permissions of users in %s with %j: %j', (type, properties, expected) => {
  expect(check('aws-iam-users-through-groups', resource(type, properties))).toEqual(expected);
});

it('does not need to know which user it is', () => {
  const attachment = resource('aws:iam/userPolicyAttachment:UserPolicyAttachment', unknown({}, 'user'));
  expect(check('aws-iam-users-through-groups', attachment)).toEqual(['main: user = "(not known yet)"']);
});

it.each([
  ['aws-iam-password-length', {}, ['main: minimumPasswordLength = null']],
  ['aws-iam-password-length', { minimumPasswordLength: 13 }, ['main: minimumPasswordLength = 13']],
  ['aws-iam-password-length', { minimumPasswordLength: 'long' }, ['main: minimumPasswordLength = "long"']],
  ['aws-iam-password-length', { minimumPasswordLength: 14 }, []],
  ['aws-iam-password-reuse', { passwordReusePrevention: null }, ['main: passwordReusePrevention = null']],
  ['aws-iam-password-reuse', { passwordReusePrevention: 5 }, ['main: passwordReusePrevention = 5']],
  ['aws-iam-password-reuse', { passwordReusePrevention: 24 }, []],
])('%s with %j: %j', (id, properties, expected) => {
  expect(check(id, resource(PASSWORDS, properties))).toEqual(expected);
});

it('says what passwords may be', () => {
  expect(messages('aws-iam-password-length', resource(PASSWORDS, {}))).toEqual(['passwords may be as short as 6 characters']);
  expect(messages('aws-iam-password-reuse', resource(PASSWORDS, {}))).toEqual(['old passwords can be used again']);
  expect(messages('aws-iam-users-through-groups', resource('aws:iam/userPolicy:UserPolicy', {}))).toEqual(["'main' gives permissions to a user directly"]);
});
