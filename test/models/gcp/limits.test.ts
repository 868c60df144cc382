import { MAX_CLUSTER_NAME } from '../../../components/gcp/cluster/cluster';
import { LOG_DAYS } from '../../../components/gcp/database/args';
import { ENGINES } from '../../../components/gcp/database/engines';
import { SERVICE_AGENTS } from '../../../components/gcp/keys/users';
import { REQUIRED_SERVICES } from '../../../components/gcp/services';
import { FILE_TIERS } from '../../../components/gcp/shared-files/file-store';
import { gcp, hosts } from '../discovery';
import type { Schema } from '../schema';
import { statedNumbers } from '../stated';

function said(api: string, schema: string, field: string): Schema | undefined {
  return gcp(api, schema).field?.(field);
}

/** Limits of ours that are Google's own: what we have, what Google has. */
const LIMITS: readonly (readonly [what: string, ours: readonly number[], theirs: () => readonly number[]])[] = [
  ['characters of a cluster name', [MAX_CLUSTER_NAME], () => statedNumbers(said('container.v1', 'Cluster', 'name'), /up to (\d+) characters/)],
  ['days of transaction logs', [1, LOG_DAYS], () => statedNumbers(said('sqladmin.v1', 'BackupConfiguration', 'transactionLogRetentionDays'), /from (\d+)-(\d+)/)],
];

describe('limits of Google Cloud', () => {
  it.each(LIMITS)('are known: %s', (_, ours, theirs) => {
    expect(ours).toEqual(theirs());
  });

  it('are those of Cloud SQL: versions that it has', () => {
    const versions = said('sqladmin.v1', 'DatabaseInstance', 'databaseVersion')?.values ?? [];
    expect(Object.values(ENGINES).filter(({ databaseVersion }) => !versions.includes(databaseVersion))).toEqual([]);
  });

  it('are those of Filestore: tiers that it has', () => {
    const tiers = said('file.v1', 'Instance', 'tier')?.values ?? [];
    expect(Object.values(FILE_TIERS).filter(({ tier }) => !tiers.includes(tier.toUpperCase()))).toEqual([]);
  });
});

/** APIs that are switched on and off, and have no operations to describe. */
const UNDESCRIBED: readonly string[] = ['containerscanning.googleapis.com'];

describe('APIs that are enabled', () => {
  it('are APIs of Google', () => {
    const known = hosts();
    expect(REQUIRED_SERVICES.filter((service) => !known.has(service) && !UNDESCRIBED.includes(service))).toEqual([]);
  });

  it('are all that keys are used through', () => {
    const required: readonly string[] = REQUIRED_SERVICES;
    expect(Object.values(SERVICE_AGENTS).filter(({ service }) => !required.includes(service))).toEqual([]);
  });
});
