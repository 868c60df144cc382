import { NodeAccount } from '../../../../components/gcp';
import { Registry } from '../../../../components/gcp/data';
import { record, violations } from '../../record';
import { DELETE, KEY, PLACE, refusal, refused, textOf } from '../data/parts';

const REPOSITORY = 'gcp:artifactregistry/repository:Repository';
const READER = 'gcp:artifactregistry/repositoryIamMember:RepositoryIamMember';

type Args = ConstructorParameters<typeof Registry>[1];
const registry = (args: Partial<Args> = {}) => new Registry('registry', { ...PLACE, repository: 'images', key: KEY, ...args });
const CREDENTIALS = { username: 'robot', passwordVersion: 'projects/my-project/secrets/docker-hub/versions/3' };

describe('Registry', () => {
  it('has a repository whose tags cannot be moved, scanned and encrypted with the key it was given', async () => {
    const recording = await record(() => registry());
    expect(violations(recording)).toEqual([]);
    expect(recording.one(REPOSITORY).inputs).toMatchObject({
      repositoryId: 'images',
      format: 'DOCKER',
      mode: 'STANDARD_REPOSITORY',
      kmsKeyName: KEY,
      dockerConfig: { immutableTags: true },
      vulnerabilityScanningConfig: { enablementConfig: 'INHERITED' },
      cleanupPolicyDryRun: false,
      cleanupPolicies: [{ action: 'DELETE', condition: { tagState: 'UNTAGGED', olderThan: '2592000s' } }],
    });
    expect(await textOf(recording.result.host)).toBe('europe-west4-docker.pkg.dev/my-project/images');
  });

  it('fetches from public registries, and says where their images are then', async () => {
    const recording = await record(() => registry({ pullThrough: [{ registry: 'quay.io' }, { registry: 'docker.io', credentials: CREDENTIALS }] }));
    const quay = recording.one(REPOSITORY, 'registry-quay-io').inputs;
    expect(quay).toMatchObject({ mode: 'REMOTE_REPOSITORY', kmsKeyName: KEY, remoteRepositoryConfig: { commonRepository: { uri: 'https://quay.io' } } });
    const hub = recording.one(REPOSITORY, 'registry-docker-io').inputs.remoteRepositoryConfig;
    expect(hub).toMatchObject({
      dockerRepository: { publicRepository: 'DOCKER_HUB' },
      upstreamCredentials: { usernamePasswordCredentials: { username: 'robot', passwordSecretVersion: CREDENTIALS.passwordVersion } },
    });
    // The registry itself reads the password, and no other secret.
    expect(recording.one('gcp:secretmanager/secretIamMember:SecretIamMember').inputs).toEqual({
      project: 'my-project',
      secretId: 'docker-hub',
      role: 'roles/secretmanager.secretAccessor',
      member: 'serviceAccount:service-123456789012@gcp-sa-artifactregistry.iam.gserviceaccount.com',
    });
    expect(await textOf(recording.result.mirrors['quay.io'] ?? '')).toBe('europe-west4-docker.pkg.dev/my-project/images-quay-io');
    expect(Object.keys(recording.result.mirrors)).toEqual(['quay.io', 'docker.io']);
    expect(violations(recording)).toEqual([]);
  });

  it('lets nodes read all of it and write nothing', async () => {
    const recording = await record(() => {
      const nodes = new NodeAccount('nodes', { project: PLACE.project });
      return { nodes, made: registry({ pullThrough: [{ registry: 'ghcr.io' }], pulledBy: [nodes] }) };
    });
    const member = await recording.valueOf(recording.result.nodes.member);
    expect(recording.ofType(READER).map(({ inputs }) => inputs)).toEqual([
      { project: 'my-project', location: 'europe-west4', repository: 'images', role: 'roles/artifactregistry.reader', member },
      { project: 'my-project', location: 'europe-west4', repository: 'images-ghcr-io', role: 'roles/artifactregistry.reader', member },
    ]);
  });

  it('is protected with its images, or goes with them', async () => {
    expect((await record(() => registry())).one(REPOSITORY).options.protect).toBe(true);
    expect((await record(() => registry(DELETE))).one(REPOSITORY).options.protect).toBe(false);
  });

  it.each<[Partial<Args>, RegExp]>([
    [{ repository: 'My_Images' }, /registry: repository is 'My_Images'; expected the name of a repository/],
    [{ repository: 'a'.repeat(64) }, /1 to 63 characters/],
    [{ repository: 'a'.repeat(60), pullThrough: [{ registry: 'quay.io' }] }, /1 to 47 characters/],
    [{ pullThrough: [{ registry: 'gcr.io' as 'quay.io' }] }, /registry: pullThrough\[0\].registry is 'gcr.io'; expected one of quay.io/],
    [{ pullThrough: [{ registry: 'quay.io' }, { registry: 'quay.io' }] }, /pullThrough\[1\].registry is 'quay.io'; expected each registry once/],
    [{ pullThrough: [{ registry: 'docker.io', credentials: { username: 'robot', passwordVersion: 'secret' } }] }, /pullThrough\[0\].credentials.passwordVersion is 'secret'/],
    [{ untaggedDays: 0 }, /registry: untaggedDays is 0/],
  ])('refuses %p', (args, message) => expect(refusal(() => registry(args))).resolves.toEqual(refused(message)));
});
