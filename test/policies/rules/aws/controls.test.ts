import { POLICIES } from '../../../../policies';

const numbers = (id: string) => POLICIES.find((policy) => policy.id === id)?.controls;

describe('numbers of the AWS foundations benchmark', () => {
  it('are those of each version, the newest first', () => {
    expect(numbers('aws-kms-key-rotation')).toEqual([
      'cis-aws-7.0.0:4.6',
      'cis-aws-6.0.0:4.6',
      'cis-aws-5.0.0:3.6',
      'cis-aws-4.0.1:3.6',
      'cis-aws-3.0.0:3.6',
      'cis-aws-2.0.0:3.8',
      'cis-aws-1.5.0:3.8',
      'cis-aws-1.4.0:3.8',
    ]);
  });

  it('leave out the versions that do not ask for it', () => {
    expect(numbers('aws-s3-encryption')).toEqual(['cis-aws-1.5.0:2.1.1', 'cis-aws-1.4.0:2.1.1']);
    expect(numbers('aws-rds-public-access')?.at(-1)).toBe('cis-aws-1.5.0:2.3.3');
    expect(numbers('aws-rds-tls')).toEqual(['hardening:database-tls']);
  });
});
