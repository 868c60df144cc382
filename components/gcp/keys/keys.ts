import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { InvalidInputError } from '../../../constructs/core';
import { protectedBy, type Retention } from '../../retention';
import type { GcpLocation } from '../contracts';
import { type KeyUser, SERVICE_AGENTS, serviceAgent } from './users';

const DAY = 24 * 3600;

/** A key's new version every 90 days: the longest that the CIS benchmark allows. */
const ROTATION = `${90 * DAY}s`;

/** How long a destroyed version can be restored: Cloud KMS takes 1 to 120 days. @see https://cloud.google.com/kms/docs/destroy-restore */
export const DESTROY_AFTER: Readonly<Record<Retention, string>> = { keep: `${120 * DAY}s`, delete: `${DAY}s` };

/** May use a key, and nothing else. */
const ENCRYPTER = 'roles/cloudkms.cryptoKeyEncrypterDecrypter';

/** Props of {@link EncryptionKeys}. */
export interface EncryptionKeysArgs extends GcpLocation {
  /** What the keys are for: one each. */
  readonly users: readonly KeyUser[];
  /** @default 'keep' */
  readonly retention?: Retention;
}

/**
 * Keys in Cloud KMS: one for each kind of data, which the one service of Google's that holds that data may use, and no other. Rotated every 90 days.
 *
 * Key rings and keys cannot be deleted, only the versions of a key; so their names differ from one stack to the next.
 */
export class EncryptionKeys extends pulumi.ComponentResource {
  private readonly keys: ReadonlyMap<KeyUser, pulumi.Output<string>>;

  constructor(
    private readonly title: string,
    args: EncryptionKeysArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    const { users, retention = 'keep', region } = args;
    if (users.length === 0) {
      throw new InvalidInputError({ property: 'users', value: users, expected: `at least one of ${Object.keys(SERVICE_AGENTS).join(', ')}`, where: title });
    }
    super('kubeflow-cdk:gcp:EncryptionKeys', title, {}, options);
    const ring = new gcp.kms.KeyRing(title, { project: args.project, location: region }, protectedBy(retention, this));
    this.keys = new Map([...new Set(users)].map((user) => [user, this.keyFor(user, ring, retention, args)]));
    this.registerOutputs({ keys: Object.fromEntries(this.keys) });
  }

  /**
   * Id of a key, `projects/…/cryptoKeys/…`. What takes it waits until the service may use it.
   *
   * @throws InvalidInputError if there is no key for that
   */
  key(user: KeyUser): pulumi.Output<string> {
    const found = this.keys.get(user);
    if (!found) throw new InvalidInputError({ property: 'users', value: [...this.keys.keys()], expected: `'${user}' to be among them`, where: this.title });
    return found;
  }

  private keyFor(user: KeyUser, ring: gcp.kms.KeyRing, retention: Retention, { project, projectNumber }: GcpLocation): pulumi.Output<string> {
    const key = new gcp.kms.CryptoKey(
      `${this.title}-${user}`,
      { keyRing: ring.id, purpose: 'ENCRYPT_DECRYPT', rotationPeriod: ROTATION, destroyScheduledDuration: DESTROY_AFTER[retention] },
      protectedBy(retention, this),
    );
    const grant = new gcp.kms.CryptoKeyIAMMember(
      `${this.title}-${user}`,
      { cryptoKeyId: key.id, role: ENCRYPTER, member: this.agent(user, project, serviceAgent(user, projectNumber), ring) },
      { parent: this },
    );
    return pulumi.all([key.id, grant.id]).apply(([id]) => id);
  }

  /** The member, once there is an account of that name: services make theirs when they are first used or asked. */
  private agent(user: KeyUser, project: string, member: string, ring: gcp.kms.KeyRing): pulumi.Output<string> {
    const { made, service } = SERVICE_AGENTS[user];
    if (made === 'with-the-api') return pulumi.output(member);
    // Nobody is asked as long as the project's APIs may not be enabled: not in a preview of a new stack, and not without an account.
    if (made === 'storage') return gcp.storage.getProjectServiceAccountOutput({ project }, { parent: this, dependsOn: [ring] }).apply(() => member);
    return new gcp.projects.ServiceIdentity(`${this.title}-${user}`, { project, service }, { parent: this }).id.apply(() => member);
  }
}
