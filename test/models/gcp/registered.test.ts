import { describeRegistered } from '../registered-tests';
import { GCP } from './mapping';
import { recordGcp } from './programs';

describeRegistered('Google Cloud', recordGcp, GCP, [
  'gcp:container/cluster:Cluster binaryAuthorization.evaluationMode',
  'gcp:container/cluster:Cluster databaseEncryption.state',
  'gcp:container/cluster:Cluster datapathProvider',
  'gcp:container/cluster:Cluster loggingConfig.enableComponents',
  'gcp:container/cluster:Cluster monitoringConfig.enableComponents',
  'gcp:container/cluster:Cluster releaseChannel.channel',
  'gcp:container/nodePool:NodePool nodeConfig.guestAccelerators.gpuDriverInstallationConfig.gpuDriverVersion',
  'gcp:container/nodePool:NodePool nodeConfig.taints.effect',
  'gcp:container/nodePool:NodePool nodeConfig.workloadMetadataConfig.mode',
  'gcp:sql/databaseInstance:DatabaseInstance settings.ipConfiguration.sslMode',
]);
