import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { assumedLookups, existingEksCluster, type ExistingEksClusterArgs, liveLookups, type TargetCluster } from '../../../../components/aws';
import { record } from '../../record';

const args: ExistingEksClusterArgs = { name: 'main', supportedVersions: '>=1.34.0 <1.37.0' };
const live = () => liveLookups(new aws.Provider('aws', { region: 'eu-central-1' }));

describe('an existing cluster', () => {
  test('is what a new one would be, and declares nothing', async () => {
    const { result, valueOf, resources } = await record((): Promise<TargetCluster> => existingEksCluster(live(), args));
    expect(resources.filter(({ type }) => !type.startsWith('pulumi:providers'))).toEqual([]);
    expect(result.version).toBe('1.36');
    expect(await pulumi.isSecret(result.kubeconfig)).toBe(true);
    expect(JSON.parse(await valueOf(result.kubeconfig)).users[0].user.exec.args).toContain('main');
    expect(await valueOf(result.oidcIssuer)).toMatch(/^https:\/\/oidc\.eks\.eu-central-1\.amazonaws\.com\/id\/[0-9A-F]{32}$/);
  });

  test.each<[string, Partial<ExistingEksClusterArgs>, string]>([
    ['there is none', { name: 'other' }, "cluster: name is 'other'; expected a cluster of the account in 'eu-central-1'"],
    ['a component does not support its version', { supportedVersions: '>=1.30.0 <1.36.0' }, 'a cluster of a Kubernetes version that every component supports: >=1.30.0 <1.36.0'],
    ['it is in another VPC', { vpcId: 'vpc-0bbbbbbbbbbbbbbbb' }, "this one is in 'vpc-0aaaaaaaaaaaaaaaa'"],
  ])('is refused if %s', async (_, more, message) => {
    await record(() => expect(existingEksCluster(live(), { ...args, ...more })).rejects.toThrow(message));
  });

  test('is refused while it is being made', async () => {
    const lookups = assumedLookups({ region: 'eu-central-1', kubernetesVersions: ['1.36'] });
    const creating = { ...lookups, cluster: async (name: string) => ({ ...(await lookups.cluster(name))!, status: 'CREATING' }) };
    await expect(existingEksCluster(creating, args)).rejects.toThrow("name is 'CREATING'; expected cluster 'main' to be ACTIVE");
  });
});
