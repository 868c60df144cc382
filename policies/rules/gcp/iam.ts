import type { CloudResource } from '../../engine/object';
import type { ResourcePolicy } from '../../engine/policy';
import { elements, input, isNamed, setting } from '../cloud/inputs';
import { originsOf } from '../cloud/references';
import { google } from './controls';
import { type Grant, grantsOf, HIERARCHY_GRANTS } from './grants';
import { isUserCreatedAccount, isWrittenAsAccount } from './service-accounts';

const BUILDER = 'serviceAccount:builder@my-project.iam.gserviceaccount.com';

function member(role: string, name: string): CloudResource {
  return { type: 'gcp:projects/iAMMember:IAMMember', name: 'builder', properties: { project: 'my-project', role, member: name } };
}

/** A policy over roles that should not be given, whoever to: everything but how it finds them. */
type RolePolicy = Omit<ResourcePolicy, 'resourceTypes' | 'check'> & {
  readonly roles: ReadonlySet<string>;
  /** What is wrong with giving one: how the sentence `'x' …` goes on. */
  problem(role: string): string;
  /** Roles of which a finding is only shown. @default none */
  readonly advised?: ReadonlySet<string>;
};

/** Makes a policy that looks at each role given on a project, a folder or an organisation. */
function rolePolicy({ roles, problem, advised, ...about }: RolePolicy): ResourcePolicy {
  return {
    ...about,
    resourceTypes: HIERARCHY_GRANTS,
    check(resource, report) {
      for (const { role, path } of rolesOf(resource)) {
        if (!roles.has(role)) continue;
        const enforcement = advised?.has(role) ? 'advisory' : about.enforcement;
        report.finding({ path, found: role, message: `'${resource.name}' ${problem(role)}`, enforcement });
      }
    },
  };
}

/** The roles that a resource gives to anyone. To whom is often not known in a preview, and not asked for. */
function rolesOf(resource: CloudResource): readonly Pick<Grant, 'role' | 'path'>[] {
  const { path, value } = setting(resource, 'role');
  if (!isNamed(value)) {
    const held = new Set(grantsOf(resource).map(({ role }) => role));
    return [...held].map((role) => ({ role, path: ['policyData'] }));
  }
  const isEmpty = resource.type.endsWith('Binding') && input(resource, 'members') !== undefined && elements(resource, 'members').length === 0;
  return isEmpty ? [] : [{ role: value, path }];
}

const ADMIN = /^roles\/(owner|editor|.*admin)$/i;

const ACCOUNT = 'gcp:serviceaccount/account:Account';

/** CIS Google Cloud 1.5. */
export const adminServiceAccount: ResourcePolicy = {
  id: 'gcp-admin-service-account',
  title: 'Service accounts have no administrative roles',
  severity: 'high',
  enforcement: 'mandatory',
  controls: google('1.5', { v5: '1.6' }),
  rationale:
    'A service account belongs to a program, and programs are broken into. With an administrative role on the project the ' +
    'intruder administers the project.',
  remediation: 'Give the account the roles that its program needs, on the resources that it needs.',
  reach: 'stack',
  examples: { fails: member('roles/editor', BUILDER), passes: member('roles/logging.logWriter', BUILDER) },
  resourceTypes: HIERARCHY_GRANTS,
  check(resource, report) {
    const stated = input(resource, 'role');
    if (isNamed(stated) && !ADMIN.test(stated)) return;
    // Its address is not known before the account is made, but where it comes from is.
    if (isNamed(stated) && originsOf(resource, 'member', [ACCOUNT]).length > 0) {
      report.finding({ path: ['role'], found: stated, message: `'${resource.name}' gives a service account the administrative role ${stated}` });
      return;
    }
    for (const { role, member: name, path } of grantsOf(resource)) {
      if (!ADMIN.test(role) || !isUserCreatedAccount(name)) continue;
      const enforcement = isWrittenAsAccount(name) ? undefined : 'advisory';
      report.finding({ path, found: name, message: `'${resource.name}' gives a service account the administrative role ${role}`, enforcement });
    }
  },
};

const IMPERSONATION = new Set(['roles/iam.serviceAccountUser', 'roles/iam.serviceAccountTokenCreator']);

/** CIS Google Cloud 1.6. */
export const impersonation = rolePolicy({
  id: 'gcp-project-wide-impersonation',
  title: 'Nobody may act as every service account of a project',
  severity: 'high',
  enforcement: 'mandatory',
  controls: google('1.6', { v5: '1.7' }),
  rationale:
    'On a project, these roles let their holder act as each of its service accounts, present and future, and so do all that ' +
    'any of them may do.',
  remediation: 'Give the role on the service account that is meant (gcp.serviceaccount.IAMMember), not on the project.',
  examples: {
    fails: member('roles/iam.serviceAccountUser', 'user:ada@example.com'),
    passes: member('roles/viewer', 'user:ada@example.com'),
  },
  roles: IMPERSONATION,
  problem: (role) => `lets its holders act as every service account (${role})`,
});

const BASIC = new Set(['roles/owner', 'roles/editor', 'roles/viewer']);

/** Not in the benchmark for people, but the widest roles there are. */
export const basicRoles = rolePolicy({
  id: 'gcp-basic-roles',
  title: 'Nobody has a basic role on a project, folder or organisation',
  severity: 'high',
  enforcement: 'mandatory',
  controls: ['hardening:google-basic-roles'],
  rationale:
    'Owner, editor and viewer hold thousands of permissions, in every service of Google Cloud, also those to come. Hardly ' +
    'anyone needs more than a few of them.',
  remediation: 'Give predefined roles of the services in question, or a custom role.',
  examples: {
    fails: member('roles/editor', 'user:ada@example.com'),
    passes: member('roles/container.developer', 'user:ada@example.com'),
  },
  roles: BASIC,
  // It reads everything, but changes nothing.
  advised: new Set(['roles/viewer']),
  problem: (role) => `gives the basic role ${role}`,
});

const KEY = 'gcp:serviceaccount/key:Key';

/** CIS Google Cloud 1.4. */
export const serviceAccountKey: ResourcePolicy = {
  id: 'gcp-service-account-key',
  title: 'Service accounts have no keys of their own',
  severity: 'high',
  enforcement: 'mandatory',
  controls: google('1.4', { v5: '1.5' }),
  rationale:
    'A key of a service account is a password that does not expire and works from anywhere. It ends up in repositories, ' +
    'images and laptops. Workloads get short-lived credentials from Google instead.',
  remediation: 'Remove the key: in GKE use Workload Identity, on virtual machines attach the account, elsewhere federate identities.',
  examples: {
    fails: { type: KEY, name: 'ci', properties: { serviceAccountId: 'builder@my-project.iam.gserviceaccount.com' } },
    passes: { type: 'gcp:serviceaccount/account:Account', name: 'builder', properties: { accountId: 'builder' } },
  },
  resourceTypes: [KEY],
  check(resource, report) {
    report.finding({ path: [], found: undefined, message: `'${resource.name}' is a key that users manage` });
  },
};
