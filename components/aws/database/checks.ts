import { checkWholeNumber, InvalidInputError } from '../../../constructs/core';
import { checkComponentName } from '../../names';
import { checkRegion } from '../data/regions';
import type { AuroraArgs, DatabaseArgs, RdsArgs } from './args';

/** Names of database servers. @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html */
export const DATABASE_NAME = { noun: 'database server', maxLength: 63, pattern: /^[a-z](-?[a-z0-9])*$/, form: "lower-case letters, digits and single '-', a letter first" } as const;
/** Subnet groups need as many zones. */
export const LEAST_ZONES = 2;
/** Backups are kept as long, in days. */
export const BACKUP_DAYS = { least: 1, most: 35 } as const;
/** Aurora has one writer and up to fifteen readers. */
export const AURORA_INSTANCES = { least: 1, most: 16 } as const;
/** Range and step of serverless capacity. @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html */
export const CAPACITY_UNITS = { least: 0, most: 256, leastMaximum: 1, step: 0.5 } as const;
/** Storage of type gp3, in GiB. @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html */
export const STORAGE_GIB = { least: 20, most: 65_536 } as const;
/** RDS wants to be allowed to grow by a tenth at least, or not at all. */
export const LEAST_GROWTH_PERCENT = 10;

/** Capacity that follows the load. */
export const SERVERLESS = 'db.serverless';
const INSTANCE_CLASS = /^db\.[a-z][a-z0-9-]*\.[a-z0-9]+$/;

/** @throws InvalidInputError for what RDS would refuse */
export function checkDatabaseArgs(name: string, args: DatabaseArgs): void {
  checkComponentName(name, DATABASE_NAME);
  checkRegion(args.region, name);
  const zones = new Set(args.network.zones).size;
  if (zones < LEAST_ZONES || args.network.privateSubnetIds.length < LEAST_ZONES) {
    throw new InvalidInputError({ property: 'network', value: args.network.zones, expected: `private subnets in at least ${LEAST_ZONES} zones`, where: name });
  }
  if (args.backupDays !== undefined) checkWholeNumber('backupDays', args.backupDays, name, BACKUP_DAYS);
  if (args.engine === 'aurora-mysql') checkAurora(name, args);
  else checkRds(name, args);
}

function checkAurora(name: string, { instances, instanceClass = SERVERLESS, capacity }: AuroraArgs): void {
  if (instances !== undefined) checkWholeNumber('instances', instances, name, AURORA_INSTANCES);
  if (instanceClass !== SERVERLESS) {
    checkInstanceClass(instanceClass, name);
    if (capacity) throw new InvalidInputError({ property: 'capacity', value: capacity, expected: `none: '${instanceClass}' has a fixed one; leave instanceClass out for a range`, where: name });
  }
  if (!capacity) return;
  const { min, max } = capacity;
  const { least, most, leastMaximum, step } = CAPACITY_UNITS;
  if (!(min >= least && max <= most && min <= max && max >= leastMaximum && Number.isInteger(min / step) && Number.isInteger(max / step))) {
    throw new InvalidInputError({ property: 'capacity', value: capacity, expected: `${least} to ${most} in steps of ${step}, min no larger than max, max at least ${leastMaximum}`, where: name });
  }
}

function checkRds(name: string, { instanceClass, storageGib = 50, maxStorageGib }: RdsArgs): void {
  if (instanceClass !== undefined) checkInstanceClass(instanceClass, name);
  checkWholeNumber('storageGib', storageGib, name, STORAGE_GIB);
  if (maxStorageGib !== undefined) checkWholeNumber('maxStorageGib', maxStorageGib, name, { least: Math.min(storageGib + Math.ceil((storageGib * LEAST_GROWTH_PERCENT) / 100), STORAGE_GIB.most), most: STORAGE_GIB.most });
}

function checkInstanceClass(instanceClass: string, where: string): void {
  if (INSTANCE_CLASS.test(instanceClass)) return;
  throw new InvalidInputError({ property: 'instanceClass', value: instanceClass, expected: "a class of instances such as 'db.r7g.large'", where });
}
