import type { Inventory } from '../../engine/inventory';
import type { CloudResource } from '../../engine/object';
import type { ResourcePolicy } from '../../engine/policy';
import { readOr } from '../../engine/unknown-value';
import { input, nameOf } from '../cloud/inputs';
import { google } from './controls';
import { type Grant, grantsOf, iamTypes, PROJECT_GRANTS } from './grants';

const KMS_GRANTS = [...iamTypes('kms', 'CryptoKeyIAM'), ...iamTypes('kms', 'KeyRingIAM')];
const GRANTS = [...PROJECT_GRANTS, ...KMS_GRANTS];

/** Members by role and by what the role is given on. */
type Holders = ReadonlyMap<string, ReadonlySet<string>>;

/** Made once an evaluation: who holds which role where. What is not known yet is judged where it stands. */
function holders(inventory: Inventory): Holders {
  const found = new Map<string, Set<string>>();
  for (const type of GRANTS) {
    for (const resource of inventory.ofType(type)) {
      for (const { role, member } of readOr<readonly Grant[]>([], () => grantsOf(resource))) {
        const key = holding(resource, role);
        const members = found.get(key) ?? new Set();
        found.set(key, members.add(member));
      }
    }
  }
  return found;
}

/** A role on what a resource gives it on: the project, the key or the ring of keys. */
function holding(resource: CloudResource, role: string): string {
  for (const property of ['project', 'cryptoKeyId', 'keyRingId']) {
    const scope = nameOf(resource, property) ?? resource.dependencies?.[property]?.[0];
    if (scope !== undefined) return `${role} on ${scope}`;
  }
  return role;
}

/** Two duties that nobody should have both of. */
interface Duties {
  readonly id: string;
  readonly title: string;
  readonly controls: readonly string[];
  readonly rationale: string;
  /** The role that decides who may use something. */
  readonly administers: string;
  /** The roles that use it. */
  readonly uses: readonly string[];
  readonly resourceTypes: readonly string[];
}

function separation({ administers, uses, ...about }: Duties): ResourcePolicy {
  const use = uses[0] ?? '';
  return {
    ...about,
    severity: 'medium',
    enforcement: 'mandatory',
    remediation: `Give ${administers} and ${use} to different people.`,
    reach: 'stack',
    examples: {
      fails: [grant('admin', administers, 'user:ada@example.com'), grant('user', use, 'user:ada@example.com')],
      passes: [grant('admin', administers, 'user:ada@example.com'), grant('user', use, 'user:grace@example.com')],
    },
    check(resource, report, context) {
      const stated = input(resource, 'role');
      if (stated !== undefined && !uses.includes(String(stated))) return;
      const admins = context.derive(holders).get(holding(resource, administers));
      for (const { role, member, path } of grantsOf(resource)) {
        if (!uses.includes(role) || !admins?.has(member)) continue;
        report.finding({ path, found: member, message: `'${resource.name}' gives ${role} to ${member}, who has ${administers} too` });
      }
    },
  };
}

function grant(name: string, role: string, member: string): CloudResource {
  return { type: 'gcp:projects/iAMMember:IAMMember', name, properties: { project: 'my-project', role, member } };
}

/** CIS Google Cloud 1.8. */
export const serviceAccountDuties = separation({
  id: 'gcp-service-account-duties',
  title: 'Nobody both administers and uses service accounts',
  controls: google('1.8', { v5: '1.9' }),
  rationale: 'Whoever may make service accounts and act as them can give any permission to himself, and no second person sees it.',
  administers: 'roles/iam.serviceAccountAdmin',
  uses: ['roles/iam.serviceAccountUser'],
  resourceTypes: PROJECT_GRANTS,
});

/** CIS Google Cloud 1.11. */
export const keyDuties = separation({
  id: 'gcp-kms-duties',
  title: 'Nobody both administers and uses keys in Cloud KMS',
  controls: google('1.11', { v5: '1.12' }),
  rationale:
    'Whoever administers keys decides who may decrypt. Who can decrypt as well reads everything alone, and can destroy the key ' +
    'afterwards.',
  administers: 'roles/cloudkms.admin',
  uses: ['roles/cloudkms.cryptoKeyEncrypterDecrypter', 'roles/cloudkms.cryptoKeyEncrypter', 'roles/cloudkms.cryptoKeyDecrypter'],
  resourceTypes: GRANTS,
});
