import { azure } from './azure';
import { aws } from './botocore';
import { compare, wronglyAccepted } from './compare';
import { gcp } from './discovery';

describe('a comparison with a model', () => {
  it.each([
    ['a value of AWS that there is not', { amiType: 'AL2_x86_64_NVIDIA' }, () => aws('eks', 'CreateNodegroupRequest'), {}, 'amiType'],
    ['one in a list of objects', { taints: [{ key: 'a', effect: 'NO_SCHEDULE' }, { key: 'b', effect: 'NoSchedule' }] }, () => aws('eks', 'CreateNodegroupRequest'), {}, 'taints[1].effect'],
    ['one that the provider has elsewhere', { enabledClusterLogTypes: ['api', 'kubelet'] }, () => aws('eks', 'CreateClusterRequest'), { enabledClusterLogTypes: 'logging.clusterLogging.types' }, 'enabledClusterLogTypes[1]'],
    ['a number that is too large', { rotationPeriodInDays: 2561 }, () => aws('kms', 'EnableKeyRotationRequest'), {}, 'rotationPeriodInDays'],
    ['a name that does not match', { name: '-main' }, () => aws('eks', 'CreateClusterRequest'), {}, 'name'],
    ['a value of Google that there is not', { nodeConfig: { workloadMetadataConfig: { mode: 'GKE_SERVER' } } }, () => gcp('container.v1', 'NodePool'), { nodeConfig: 'config' }, 'nodeConfig.workloadMetadataConfig.mode'],
    ['one that is on its way out', { mode: 'ENTERPRISE' }, () => gcp('container.v1', 'SecurityPostureConfig'), {}, 'mode'],
    ['a value of Azure that there is not', { networkProfile: { networkDataplane: 'calico' } }, () => azure('containerservice', 'ManagedCluster'), {}, 'networkProfile.networkDataplane'],
    ['one of an inherited part', { agentPoolProfiles: [{ name: 'a', osSKU: 'Debian' }] }, () => azure('containerservice', 'ManagedCluster'), {}, 'agentPoolProfiles[0].osSKU'],
    ['one of an older library', { highAvailability: { mode: 'Zone' } }, () => azure('mysqlflexibleservers', 'Server'), {}, 'highAvailability.mode'],
  ] as const)('finds %s', (_, value, schema, renames, path) => {
    expect(compare(value, schema(), renames).contradictions.map((each) => each.path)).toEqual([path]);
  });

  it('passes over what is the provider\'s own, or not known yet', () => {
    expect(compare({ forceDestroy: true, clusterName: undefined }, aws('eks', 'CreateNodegroupRequest'))).toEqual({ compared: [], contradictions: [] });
  });

  it('fails where the model has no such part any more', () => {
    expect(() => aws('eks', 'AmiTypes')).toThrow("service 'eks' of AWS has no shape 'AmiTypes'");
    expect(() => aws('ekz', 'AMITypes')).toThrow("botocore has no service 'ekz'");
    expect(() => gcp('container.v1', 'Klaster')).toThrow("has no schema 'Klaster'");
    expect(() => azure('containerservice', 'Cluster')).toThrow("neither model nor enumeration 'Cluster'");
  });

  it('finds names that we accept and a cloud does not', () => {
    const ours = { least: 1, most: 101, accepts: (name: string) => name.length > 0, characters: 'aB0-_' };
    const wrong = wronglyAccepted(ours, aws('eks', 'ClusterName'));
    expect(wrong.some((name) => name.startsWith('-'))).toBe(true);
    expect(wrong.some((name) => name.length > 100)).toBe(true);
    expect(wrong.filter((name) => name.length <= 100 && /^[a-z0-9]/i.test(name))).toEqual([]);
  });
});
