import type { FieldPath } from '../../engine/field-path';
import type { CloudResource } from '../../engine/object';
import type { Report, ResourcePolicy } from '../../engine/policy';
import { readOr } from '../../engine/unknown-value';
import { example } from '../cloud/example';
import { input, listed, setting } from '../cloud/inputs';
import { shown } from '../shown';
import { NO_FULL_ADMINISTRATION, PASSWORD_LENGTH, PASSWORD_REUSE, USERS_THROUGH_GROUPS } from './controls';
import { numeric } from './inputs';
import { allowsEverything, statementsOf } from './policy-document';

const POLICY = 'aws:iam/policy:Policy';
const ROLE = 'aws:iam/role:Role';
const USER_ATTACHMENT = 'aws:iam/userPolicyAttachment:UserPolicyAttachment';
const PASSWORDS = 'aws:iam/accountPasswordPolicy:AccountPasswordPolicy';

/** Where documents and ARNs of policies stand, by type. */
const DOCUMENTS: Readonly<Record<string, FieldPath>> = {
  [POLICY]: ['policy'],
  'aws:iam/rolePolicy:RolePolicy': ['policy'],
  'aws:iam/userPolicy:UserPolicy': ['policy'],
  'aws:iam/groupPolicy:GroupPolicy': ['policy'],
  'aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy': ['inlinePolicy'],
};
const ATTACHED: Readonly<Record<string, FieldPath>> = {
  [ROLE]: ['managedPolicyArns'],
  [USER_ATTACHMENT]: ['policyArn'],
  'aws:iam/rolePolicyAttachment:RolePolicyAttachment': ['policyArn'],
  'aws:iam/groupPolicyAttachment:GroupPolicyAttachment': ['policyArn'],
  'aws:iam/policyAttachment:PolicyAttachment': ['policyArn'],
  'aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive': ['policyArns'],
  'aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive': ['policyArns'],
  'aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive': ['policyArns'],
  'aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment': ['managedPolicyArn'],
};
const ADMINISTRATOR = /^arn:aws[a-z-]*:iam::aws:policy\/AdministratorAccess$/;

function document(statement: object) {
  return { policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] }) };
}

const administration: ResourcePolicy = {
  id: 'aws-iam-full-administration',
  title: 'No IAM policy allows everything on everything',
  severity: 'critical',
  enforcement: 'mandatory',
  controls: NO_FULL_ADMINISTRATION,
  rationale: 'Whoever gets hold of an identity that may do everything owns the account: its data, its keys, its logs and its other identities. A workload or a pipeline needs a few actions on a few resources.',
  remediation: 'List the actions and resources that are needed, instead of "*" for both or the AdministratorAccess policy.',
  examples: {
    fails: example(POLICY, document({ Action: '*', Resource: '*' })),
    passes: example(POLICY, document({ Action: ['s3:GetObject', 's3:ListBucket'], Resource: ['arn:aws:s3:::models', 'arn:aws:s3:::models/*'] })),
  },
  resourceTypes: [...Object.keys(DOCUMENTS), ...Object.keys(ATTACHED)],
  check(resource, report) {
    const attached = ATTACHED[resource.type];
    if (attached) checkAttached(resource, attached, report);
    const stated = DOCUMENTS[resource.type];
    if (stated) checkDocument(resource, stated, report);
    if (resource.type !== ROLE) return;
    listed(input(resource, 'inlinePolicies')).forEach((_, index) => checkDocument(resource, ['inlinePolicies', index, 'policy'], report));
  },
};

function checkDocument(resource: CloudResource, at: FieldPath, report: Report): void {
  for (const { path, fields } of statementsOf(input(resource, ...at), at) ?? []) {
    if (allowsEverything({ path, fields })) report.finding({ path, found: fields, message: `the policy of '${resource.name}' allows everything on everything` });
  }
}

