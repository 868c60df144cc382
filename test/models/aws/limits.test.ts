import { CLUSTER_LOG_TYPES, CLUSTER_NAME, DELETION_WINDOW_DAYS, LOG_RETENTION_DAYS, ROTATION_DAYS, SERVICE_PREFIX } from '../../../components/aws';
import { SECRET_BYTES } from '../../../components/aws/database/ca-certificates';
import { BACKUP_DAYS, CAPACITY_UNITS, DATABASE_NAME, STORAGE_GIB } from '../../../components/aws/database/checks';
import { ENGINES, MASTER_USERNAME } from '../../../components/aws/database/engines';
import { checkDomain, DOMAIN_LENGTH } from '../../../components/names';
import { DOMAIN_PREFIX, GROUP_NAME, POOL_NAME } from '../../../components/aws/identity-provider/args';
import { REPOSITORY_NAME } from '../../../components/aws/registry/registry';
import { CREDENTIAL_ARN, UPSTREAM_URLS } from '../../../components/aws/registry/upstreams';
import { FILE_SYSTEM_ID } from '../../../components/aws/shared-files/checks';
import { aws } from '../botocore';
import { type OurName, wronglyAccepted } from '../compare';
import { accepts, statedNumbers, takes } from '../stated';

/** Limits of ours that are AWS's own: what we have, what AWS has. */
const LIMITS: readonly (readonly [what: string, ours: readonly number[], theirs: () => readonly (number | undefined)[]])[] = [
  ['days between rotations of a key', range(ROTATION_DAYS), () => limits('kms', 'RotationPeriodInDaysType')],
  ['days a deleted key can be brought back', range(DELETION_WINDOW_DAYS), () => statedNumbers(aws('kms', 'ScheduleKeyDeletionRequest').field?.('PendingWindowInDays'), /between (\d+) and (\d+)/)],
  ['days logs can be kept', LOG_RETENTION_DAYS, () => statedNumbers(aws('logs', 'Days'), /Possible values are: ([\d, and]+)/)],
  ['characters of a cluster name', [1, CLUSTER_NAME.longest], () => limits('eks', 'ClusterName')],
  ['prefix lengths of Services', range(SERVICE_PREFIX).reverse(), () => statedNumbers(aws('eks', 'KubernetesNetworkConfigRequest').field?.('serviceIpv4Cidr'), /Between <code>\/(\d+)<\/code> and <code>\/(\d+)/)],
  ['days backups are kept by Aurora', range(BACKUP_DAYS), () => statedNumbers(aws('rds', 'CreateDBClusterMessage').field?.('BackupRetentionPeriod'), /from (\d+) to (\d+)/)],
  ['characters of a cluster of Aurora', [1, DATABASE_NAME.maxLength], () => statedNumbers(aws('rds', 'CreateDBClusterMessage').field?.('DBClusterIdentifier'), /from (\d+) to (\d+) \(for Aurora/)],
  ['characters of a database instance', [1, DATABASE_NAME.maxLength], () => statedNumbers(aws('rds', 'CreateDBInstanceMessage').field?.('DBInstanceIdentifier'), /from (\d+) to (\d+) letters/)],
  ['storage of MySQL', range(STORAGE_GIB), () => statedNumbers(aws('rds', 'CreateDBInstanceMessage').field?.('AllocatedStorage'), /RDS for MySQL.*?\(gp2, gp3\): Must be an integer from (\d+) to (\d+)/s)],
  ['storage of PostgreSQL', range(STORAGE_GIB), () => statedNumbers(aws('rds', 'CreateDBInstanceMessage').field?.('AllocatedStorage'), /RDS for PostgreSQL.*?\(gp2, gp3\): Must be an integer from (\d+) to (\d+)/s)],
  ['least serverless capacity', [CAPACITY_UNITS.least], () => statedNumbers(aws('rds', 'ServerlessV2ScalingConfiguration').field?.('MinCapacity'), /smallest value that you can use is (\d+)/)],
  ['most serverless capacity', [CAPACITY_UNITS.most], () => statedNumbers(aws('rds', 'ServerlessV2ScalingConfiguration').field?.('MaxCapacity'), /largest value that you can use is (\d+)/)],
  ['characters of a user pool', [1, POOL_NAME.maxLength], () => limits('cognito-idp', 'UserPoolNameType')],
  ['characters of a sign-in domain', [DOMAIN_PREFIX.minLength, DOMAIN_PREFIX.maxLength], () => limits('cognito-idp', 'DomainType')],
  ['characters of a group', [GROUP_NAME.minLength, GROUP_NAME.maxLength], () => limits('cognito-idp', 'GroupNameType')],
  ['characters of a repository', [REPOSITORY_NAME.minLength, REPOSITORY_NAME.maxLength], () => limits('ecr', 'RepositoryName')],
  ['characters of a domain', [1, DOMAIN_LENGTH], () => limits('acm', 'DomainNameString')],
  ['bytes of a secret', [1, SECRET_BYTES], () => limits('secretsmanager', 'SecretStringType')],
];

function range({ least, most }: { readonly least: number; readonly most: number }): number[] {
  return [least, most];
}

function limits(service: string, shape: string): readonly (number | undefined)[] {
  const { least, most } = aws(service, shape);
  return [least, most];
}

const LETTERS = 'azAZ09-_.+@/ ä';

/** Names we accept, against what AWS accepts. */
const NAMES: readonly (readonly [what: string, ours: OurName, service: string, shape: string])[] = [
  ['clusters', { least: 1, most: CLUSTER_NAME.longest, accepts: (name) => name.length <= CLUSTER_NAME.longest && CLUSTER_NAME.pattern.test(name), characters: 'aZ0-_ä' }, 'eks', 'ClusterName'],
  ['repositories', { ...accepts(REPOSITORY_NAME), characters: 'aaabz099-_./' }, 'ecr', 'RepositoryName'],
  ['user pools', { ...accepts({ ...POOL_NAME, minLength: 1 }), characters: LETTERS }, 'cognito-idp', 'UserPoolNameType'],
  ['sign-in domains', { ...accepts(DOMAIN_PREFIX), characters: 'az09-A_' }, 'cognito-idp', 'DomainType'],
  ['groups', { ...accepts(GROUP_NAME), characters: LETTERS }, 'cognito-idp', 'GroupNameType'],
  ['domains', { least: 3, most: DOMAIN_LENGTH, accepts: takes((name) => checkDomain('domain', name, 'zone')), characters: 'aabbccddz0-.' }, 'acm', 'DomainNameString'],
  ['file systems', { prefix: 'fs-', least: 8, most: 40, accepts: (name) => FILE_SYSTEM_ID.test(name), characters: '0123456789abcdef' }, 'efs', 'FileSystemId'],
];

describe('limits of AWS', () => {
  it.each(LIMITS)('are known: %s', (_, ours, theirs) => {
    expect(ours).toEqual(theirs());
  });

  it.each(NAMES)('are kept: names of %s', (_, ours, service, shape) => {
    expect(wronglyAccepted(ours, aws(service, shape))).toEqual([]);
  });

  it('leave nothing unlogged that a control plane can log', () => {
    expect([...CLUSTER_LOG_TYPES].sort()).toEqual([...(aws('eks', 'LogType').values ?? [])].sort());
  });

  it('are those of ECR for caches: hosts it can cache, prefixes, and secrets it may read', () => {
    const known = aws('ecr', 'CreatePullThroughCacheRuleRequest').field?.('upstreamRegistryUrl')?.text ?? '';
    expect(Object.values(UPSTREAM_URLS).filter((host) => !known.includes(`<code>${host}</code>`))).toEqual([]);
    expect(CREDENTIAL_ARN.source.replace(/\\/g, '')).toBe((aws('ecr', 'CredentialArn').pattern ?? '').replace(/\\/g, ''));
  });

  it.each(Object.values(ENGINES))('are those of RDS for $name: the engine, its logs, its first user', ({ name, logs }) => {
    const request = aws('rds', name === 'aurora-mysql' ? 'CreateDBClusterMessage' : 'CreateDBInstanceMessage');
    expect(request.field?.('Engine')?.text).toContain(`<code>${name}</code>`);
    const title = { 'aurora-mysql': 'Aurora MySQL', mysql: 'RDS for MySQL', postgres: 'RDS for PostgreSQL' }[name];
    const exported = new RegExp(`${title} - (.*?)</p>`).exec(request.field?.('EnableCloudwatchLogsExports')?.text ?? '')?.[1] ?? '';
    expect(logs.filter((log) => !exported.includes(`<code>${log}`) && !exported.includes(` ${log} `))).toEqual([]);
    expect(MASTER_USERNAME).toMatch(/^[a-z][a-z0-9]{0,15}$/i);
  });
});
