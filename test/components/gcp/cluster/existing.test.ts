import { existingGkeCluster } from '../../../../components/gcp';
import { record } from '../../record';
import { lookups } from '../stand';

const supported = '>=1.33.0 <1.36.0';

describe('existingGkeCluster', () => {
  it('is a target like one that was made', async () => {
    const made = await record(() => existingGkeCluster(lookups(), { name: 'shared', supported }, 'cluster'));
    const config = JSON.parse(await made.valueOf(made.result.kubeconfig));
    expect(config.clusters[0].cluster.server).toBe('https://172.16.0.2');
    expect(made.result.context).toBe('gke_my-project_europe-west4_shared');
    expect(await made.valueOf(made.result.workloadPool)).toBe('my-project.svc.id.goog');
    expect(made.resources.filter(({ custom, type }) => custom && !type.startsWith('pulumi:'))).toEqual([]);
  });

  it.each([
    ['absent', /cluster: existing.name is 'absent'; expected a cluster of project 'my-project' in region 'europe-west4'/],
    ['old', /it has 1.29.1-gke.1/],
    ['autopilot', /a Standard cluster/],
    ['anonymous', /Workload Identity/],
    ['open', /enforces network policies/],
  ])('refuses cluster %s', async (name, message) => {
    await record(async () => {
      await expect(existingGkeCluster(lookups(), { name, supported }, 'cluster')).rejects.toThrow(message);
    });
  });
});
