import { assumedLookups, type GcpLookups, locate, zonesOffering } from '../../../components/gcp';
import { record } from '../record';
import { lookups } from './stand';

const assumed = assumedLookups({ project: 'my-project', region: 'europe-west4' });

describe('locate', () => {
  it('says where everything will be', async () => {
    const { result } = await record(() => locate(lookups(), 'gcp'));
    expect(result).toEqual({ project: 'my-project', projectNumber: '123456789012', region: 'europe-west4', zones: ['europe-west4-a', 'europe-west4-b', 'europe-west4-c'] });
  });

  it('says how to sign in when nobody is', async () => {
    const nobody: GcpLookups = { ...assumed, projectNumber: () => Promise.reject(new Error('could not find default credentials')) };
    await expect(locate(nobody, 'gcp')).rejects.toThrow(/gcp.project 'my-project' in gcp.region 'europe-west4'.*gcloud auth application-default login.*could not find default credentials/s);
    await expect(locate(nobody, 'gcp')).rejects.toMatchObject({ name: 'GcpSignInError' });
  });

  it.each([
    [{ project: 'My Project' }, /gcp: project is 'My Project'/],
    [{ region: 'europe-west4-a' }, /gcp: region is 'europe-west4-a'; expected a region such as 'europe-west4', not a zone/],
    [{ zones: () => Promise.resolve(['europe-west4-a']) }, /at least 3 zones that are up \(it has europe-west4-a\)/],
    [{ zones: () => Promise.resolve([]) }, /it has none/],
  ])('refuses %j', async (change, message) => {
    await expect(locate({ ...assumed, ...change }, 'gcp')).rejects.toThrow(message);
  });
});

describe('zonesOffering', () => {
  const wanted = { property: 'machineType', where: 'gpu' };

  it('finds the zones that have a machine type', async () => {
    await record(async () => {
      expect(await zonesOffering(lookups(), { ...wanted, machineType: 'a3-highgpu-8g' })).toEqual(['europe-west4-b', 'europe-west4-c']);
      expect(await zonesOffering(lookups(), { ...wanted, machineType: 'n2-standard-8', zones: ['europe-west4-a'] })).toEqual(['europe-west4-a']);
    });
  });

  it.each([
    [{ machineType: 'a4-highgpu-8g' }, /gpu: machineType is 'a4-highgpu-8g'; expected a machine type that region 'europe-west4' has/],
    [{ machineType: 'a3-highgpu-8g', zones: ['europe-west4-a'] }, /zones is 'europe-west4-a'; expected zones that have a3-highgpu-8g: europe-west4-b, europe-west4-c/],
    [{ machineType: 'n2-standard-8', zones: ['us-east1-b'] }, /zones is 'us-east1-b'; expected zones of region/],
  ])('refuses %j', async (change, message) => {
    await record(() => expect(zonesOffering(lookups(), { ...wanted, ...change })).rejects.toThrow(message));
  });
});

describe('lookups', () => {
  it('know the versions of channels', async () => {
    const { result } = await record(() => lookups().versions());
    expect(result.defaults['REGULAR']).toBe('1.34.1-gke.2037000');
    expect(result.offered).toContain('1.33.5-gke.1308000');
  });

  it('assume what the configuration names', async () => {
    expect(await assumed.zones()).toEqual(['europe-west4-a', 'europe-west4-b', 'europe-west4-c']);
    expect(await assumed.machine('europe-west4-a', 'g2-standard-24')).toEqual({ vcpus: 24, memoryMib: 98_304, accelerators: { 'nvidia-l4': 2 } });
    expect(await assumed.subnetwork('shared')).toMatchObject({ privateGoogleAccess: true, secondaryRanges: { pods: '10.4.0.0/14', services: '10.8.0.0/20' } });
    expect(await assumed.cluster('shared')).toMatchObject({ workloadPool: 'my-project.svc.id.goog', enforcesNetworkPolicies: true });
  });
});
