import { verdict, type Verdict } from '../registered';
import { GCP } from './mapping';
import { recordGcp } from './programs';

describe('what is registered with Google Cloud', () => {
  let found: Verdict;
  beforeAll(async () => {
    found = verdict(await recordGcp(), GCP);
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
      ]),
    );
  });
});
