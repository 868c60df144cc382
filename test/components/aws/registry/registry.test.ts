import { App, Chart } from 'cdk8s';
import { Registry, type RegistryArgs } from '../../../../components/aws/data';
import { parseImage, rewriteImages, useImage } from '../../../../constructs/core';
import { record, violations } from '../../record';
import { KEY, refusal, REGION, textOf } from '../data/parts';

const NODES = 'arn:aws:iam::123456789012:role/nodes';
const CREDENTIALS = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:ecr-pullthroughcache/ghcr-abcdef';
const HOST = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const CACHES: Partial<RegistryArgs> = { pullThrough: [{ registry: 'quay.io' }, { registry: 'ghcr.io', credentialArn: CREDENTIALS }, { registry: 'docker.io', credentialArn: CREDENTIALS }], pulledBy: [NODES] };

function make(args: Partial<RegistryArgs> = {}, options?: { readonly preview?: boolean }) {
  return record(() => new Registry('registry', { region: REGION, keyArn: KEY, ...args }), options);
}

describe('Registry', () => {
  it('has repositories whose tags stay, which are scanned and encrypted with the key', async () => {
    const recording = await make({ repositories: ['team-a/trainer', 'server'] });
    expect(violations(recording)).toEqual([]);
    const made = recording.ofType('aws:ecr/repository:Repository');
    expect(made.map(({ inputs }) => [inputs.name, inputs.imageTagMutability, inputs.imageScanningConfiguration.scanOnPush, inputs.encryptionConfigurations])).toEqual(
      ['team-a/trainer', 'server'].map((name) => [name, 'IMMUTABLE', true, [{ encryptionType: 'KMS', kmsKey: KEY }]]),
    );
    expect(recording.ofType('aws:ecr/repositoryPolicy:RepositoryPolicy')).toEqual([]);
    // The setting is the whole account's: nobody asked for it here.
    expect(recording.ofType('aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration')).toEqual([]);
    expect(await textOf(recording.result.host)).toBe(HOST);
    const url = recording.result.repositoryUrls['team-a/trainer'];
    expect(url && (await recording.valueOf(url))).toBe(`${HOST}/team-a/trainer`);
  });

  it('throws away only images that no tag names', async () => {
    const recording = await make({ repositories: ['server'], untaggedDays: 7 });
    expect(JSON.parse(recording.one('aws:ecr/lifecyclePolicy:LifecyclePolicy').inputs.policy).rules.map((rule: { selection: object }) => rule.selection)).toEqual([
      { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 7 },
    ]);
  });

  it('caches public registries under their own names, encrypted and scanned', async () => {
    const recording = await make(CACHES);
    expect(violations(recording)).toEqual([]);
    expect(recording.ofType('aws:ecr/pullThroughCacheRule:PullThroughCacheRule').map(({ inputs }) => [inputs.ecrRepositoryPrefix, inputs.upstreamRegistryUrl, inputs.credentialArn])).toEqual([
      ['quay.io', 'quay.io', undefined],
      ['ghcr.io', 'ghcr.io', CREDENTIALS],
      ['docker.io', 'registry-1.docker.io', CREDENTIALS],
    ]);
    expect(recording.ofType('aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate').map(({ inputs }) => inputs.encryptionConfigurations)).toEqual(Array(3).fill([{ encryptionType: 'KMS', kmsKey: KEY }]));
    expect(recording.one('aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration').inputs).toMatchObject({ scanType: 'BASIC', rules: [{ scanFrequency: 'SCAN_ON_PUSH', repositoryFilters: [{ filter: '*' }] }] });
    expect(await textOf(recording.result.host)).toBe(HOST);
  });

  it('is what images are rewritten to, so that a pull hits the cache', async () => {
    const { result } = await make(CACHES);
    const app = new App();
    rewriteImages(app, { registry: result.host });
    const chart = new Chart(app, 'c');
    expect(await textOf(useImage(chart, parseImage('quay.io/jetstack/cert-manager-controller:v1.20.2')))).toBe(`${HOST}/quay.io/jetstack/cert-manager-controller:v1.20.2`);
  });

  it('lets nodes fill the caches, and nothing but the caches', async () => {
    const recording = await make(CACHES);
    const repositories = ['quay.io', 'ghcr.io', 'docker.io'].map((prefix) => `arn:aws:ecr:eu-central-1:123456789012:repository/${prefix}/*`);
    expect(JSON.parse(recording.one('aws:ecr/registryPolicy:RegistryPolicy').inputs.policy).Statement).toEqual([
      { Sid: 'FillCaches', Effect: 'Allow', Principal: { AWS: [NODES] }, Action: ['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'], Resource: repositories },
    ]);
    const [make_, key] = JSON.parse(recording.one('aws:iam/rolePolicy:RolePolicy').inputs.policy).Statement;
    expect([make_.Resource, key.Resource]).toEqual([repositories, [KEY]]);
    const trust = JSON.parse(recording.one('aws:iam/role:Role').inputs.assumeRolePolicy).Statement;
    expect(trust).toMatchObject([{ Principal: { Service: 'ecr.amazonaws.com' } }]);
  });

  it('leaves the policy of the registry alone if no role is named', async () => {
    expect((await make({ ...CACHES, pulledBy: [], scanning: 'enhanced' })).ofType('aws:ecr/registryPolicy:RegistryPolicy')).toEqual([]);
    const { inputs } = (await make({ ...CACHES, scanning: 'enhanced' })).one('aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration');
    expect([inputs.scanType, inputs.rules[0].scanFrequency]).toEqual(['ENHANCED', 'CONTINUOUS_SCAN']);
  });

  it('keeps images unless it is told that they may go', async () => {
    const kept = (await make({ repositories: ['server'] })).one('aws:ecr/repository:Repository');
    expect([kept.inputs.forceDelete, kept.options.protect]).toEqual([false, true]);
    const gone = (await make({ repositories: ['server'], retention: 'delete' })).one('aws:ecr/repository:Repository');
    expect([gone.inputs.forceDelete, gone.options.protect]).toEqual([true, false]);
  });

  it('can be previewed before anything is known', async () => {
    expect((await make({ ...CACHES, repositories: ['server'] }, { preview: true })).ofType('aws:ecr/pullThroughCacheRule:PullThroughCacheRule')).toHaveLength(3);
  });

  it.each<[Partial<RegistryArgs>, string]>([
    [{}, 'registry: repositories is []; expected at least one repository, or a registry in pullThrough'],
    [{ repositories: ['Team/a'] }, "registry: repositories[0] is 'Team/a'; expected the name of a repository"],
    [{ repositories: ['a/b', 'a/b'] }, "registry: repositories[1] is 'a/b'; expected each repository once"],
    [{ repositories: ['quay.io/x'], pullThrough: [{ registry: 'quay.io' }] }, "expected a name that is not in the cache of quay.io"],
    [{ pullThrough: [{ registry: 'quay.io' }, { registry: 'quay.io' }] }, "registry: pullThrough[1].registry is 'quay.io'; expected each registry once"],
    [{ pullThrough: [{ registry: 'ghcr.io', credentialArn: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:ghcr' }] }, "expected the ARN of a secret whose name begins with 'ecr-pullthroughcache/'"],
    [{ repositories: ['ab'], untaggedDays: 0 }, 'registry: untaggedDays is 0; expected a whole number, at least 1'],
  ])('refuses %j and registers nothing', async (bad, message) => {
    const { message: said, registered } = await refusal(() => new Registry('registry', { region: REGION, keyArn: KEY, ...bad }));
    expect(said).toContain(message);
    expect(registered).toEqual([]);
  });
});
