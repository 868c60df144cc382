import { check, messages, resource, unknown } from './subjects';

const trail = (properties: object) => resource('aws:cloudtrail/trail:Trail', { s3BucketName: 'audit', ...properties });

it.each([
  ['aws-cloudtrail-all-regions', {}, ['main: isMultiRegionTrail = null']],
  ['aws-cloudtrail-all-regions', { isMultiRegionTrail: false }, ['main: isMultiRegionTrail = false']],
  ['aws-cloudtrail-all-regions', { isMultiRegionTrail: 'all' }, ['main: isMultiRegionTrail = "all"']],
  ['aws-cloudtrail-all-regions', { isMultiRegionTrail: true, enableLogging: false }, ['main: enableLogging = false']],
  ['aws-cloudtrail-all-regions', { isMultiRegionTrail: true, enableLogging: null }, []],
  ['aws-cloudtrail-validation', {}, ['main: enableLogFileValidation = null']],
  ['aws-cloudtrail-validation', { enableLogFileValidation: true }, []],
  ['aws-cloudtrail-encryption', { kmsKeyId: null }, ['main: kmsKeyId = null']],
  ['aws-cloudtrail-encryption', { kmsKeyId: '' }, ['main: kmsKeyId = ""']],
  ['aws-cloudtrail-encryption', { kmsKeyId: 'arn:aws:kms:eu-central-1:123456789012:key/a' }, []],
  ['aws-cloudtrail-cloudwatch', {}, ['main: cloudWatchLogsGroupArn = null']],
  ['aws-cloudtrail-cloudwatch', { cloudWatchLogsGroupArn: 'arn:aws:logs:eu-central-1:123456789012:log-group:audit:*' }, []],
])('%s with %j: %j', (id, properties, expected) => {
  expect(check(id, trail(properties))).toEqual(expected);
});

it('names the trail', () => {
  expect(messages('aws-cloudtrail-all-regions', trail({ enableLogging: false }))).toEqual(["trail 'main' records one region only", "trail 'main' records nothing"]);
  expect(messages('aws-cloudtrail-encryption', trail({}))).toEqual(["the logs of trail 'main' are encrypted with a key of S3"]);
});

it('waits for a key that is not known yet', () => {
  expect(check('aws-cloudtrail-encryption', resource('aws:cloudtrail/trail:Trail', unknown({}, 'kmsKeyId')))).toEqual(['main? kmsKeyId']);
});
