import { EncryptionKey } from '../../../../components/aws';
import { record, violations } from '../../record';
import { account } from '../fixtures';

const KEY = 'aws:kms/key:Key';

interface Statement {
  readonly Sid: string;
  readonly Principal: { readonly AWS?: string; readonly Service?: string };
  readonly Action: string | string[];
  readonly Condition?: Record<string, Record<string, string>>;
}

async function key(args: Partial<ConstructorParameters<typeof EncryptionKey>[1]> = {}) {
  const recording = await record(() => new EncryptionKey('key', { description: 'the platform', account, ...args }));
  const made = recording.one(KEY);
  return { recording, made, statements: JSON.parse(made.inputs.policy).Statement as Statement[] };
}

describe('EncryptionKey', () => {
  test('is rotated, and only the account decides who uses it', async () => {
    const { recording, made, statements } = await key();
    expect(made.inputs).toMatchObject({ enableKeyRotation: true, rotationPeriodInDays: 365 });
    expect(statements).toHaveLength(1);
    expect(statements[0]?.Principal).toEqual({ AWS: 'arn:aws:iam::123456789012:root' });
    expect(violations(recording)).toEqual([]);
  });

  test('CloudWatch Logs uses it for log groups of this account and region only', async () => {
    const { statements } = await key({ users: ['logs'] });
    const logs = statements.find(({ Sid }) => Sid === 'LogGroups');
    expect(logs?.Principal).toEqual({ Service: 'logs.eu-central-1.amazonaws.com' });
    expect(logs?.Condition).toEqual({ ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:eu-central-1:123456789012:log-group:*' } });
    expect(logs?.Action).not.toContain('kms:CreateGrant');
  });

  test('Auto Scaling uses it as its role of this account, whether or not that role exists yet', async () => {
    const { recording, statements } = await key({ users: ['autoscaling'] });
    const volumes = statements.filter(({ Sid }) => Sid.startsWith('NodeVolume'));
    expect(volumes).toHaveLength(2);
    for (const { Condition } of volumes) {
      expect(Condition?.StringEquals).toEqual({
        'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
        'kms:CallerAccount': '123456789012',
      });
    }
    const grants = volumes.find(({ Action }) => Action === 'kms:CreateGrant');
    expect(grants?.Condition?.Bool).toEqual({ 'kms:GrantIsForAWSResource': 'true' });
    expect(violations(recording)).toEqual([]);
  });

  test.each([
    ['keep', true, 30],
    ['delete', false, 7],
  ] as const)('with retention %s it is protected: %s, and can be brought back for %i days', async (retention, protect, days) => {
    const { made } = await key({ retention });
    expect(made.options.protect).toBe(protect);
    expect(made.inputs.deletionWindowInDays).toBe(days);
  });

  test('refuses a rotation that KMS does not do', async () => {
    const { resources } = await record(() => expect(() => new EncryptionKey('key', { description: 'x', account, rotationDays: 30 })).toThrow('key: rotationDays is 30; expected a whole number from 90 to 2560'));
    expect(resources).toEqual([]);
  });
});
