import type * as pulumi from '@pulumi/pulumi';
import { checkWholeNumber, InvalidInputError } from '../../../constructs/core';
import type { Retention } from '../../retention';
import type { ClusterNetwork } from '../contracts';
import { AUTO_NAME_SUFFIX, checkComponentName } from '../../names';
import { checkRegion } from '../data/regions';
import { type DatabaseEngine, ENGINES } from './engines';
import { type Edition, editionOf } from './tiers';

/** What a {@link Database} is made of. */
export interface DatabaseArgs {
  /** e.g. `my-project`. */
  readonly project: string;
  readonly region: string;
  /** MySQL 8.4 or PostgreSQL 17. */
  readonly engine: DatabaseEngine;
  /** The VPC that it has its address in, and is reached from. */
  readonly network: Pick<ClusterNetwork, 'networkId' | 'serviceConnection'>;
  /** Key that data and backups are encrypted with, which the service agent of Cloud SQL may use: `keys.key('database')`. */
  readonly key: pulumi.Input<string>;
  /** Machine, which decides the edition too. @default 'db-custom-2-8192': 2 vCPUs, 8 GiB */
  readonly tier?: string;
  /** A standby in another zone of the region, which takes over by itself. @default true */
  readonly highAvailability?: boolean;
  /** Disk to begin with, in GiB. It grows by itself, and never shrinks. @default 20 */
  readonly storageGib?: number;
  /** What the disk grows to, in GiB. @default without a limit of ours */
  readonly maxStorageGib?: number;
  /** Daily backups that are kept. @default 14 */
  readonly backups?: number;
  /** With `delete`, the server goes with its databases and backups. @default 'keep' */
  readonly retention?: Retention;
}

/** Lower-case letters, digits and dashes; together with the project's id and a colon, 98 characters. @see https://cloud.google.com/sql/docs/mysql/create-instance */
export const QUALIFIED_NAME_LENGTH = 98;
/** The zone with the server's name is called after it too. @see https://cloud.google.com/dns/docs/zones */
const MOST_NAME_LENGTH = 63 - '-name'.length;
/** Disks, in GiB. @see https://cloud.google.com/sql/docs/quotas */
export const STORAGE_GIB = { least: 10, most: 65_536 } as const;
/** Days of transaction logs, by which the server can be put back to any moment. */
export const LOG_DAYS = 7;
/** Backups that Cloud SQL keeps: as many at least as there are days of logs. */
export const BACKUPS = { least: LOG_DAYS, most: 365 } as const;

/**
 * @returns the edition that has the machine
 * @throws InvalidInputError for what Cloud SQL would refuse
 */
export function checkDatabaseArgs(name: string, args: DatabaseArgs): Edition {
  const { project, region, engine, tier = 'db-custom-2-8192', storageGib = 20, maxStorageGib, backups } = args;
  const maxLength = Math.min(QUALIFIED_NAME_LENGTH - project.length - ':'.length, MOST_NAME_LENGTH + AUTO_NAME_SUFFIX);
  checkComponentName(name, { noun: `database server in project '${project}'`, maxLength, pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/, form: 'lower-case letters, digits and dashes, a letter first' });
  checkRegion(region, name);
  if (!Object.hasOwn(ENGINES, engine)) throw new InvalidInputError({ property: 'engine', value: engine, expected: `one of ${Object.keys(ENGINES).join(', ')}`, where: name });
  checkWholeNumber('storageGib', storageGib, name, STORAGE_GIB);
  if (maxStorageGib !== undefined) checkWholeNumber('maxStorageGib', maxStorageGib, name, { least: storageGib, most: STORAGE_GIB.most });
  if (backups !== undefined) checkWholeNumber('backups', backups, name, BACKUPS);
  return editionOf(tier, name);
}
