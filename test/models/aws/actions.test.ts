import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { operations } from '../botocore';

const COMPONENTS = path.join(__dirname, '..', '..', '..', 'components', 'aws');

/** Services that botocore has another name for than IAM. */
const SERVICES: Readonly<Record<string, string>> = { elasticfilesystem: 'efs', elasticloadbalancing: 'elbv2' };

/** Actions that are no operations of their own. @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html */
const ACTIONS_ONLY: readonly string[] = [
  'ecr:BatchImportUpstreamImage',
  'elasticfilesystem:ClientMount',
  'elasticfilesystem:ClientWrite',
  'elasticloadbalancing:SetWebAcl',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  's3:ListBucket',
  'sts:TagSession',
];

/** Keys of conditions, which look like actions. */
const CONDITION_KEYS: readonly string[] = [
  'ec2:CreateAction',
  'ec2:Vpc',
  'elasticfilesystem:AccessPointArn',
  'elasticfilesystem:AccessedViaMountTarget',
  'elasticloadbalancing:CreateAction',
  'iam:AWSServiceName',
  'kms:CallerAccount',
  'kms:GrantIsForAWSResource',
  'kms:ViaService',
  'route53:ChangeResourceRecordSetsNormalizedRecordNames',
  'route53:ChangeResourceRecordSetsRecordTypes',
];

describe('IAM actions that components grant', () => {
  const source = readdirSync(COMPONENTS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).map((file) => readFileSync(path.join(COMPONENTS, file), 'utf8'));
  const named = [...new Set(source.flatMap((text) => [...text.matchAll(/'([a-z0-9]+:[A-Z][A-Za-z0-9]+)'/g)].map((match) => match[1] ?? '')))].filter((name) => !name.startsWith('aws:')).sort();

  it('are operations of their service, or known not to be', () => {
    expect(named.length).toBeGreaterThan(80);
    const unknown = named.filter((name) => {
      const [prefix = '', action = ''] = name.split(':');
      return !ACTIONS_ONLY.includes(name) && !CONDITION_KEYS.includes(name) && !operations(SERVICES[prefix] ?? prefix).includes(action);
    });
    expect(unknown).toEqual([]);
  });

  it('leave nothing in the lists above that is not used any more', () => {
    expect([...ACTIONS_ONLY, ...CONDITION_KEYS].filter((name) => !named.includes(name))).toEqual([]);
  });
});
