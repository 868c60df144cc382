import type { ResourcePolicy } from '../../engine/policy';
import { example } from '../cloud/example';
import { input } from '../cloud/inputs';
import { BUCKET_POLICY, BUCKETS, isBlocked, isOfTrail } from './buckets';
import { BUCKET_PUBLIC_ACCESS, RESOURCE_POLICIES, TRAIL_BUCKET_PUBLIC } from './controls';
import { allowsAnyone, statementsOf } from './policy-document';

/** Resources whose `policy` says who may use them. */
const WITH_POLICY: readonly string[] = [
  ...BUCKETS,
  BUCKET_POLICY,
  'aws:kms/key:Key',
  'aws:kms/externalKey:ExternalKey',
  'aws:kms/keyPolicy:KeyPolicy',
  'aws:efs/fileSystemPolicy:FileSystemPolicy',
  'aws:secretsmanager/secret:Secret',
  'aws:secretsmanager/secretPolicy:SecretPolicy',
  'aws:sns/topic:Topic',
  'aws:sns/topicPolicy:TopicPolicy',
  'aws:sqs/queue:Queue',
  'aws:sqs/queuePolicy:QueuePolicy',
];

function policy(statement: object) {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::models/*', ...statement }] });
}

/** CIS AWS 7.0.0 2.21; for buckets, what the public access block (3.1.4) is there to prevent. */
export const resourcePolicies: ResourcePolicy = {
  id: 'aws-resource-policy-public',
  title: 'Resource policies do not let everyone in',
  severity: 'critical',
  enforcement: 'mandatory',
  controls: [...RESOURCE_POLICIES, ...BUCKET_PUBLIC_ACCESS, ...TRAIL_BUCKET_PUBLIC],
  rationale: 'A principal "*" is everyone, with or without an account at AWS, unless a condition says who is meant or from where they come.',
  remediation: 'Name the principals, or add a condition such as aws:PrincipalOrgID, aws:SourceArn or aws:SourceVpce.',
  reach: 'stack',
  examples: {
    fails: example(BUCKET_POLICY, { bucket: 'models', policy: policy({}) }),
    passes: example(BUCKET_POLICY, { bucket: 'models', policy: policy({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } } }) }),
  },
  resourceTypes: WITH_POLICY,
  check(resource, report, context) {
    const open = statementsOf(input(resource, 'policy'), ['policy'])?.filter(allowsAnyone) ?? [];
    const [first] = open;
    if (!first) return;
    const ofBucket = resource.type === BUCKET_POLICY || BUCKETS.includes(resource.type);
    const blocked = ofBucket ? isBlocked(resource, ['restrictPublicBuckets', 'blockPublicPolicy'], context) : false;
    if (blocked === true) return;
    if (blocked === undefined) return report.undecided({ path: first.path, reason: 'a public access block may overrule it' });
    const ofTrail = ofBucket && isOfTrail(resource, context);
    const controls = [...RESOURCE_POLICIES, ...(ofBucket ? BUCKET_PUBLIC_ACCESS : []), ...(ofTrail ? TRAIL_BUCKET_PUBLIC : [])];
    for (const { path, fields } of open) {
      report.finding({
        path,
        found: fields,
        message: `the policy of '${resource.name}' lets anyone in${typeof fields.Sid === 'string' ? ` (statement '${fields.Sid}')` : ''}`,
        controls,
      });
    }
  },
};

