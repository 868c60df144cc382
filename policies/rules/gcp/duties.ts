import type { Inventory } from '../../engine/inventory';
import type { CloudResource } from '../../engine/object';
import type { ResourcePolicy } from '../../engine/policy';
import { readOr } from '../../engine/unknown-value';
import { input, isNamed } from '../cloud/inputs';
import { google } from './controls';
import { type Grant, grantsOf, iamTypes, PROJECT_GRANTS } from './grants';

const KMS_GRANTS = [...iamTypes('kms', 'CryptoKeyIAM'), ...iamTypes('kms', 'KeyRingIAM')];
const GRANTS = [...PROJECT_GRANTS, ...KMS_GRANTS];

/** Stands for a member, or a role, that is not known yet. */
const UNKNOWN = '?';

/** On what a role is given. */
interface Scope {
  /** The input that names it: a project, a key or a ring of keys. */
  readonly input: string;
  /** Whether it is known by its value, by where the value comes from, or not at all. */
  readonly by: Known;
  readonly key: string;
}

type Known = 'value' | 'origin' | 'nothing';
const KNOWN: readonly Known[] = ['value', 'origin', 'nothing'];

/** Who holds one role. */
class Holders {
  private readonly here = new Map<string, Set<string>>();
  private readonly anywhere = new Map<string, Set<string>>();

  add({ input: name, by, key }: Scope, member: string): void {
    put(this.here, `${name} ${key}`, member);
    put(this.anywhere, `${name} ${by}`, member);
  }

  /** Whether a member holds it there; `undefined` if that is not known yet. */
  has({ input: name, by, key }: Scope, member: string): boolean | undefined {
    const here = this.here.get(`${name} ${key}`);
    if (by !== 'nothing' && here?.has(member)) return true;
    // What is known by its value may be the same as what is known by where it comes from.
    const others = KNOWN.filter((each) => each !== by || each === 'nothing').map((each) => this.anywhere.get(`${name} ${each}`));
    return here?.has(UNKNOWN) || others.some((members) => members?.has(UNKNOWN) || members?.has(member)) ? undefined : false;
  }
}

function put(sets: Map<string, Set<string>>, key: string, member: string): void {
  const members = sets.get(key);
  if (members) members.add(member);
  else sets.set(key, new Set([member]));
}

/** Made once an evaluation: who holds which role. */
function holders(inventory: Inventory): ReadonlyMap<string, Holders> {
  const found = new Map<string, Holders>();
  for (const resource of GRANTS.flatMap((type) => inventory.ofType(type))) {
    const scope = scopeOf(resource);
    for (const { role, member } of readOr(unknownGrant(resource), () => grantsOf(resource))) {
      const held = found.get(role) ?? new Holders();
      found.set(role, held);
      held.add(scope, member);
    }
  }
  return found;
}

/** What stands for the grants of a resource of which not everything is known. */
function unknownGrant(resource: CloudResource): readonly Pick<Grant, 'role' | 'member'>[] {
  const role = readOr<unknown>(UNKNOWN, () => input(resource, 'role'));
  return [{ role: isNamed(role) ? role : UNKNOWN, member: UNKNOWN }];
}

function scopeOf(resource: CloudResource): Scope {
  for (const name of ['project', 'cryptoKeyId', 'keyRingId']) {
    const value = readOr<unknown>(UNKNOWN, () => input(resource, name));
    if (isNamed(value) && value !== UNKNOWN) return { input: name, by: 'value', key: value };
    const origin = resource.dependencies?.[name]?.[0];
    if (origin !== undefined) return { input: name, by: 'origin', key: origin };
    if (value === UNKNOWN) return { input: name, by: 'nothing', key: UNKNOWN };
  }
  return { input: 'project', by: 'value', key: '' };
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
      const held = context.derive(holders);
      const [admins, anything] = [held.get(administers), held.get(UNKNOWN)];
      for (const { role, member, path } of grantsOf(resource)) {
        if (!uses.includes(role)) continue;
        const administrates = admins ? admins.has(scopeOf(resource), member) : false;
        if (administrates) report.finding({ path, found: member, message: `'${resource.name}' gives ${role} to ${member}, who has ${administers} too` });
        else if (administrates === undefined || (anything && anything.has(scopeOf(resource), member) !== false)) {
          report.undecided({ path, reason: `to whom, or on what, ${administers} is given is not known yet` });
        }
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
