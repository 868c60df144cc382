import { type AwsLookups, signedIn } from '../../../components/aws';
import { checkRegion, dnsSuffixOf, partitionOf } from '../../../components/aws/data/regions';
import { partitions } from '../botocore';

/** Partitions that the platform can be put into. */
const OPEN: readonly string[] = ['aws', 'aws-cn', 'aws-us-gov'];

function accepted(region: string): boolean {
  try {
    checkRegion(region, 'bucket');
    return true;
  } catch {
    return false;
  }
}

/** Whether a stack can be for a region, as far as its name goes. */
async function signsIn(region: string): Promise<boolean> {
  const lookups = { identity: async () => ({ region, accountId: '123456789012', partition: 'aws', arn: 'arn:aws:iam::123456789012:user/me' }) } as unknown as AwsLookups;
  return signedIn(lookups, { region }, 'aws').then(
    () => true,
    () => false,
  );
}

describe('regions of AWS', () => {
  const all = partitions().flatMap(({ id, regions, dnsSuffix }) => regions.map((region) => ({ region, partition: id, dnsSuffix })));
  const open = all.filter(({ partition }) => OPEN.includes(partition));

  it('are accepted, all that are open to customers', async () => {
    expect(open.length).toBeGreaterThan(30);
    expect(open.filter(({ region }) => !accepted(region))).toEqual([]);
    expect((await Promise.all(open.map(async ({ region }) => ((await signsIn(region)) ? [] : [region])))).flat()).toEqual([]);
  });

  it('are of the partition, and have names of hosts, that we take them to', () => {
    const taken = all.filter(({ region }) => accepted(region));
    expect(taken.map(({ region }) => ({ region, partition: partitionOf(region), dnsSuffix: dnsSuffixOf(region) }))).toEqual(taken);
  });
});
