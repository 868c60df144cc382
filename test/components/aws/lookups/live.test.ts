import * as aws from '@pulumi/aws';
import { assumedLookups, type AwsLookups, liveLookups } from '../../../../components/aws';
import { record } from '../../record';

async function ask<T>(question: (lookups: AwsLookups) => Promise<T>): Promise<T> {
  return (await record(() => question(liveLookups(new aws.Provider('aws', { region: 'eu-central-1' }))))).result;
}

describe('live lookups', () => {
  test('know zones by name and id', async () => {
    expect(await ask((lookups) => lookups.zones())).toContainEqual({ name: 'eu-central-1a', id: 'euc1-az2' });
  });

  test('know which zones offer an instance type, and that none does', async () => {
    const offered = await ask((lookups) => lookups.instanceTypeZones(['g6.2xlarge', 'p5.48xlarge']));
    expect([...offered]).toEqual([
      ['g6.2xlarge', ['eu-central-1b', 'eu-central-1c']],
      ['p5.48xlarge', []],
    ]);
  });

  test('know versions of Kubernetes and how long they are supported', async () => {
    const versions = await ask((lookups) => lookups.kubernetesVersions());
    expect(versions).toEqual(expect.arrayContaining([{ version: '1.36', support: 'standard' }, { version: '1.34', support: 'extended' }, { version: '1.30', support: 'none' }]));
  });

  test('tell public subnets from private ones by where their route tables lead', async () => {
    const subnets = await ask((lookups) => lookups.subnets(['subnet-0a00000000000000f', 'subnet-0a000000000000001', 'subnet-00000000000000000']));
    expect(subnets.map(({ id, public: isPublic }) => [id, isPublic])).toEqual([
      ['subnet-0a00000000000000f', true],
      ['subnet-0a000000000000001', false],
    ]);
    expect(await ask((lookups) => lookups.vpc('vpc-00000000000000000'))).toBeUndefined();
  });
});

describe('assumed lookups', () => {
  test('answer the same each time, and ask nobody', async () => {
    const answers = () => {
      const lookups = assumedLookups({ region: 'eu-west-1', kubernetesVersions: ['1.36'] });
      return Promise.all([lookups.identity(), lookups.zones(), lookups.kubernetesVersions(), lookups.cluster('main'), lookups.vpc('vpc-1'), lookups.subnets(['subnet-1'])]);
    };
    expect(await answers()).toEqual(await answers());
  });
});