function checkAttached(resource: CloudResource, at: FieldPath, report: Report): void {
  const stated = input(resource, ...at);
  for (const [index, arn] of listed(stated).entries()) {
    if (typeof arn !== 'string' || !ADMINISTRATOR.test(arn)) continue;
    report.finding({ path: Array.isArray(stated) ? [...at, index] : at, found: arn, message: `'${resource.name}' attaches AdministratorAccess, which allows everything on everything` });
  }
}

/** What gives permissions to users: always, or if the list at a path has any. */
const OF_USERS: Readonly<Record<string, string | undefined>> = {
  'aws:iam/userPolicy:UserPolicy': undefined,
  [USER_ATTACHMENT]: undefined,
  'aws:iam/policyAttachment:PolicyAttachment': 'users',
  'aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive': 'policyArns',
  'aws:iam/userPoliciesExclusive:UserPoliciesExclusive': 'policyNames',
};

const throughGroups: ResourcePolicy = {
  id: 'aws-iam-users-through-groups',
  title: 'IAM users have permissions through groups only',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: USERS_THROUGH_GROUPS,
  rationale: 'Permissions given to single users pile up unseen and stay when people change their work. Groups and roles say what a task needs, and are reviewed as one.',
  remediation: 'Attach the policy to a group with aws.iam.GroupPolicyAttachment, and put the user into it with aws.iam.UserGroupMembership.',
  examples: {
    fails: example(USER_ATTACHMENT, { user: 'ada', policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }),
    passes: example('aws:iam/policyAttachment:PolicyAttachment', { groups: ['readers'], policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }),
  },
  resourceTypes: Object.keys(OF_USERS),
  check(resource, report) {
    const list = OF_USERS[resource.type];
    if (list !== undefined && listed(input(resource, list)).length === 0) return;
    const path = [list ?? 'user'];
    // Which user it is does not matter.
    report.finding({ path, found: readOr<unknown>('(not known yet)', () => input(resource, ...path)), message: `'${resource.name}' gives permissions to a user directly` });
  },
};

const passwordLength: ResourcePolicy = {
  id: 'aws-iam-password-length',
  title: 'Passwords of IAM users have 14 characters or more',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: PASSWORD_LENGTH,
  rationale: 'Each character makes a password many times harder to guess. IAM asks for 6 unless told otherwise.',
  remediation: 'Set minimumPasswordLength to 14 or more.',
  examples: { fails: example(PASSWORDS, { minimumPasswordLength: 8 }), passes: example(PASSWORDS, { minimumPasswordLength: 14 }) },
  resourceTypes: [PASSWORDS],
  check(passwords, report) {
    const { path, value } = setting(passwords, 'minimumPasswordLength');
    if ((numeric(value) ?? 0) < 14) report.finding({ path, found: value, message: `passwords may be as short as ${shown(value ?? 6)} characters`, fix: 14 });
  },
};

const passwordReuse: ResourcePolicy = {
  id: 'aws-iam-password-reuse',
  title: 'IAM users cannot go back to any of their last 24 passwords',
  severity: 'low',
  enforcement: 'mandatory',
  controls: PASSWORD_REUSE,
  rationale: 'A password that leaked stays dangerous for as long as it can be chosen again.',
  remediation: 'Set passwordReusePrevention to 24.',
  examples: { fails: example(PASSWORDS, { minimumPasswordLength: 14 }), passes: example(PASSWORDS, { passwordReusePrevention: 24 }) },
  resourceTypes: [PASSWORDS],
  check(passwords, report) {
    const { path, value } = setting(passwords, 'passwordReusePrevention');
    if ((numeric(value) ?? 0) >= 24) return;
    const message = value === undefined ? 'old passwords can be used again' : `only the last ${shown(value)} passwords cannot be used again`;
    report.finding({ path, found: value, message, fix: 24 });
  },
};

/** What the benchmark says of IAM, as far as a stack declares it. */
export const IAM: readonly ResourcePolicy[] = [administration, throughGroups, passwordLength, passwordReuse];
