import { verdict, type Verdict } from '../registered';
import { AWS } from './mapping';
import { recordAws } from './programs';

describe('what is registered with AWS', () => {
  let found: Verdict;
  beforeAll(async () => {
    found = verdict(await recordAws(), AWS);
  }, 60_000);

  it('is what its APIs take', () => {
    expect(found.contradictions).toEqual([]);
  });

  it('is compared, or known to have nothing to compare (mapping.ts)', () => {
    expect(found.unmapped).toEqual([]);
    expect(found.idle).toEqual([]);
  });

  it('is compared where names of fields differ, and where it matters most', () => {
    expect(found.compared).toEqual(
      expect.arrayContaining([
        'aws:eks/cluster:Cluster accessConfig.authenticationMode',
        'aws:eks/cluster:Cluster enabledClusterLogTypes',
        'aws:eks/nodeGroup:NodeGroup amiType',
        'aws:eks/nodeGroup:NodeGroup capacityType',
        'aws:eks/nodeGroup:NodeGroup taints.effect',
        'aws:eks/accessPolicyAssociation:AccessPolicyAssociation accessScope.type',
        'aws:ecr/repository:Repository encryptionConfigurations.encryptionType',
        'aws:efs/fileSystem:FileSystem throughputMode',
        'aws:kms/key:Key rotationPeriodInDays',
        'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration rules.applyServerSideEncryptionByDefault.sseAlgorithm',
      ]),
    );
  });
});
