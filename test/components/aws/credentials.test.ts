import * as aws from '@pulumi/aws';
import { assumedLookups, liveLookups, signedIn } from '../../../components/aws';
import { record } from '../record';

const assumed = assumedLookups({ region: 'eu-central-1', kubernetesVersions: ['1.36'] });
const nobody = { ...assumed, identity: () => Promise.reject(new Error('no valid credential sources found')) };

describe('the first question to AWS', () => {
  test('is who we are', async () => {
    const { result } = await record(() => signedIn(liveLookups(new aws.Provider('aws', { region: 'eu-central-1' })), { region: 'eu-central-1', accountId: '123456789012' }, 'aws'));
    expect(result).toEqual({ accountId: '123456789012', partition: 'aws', region: 'eu-central-1', arn: 'arn:aws:sts::123456789012:assumed-role/deployer/me' });
  });

  test('unanswered, says how to sign in and which configuration keys it is about', async () => {
    const message = await signedIn(nobody, { region: 'eu-central-1', profile: 'platform' }, 'aws').catch(String);
    expect(message).toContain("sign in with 'aws sso login --profile platform'");
    expect(message).toContain('The configuration keys are region and profile');
    expect(message).toContain('no valid credential sources found');
    await expect(signedIn(nobody, { region: 'eu-central-1' }, 'aws')).rejects.toThrow('or set AWS_PROFILE');
  });

  test.each([
    [{ region: 'Frankfurt' }, "aws: region is 'Frankfurt'; expected a region of AWS: af-south-1"],
    [{ region: 'eu-west-1' }, "expected 'eu-central-1', which the provider is set to"],
    [{ region: 'eu-central-1', accountId: '42' }, "accountId is '42'; expected 12 digits"],
    [{ region: 'eu-central-1', accountId: '111111111111' }, "accountId is '111111111111'; expected '000000000000'"],
  ])('refuses %j', async (access, message) => {
    await expect(signedIn(assumed, access, 'aws')).rejects.toThrow(message);
  });
});
