import type { ResourcePolicy } from '../../engine/policy';
import { example } from '../cloud/example';
import { inputPolicy } from '../cloud/input-policy';
import { input, isOff, isOn, isStated, setting } from '../cloud/inputs';
import { TRAIL_ALL_REGIONS, TRAIL_CLOUDWATCH, TRAIL_ENCRYPTION, TRAIL_VALIDATION } from './controls';

const TRAIL = 'aws:cloudtrail/trail:Trail';

function trail(more: object) {
  return example(TRAIL, { s3BucketName: 'audit', ...more });
}

const allRegions: ResourcePolicy = {
  id: 'aws-cloudtrail-all-regions',
  title: 'Trails record what happens in every region',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: TRAIL_ALL_REGIONS,
  rationale: 'Who wants to stay unseen works in a region that nobody looks at. A trail of one region does not record it.',
  remediation: 'Set isMultiRegionTrail to true, and do not set enableLogging to false.',
  examples: { fails: trail({}), passes: trail({ isMultiRegionTrail: true }) },
  resourceTypes: [TRAIL],
  check(resource, report) {
    const regions = input(resource, 'isMultiRegionTrail');
    if (!isOn(regions)) report.finding({ path: ['isMultiRegionTrail'], found: regions, message: `trail '${resource.name}' records one region only`, fix: true });
    const logging = input(resource, 'enableLogging');
    if (isOff(logging)) report.finding({ path: ['enableLogging'], found: logging, message: `trail '${resource.name}' records nothing`, fix: true });
  },
};

/** What the benchmark says of trails. */
export const CLOUDTRAIL: readonly ResourcePolicy[] = [
  allRegions,
  {
    id: 'aws-cloudtrail-validation',
    title: 'Trails sign their log files',
    severity: 'medium',
    enforcement: 'mandatory',
    controls: TRAIL_VALIDATION,
    rationale: 'With validation CloudTrail signs what it delivered, so that a log that was changed or deleted afterwards is noticed.',
    remediation: 'Set enableLogFileValidation to true.',
    examples: { fails: trail({}), passes: trail({ enableLogFileValidation: true }) },
    resourceTypes: [TRAIL],
    check(resource, report) {
      const { path, value } = setting(resource, 'enableLogFileValidation');
      if (!isOn(value)) report.finding({ path, found: value, message: `nobody notices if logs of trail '${resource.name}' are changed`, fix: true });
    },
  },
  inputPolicy({
    id: 'aws-cloudtrail-encryption',
    title: 'Trails encrypt their logs with a key of the account',
    severity: 'medium',
    controls: TRAIL_ENCRYPTION,
    rationale: 'With a key of its own, reading the audit logs takes leave to use that key besides access to the bucket, and each use is recorded.',
    remediation: 'Set kmsKeyId to the ARN of a KMS key whose policy lets CloudTrail encrypt with it.',
    examples: { fails: trail({}), passes: trail({ kmsKeyId: 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab' }) },
    resourceTypes: [TRAIL],
    path: ['kmsKeyId'],
    meets: isStated,
    noun: 'the logs of trail',
    problem: 'are encrypted with a key of S3',
  }),
  inputPolicy({
    id: 'aws-cloudtrail-cloudwatch',
    title: 'Trails write to CloudWatch Logs',
    severity: 'low',
    controls: TRAIL_CLOUDWATCH,
    rationale: 'Files in a bucket are read afterwards. In CloudWatch Logs, metric filters and alarms tell within minutes.',
    remediation: 'Set cloudWatchLogsGroupArn and cloudWatchLogsRoleArn.',
    examples: { fails: trail({}), passes: trail({ cloudWatchLogsGroupArn: 'arn:aws:logs:eu-central-1:123456789012:log-group:audit:*' }) },
    resourceTypes: [TRAIL],
    path: ['cloudWatchLogsGroupArn'],
    meets: isStated,
    noun: 'trail',
    problem: 'does not write to CloudWatch Logs',
  }),
];
