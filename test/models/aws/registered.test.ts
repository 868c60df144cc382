import { describeRegistered } from '../registered-tests';
import { AWS } from './mapping';
import { recordAws } from './programs';

describeRegistered('AWS', recordAws, AWS, [
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
]);
