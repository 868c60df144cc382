import * as pulumi from '@pulumi/pulumi';
import { assumedFileStores, existingFileStore, FileStore, liveFileStores } from '../../../../components/gcp/data';
import { record } from '../../record';
import { KEY, network, PLACE, provider, refusal, refused, textOf } from '../data/parts';

type Args = ConstructorParameters<typeof FileStore>[1];

const files = (args: Partial<Args> = {}, name = 'files') => new FileStore(name, { project: PLACE.project, network: network(), ...args });
const parametersOf = async (args: Partial<Args>) => {
  const { result } = await record(() => files(args).volumes);
  return { ...result, parameters: Object.fromEntries(await Promise.all(Object.entries(result.parameters).map(async ([key, value]) => [key, await textOf(value)] as const))) };
};

describe('FileStore', () => {
  it('makes volumes that share instances in the VPC, encrypted with the key it was given', async () => {
    expect(await parametersOf({ key: KEY })).toEqual({
      provisioner: 'filestore.csi.storage.gke.io',
      parameters: {
        tier: 'enterprise',
        multishare: 'true',
        'instance-storageclass-label': 'files',
        'max-volume-size': '128Gi',
        network: 'kubeflow',
        'connect-mode': 'PRIVATE_SERVICE_ACCESS',
        'instance-encryption-kms-key': KEY,
      },
      expandable: true,
      waitForConsumer: false,
    });
  });

  it('makes zonal volumes where their pods run', async () => {
    const { parameters, waitForConsumer } = await parametersOf({ tier: 'zonal', key: KEY, reservedRange: 'managed' });
    expect(waitForConsumer).toBe(true);
    expect(parameters).toMatchObject({ tier: 'zonal', 'reserved-ip-range': 'managed' });
    expect(parameters).not.toHaveProperty('multishare');
  });

  it('names a network of another project by its path', async () => {
    const networkId = pulumi.output('https://www.googleapis.com/compute/v1/projects/host/global/networks/shared');
    const { result } = await record(() => files({ network: { ...network(), networkId }, key: KEY }).volumes.parameters['network'] ?? '');
    expect(await textOf(result)).toBe('projects/host/global/networks/shared');
  });

  it.each<[Partial<Args>, RegExp]>([
    [{}, /files: key is undefined; expected a key in Cloud KMS/],
    [{ tier: 'basic-ssd', key: KEY }, /files: tier is 'basic-ssd'; expected another tier/],
    [{ tier: 'best' as 'zonal' }, /files: tier is 'best'; expected one of shared, enterprise/],
    [{ tier: 'zonal', key: KEY, maxVolumeGib: 128 }, /files: maxVolumeGib is 128; expected none/],
    [{ key: KEY, maxVolumeGib: 100 as 128 }, /files: maxVolumeGib is 100; expected one of 128, 256, 512, 1024/],
  ])('refuses %p', (args, message) => expect(refusal(() => files(args))).resolves.toEqual(refused(message)));

  it('refuses a name that is no label', () => expect(refusal(() => files({ key: KEY }, 'Files'))).resolves.toEqual(refused(/Files: name is 'Files'/)));
});

describe('existingFileStore', () => {
  const find = (instance: string, share?: string) => existingFileStore(liveFileStores(provider(), PLACE.project), 'files', { instance, location: 'europe-west4', ...(share !== undefined && { share }) });

  it('makes directories of an instance that is there', async () => {
    const { result } = await record(() => find('shared'));
    expect(result.volumes).toMatchObject({ provisioner: 'nfs.csi.k8s.io', parameters: { server: '10.9.1.2', share: '/vol1' }, mountOptions: ['nfsvers=3', 'hard'], expandable: false });
    expect((await record(() => find('version-4'))).result.volumes.mountOptions).toContain('nfsvers=4.1');
  });

  it('takes it for granted without an account', async () => {
    const { volumes } = await existingFileStore(assumedFileStores(), 'files', { instance: 'any', location: 'europe-west4' });
    expect(volumes.parameters['share']).toBe('/vol1');
  });

  it('refuses one that is not there', () => expect(refusal(() => find('nowhere'))).resolves.toEqual(refused(/files: instance is 'nowhere'; expected an instance that 'europe-west4' has/)));
  it('refuses one without an address', () => expect(refusal(() => find('unfinished'))).resolves.toEqual(refused(/an instance with an address/)));
  it('refuses a share that it has not', () => expect(refusal(() => find('shared', 'vol9'))).resolves.toEqual(refused(/files: share is 'vol9'; expected one of the shares of 'shared': vol1/)));
});
