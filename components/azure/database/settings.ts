import { Netmask } from 'netmask';
import { checkDnsLabel, checkWholeNumber, InvalidInputError } from '../../../constructs/core';
import type { DatabaseArgs } from './args';
import { type DatabaseEngine, ENGINES, type EngineFacts } from './engines';

/** Lengths of a server's name, which is unique in all of Azure. @see https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftdbformysql */
export const SERVER_NAME = { least: 3, most: 63 } as const;

/** Characters that the provider appends to a name it makes unique. */
const AUTO_NAME_SUFFIX = 8;

const TIERS = { B: 'Burstable', D: 'GeneralPurpose', E: 'MemoryOptimized' } as const;

/** A tier of compute. */
export type ServerTier = (typeof TIERS)[keyof typeof TIERS];

/** What a server is made with: args that have been checked, and defaults. */
export interface ServerSettings {
  readonly engine: DatabaseEngine;
  readonly facts: EngineFacts;
  readonly version: string;
  readonly sku: { readonly name: string; readonly tier: ServerTier };
  readonly storageGb: number;
  readonly highAvailability: 'Disabled' | 'SameZone' | 'ZoneRedundant';
  readonly backupRetentionDays: number;
  readonly administratorLogin: string;
  /** Name in Pulumi, with which a unique name begins. */
  readonly logicalName: string;
}

const HIGH_AVAILABILITY = { none: 'Disabled', 'same-zone': 'SameZone', 'zone-redundant': 'ZoneRedundant' } as const;

/**
 * Checks what a server is to be.
 *
 * @throws InvalidInputError for what Azure would refuse
 */
export function serverSettings(where: string, args: DatabaseArgs): ServerSettings {
  const engine = args.engine ?? 'mysql';
  const facts = ENGINES[engine];
  const [defaultVersion] = facts.versions;
  const { version = defaultVersion, storageGb = 64, backupRetentionDays = 14, administratorLogin = 'kubeflow', highAvailability = 'zone-redundant' } = args;
  const fail = (property: string, value: unknown, expected: string): never => {
    throw new InvalidInputError({ property, value, expected, where });
  };
  if (!facts.versions.includes(version)) fail('version', version, `a version of ${engine}: ${facts.versions.join(', ')}`);
  checkWholeNumber('storageGb', storageGb, where, facts.storageGb);
  // Managed disks of PostgreSQL servers come in powers of two.
  if (engine === 'postgresql' && !Number.isInteger(Math.log2(storageGb))) fail('storageGb', storageGb, 'a power of two, e.g. 64 or 128');
  checkWholeNumber('backupRetentionDays', backupRetentionDays, where, facts.backupRetentionDays);
  const login = administratorLogin.toLowerCase();
  if (!/^[a-z][a-z0-9_]*$/i.test(administratorLogin) || administratorLogin.length > facts.loginLength || facts.reservedLogins.includes(login) || login.startsWith('pg_')) {
    fail('administratorLogin', administratorLogin, `a letter, then letters, digits and '_', at most ${facts.loginLength}, and none of ${facts.reservedLogins.join(', ')}`);
  }
  const sku = { name: args.sku ?? 'Standard_D2ads_v5', tier: tierOf(args.sku ?? 'Standard_D2ads_v5', where) };
  if (sku.tier === 'Burstable' && highAvailability !== 'none') {
    fail('highAvailability', highAvailability, `'none' with the burstable size '${sku.name}', of which Azure makes no standby`);
  }
  if (args.geoRedundantBackup && args.key && !args.geoBackupKey) fail('geoBackupKey', undefined, 'a key in the paired region, since backups are copied there and encrypted with a key of your own');
  if (args.geoBackupKey && !(args.geoRedundantBackup && args.key)) fail('geoBackupKey', 'a key', 'none unless geoRedundantBackup is on and key is given');
  if (engine === 'postgresql' && args.subnetId === undefined) fail('subnetId', undefined, "a subnet delegated to Microsoft.DBforPostgreSQL/flexibleServers: the network's is delegated to MySQL");
  if (args.subnetCidr !== undefined && !isCidr(args.subnetCidr)) fail('subnetCidr', args.subnetCidr, "an IPv4 range such as '10.0.64.0/24'");
  const { least, most } = SERVER_NAME;
  if (args.serverName !== undefined) {
    if (args.serverName.length < least) fail('serverName', args.serverName, `${least} to ${most} characters`);
    checkDnsLabel('serverName', args.serverName, where, most);
  } else {
    checkDnsLabel('name', where.toLowerCase(), where, most - AUTO_NAME_SUFFIX);
  }
  return { engine, facts, version, sku, storageGb, backupRetentionDays, administratorLogin, highAvailability: HIGH_AVAILABILITY[highAvailability], logicalName: where.toLowerCase() };
}

function tierOf(name: string, where: string): ServerTier {
  const [, family] = /^Standard_([BDE])\d+[a-z]*(?:_v\d+)?$/.exec(name) ?? [];
  if (family === 'B' || family === 'D' || family === 'E') return TIERS[family];
  throw new InvalidInputError({ property: 'sku', value: name, expected: "a size of the families B, D or E, e.g. 'Standard_D2ads_v5'", where });
}

function isCidr(text: string): boolean {
  try {
    return /\/\d+$/.test(text) && new Netmask(text).toString() === text;
  } catch {
    return false;
  }
}
