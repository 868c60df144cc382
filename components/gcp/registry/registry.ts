import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { checkWholeNumber } from '../../../constructs/core';
import { asString } from '../../bridge';
import { protectedBy, type Retention } from '../../retention';
import type { GcpLocation } from '../contracts';
import { checkName } from '../../names';
import { checkRegion } from '../data/regions';
import { serviceAgent } from '../keys';
import type { ImageRepository } from '../nodes';
import { checkUpstreams, secretOf, type Upstream, UPSTREAM_URIS, type UpstreamRegistry } from './upstreams';

/** Whoever pulls images: the account of nodes. */
export interface ImageReader {
  pullFrom(id: string, repository: ImageRepository): pulumi.Resource;
}

/** What a {@link Registry} is made of. */
export interface RegistryArgs extends GcpLocation {
  /** Name of the repository for images of one's own, and what those of other registries are called after. @default the component's name */
  readonly repository?: string;
  /** Key that images are encrypted with, which the service agent of Artifact Registry may use: `keys.key('registry')`. */
  readonly key: pulumi.Input<string>;
  /** Public registries whose images are kept here as they are pulled. @default none */
  readonly pullThrough?: readonly Upstream[];
  /** Who pulls from all of them. @default nobody but those whom the project lets */
  readonly pulledBy?: readonly ImageReader[];
  /** Days after which images that no tag names any more are thrown away. @default 30 */
  readonly untaggedDays?: number;
  /** Days after which an image of a public registry is thrown away here, to be fetched again when somebody wants it. @default 90 */
  readonly cachedDays?: number;
  /** With `delete`, repositories go with their images. @default 'keep' */
  readonly retention?: Retention;
}

/** Names of repositories. @see https://cloud.google.com/artifact-registry/docs/repositories/create-repos */
export const REPOSITORY_NAME = {
  noun: 'repository',
  minLength: 1,
  maxLength: 63,
  pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/,
  form: 'lower-case letters, digits and dashes, a letter first and no dash at the end',
} as const;

const LONGEST_UPSTREAM = '-registry-k8s-io'.length;
const SECONDS_A_DAY = 86_400;
const DOCKER = 'DOCKER';

/**
 * A repository of images in Artifact Registry with tags that cannot be moved, and repositories that fetch from public registries. Encrypted with a key of one's own,
 * and scanned wherever the project has `containerscanning.googleapis.com`.
 *
 * @throws InvalidInputError if a name, registry or number of days is none
 */
export class Registry extends pulumi.ComponentResource {
  /**
   * Where images of one's own are, e.g. `europe-west4-docker.pkg.dev/my-project/images`. With copies of all of the platform's images in it, they are pulled from
   * there: `rewriteImages(app, { registry: registry.host })`.
   */
  readonly host: string;
  /** By public registry, where its images are to be pulled from here. */
  readonly mirrors: Readonly<Partial<Record<UpstreamRegistry, string>>>;

  constructor(
    private readonly title: string,
    private readonly args: RegistryArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    checkArgs(title, args);
    super('kubeflow-cdk:gcp:Registry', title, {}, options);
    const { repository = title, pullThrough = [], untaggedDays = 30 } = args;
    const own = this.repository(title, {
      repositoryId: repository,
      description: 'Images of one\'s own',
      mode: 'STANDARD_REPOSITORY',
      dockerConfig: { immutableTags: true },
      cleanupPolicies: [{ id: 'untagged', action: 'DELETE', condition: { tagState: 'UNTAGGED', olderThan: `${untaggedDays * SECONDS_A_DAY}s` } }],
    });
    const host = this.readable(title, own);
    this.host = asString(host, `the address of registry '${title}'`);
    this.mirrors = Object.fromEntries(pullThrough.map((upstream) => [upstream.registry, asString(this.mirror(repository, upstream), `the address of images of '${upstream.registry}'`)]));
    this.registerOutputs({ host });
  }

  private mirror(repository: string, upstream: Upstream): pulumi.Output<string> {
    const { key, projectNumber, cachedDays = 90 } = this.args;
    const { registry, credentials } = upstream;
    const suffix = registry.replaceAll('.', '-');
    const title = `${this.title}-${suffix}`;
    const secret = credentials && secretOf(credentials.passwordVersion);
    const leave = secret && new gcp.secretmanager.SecretIamMember(title, { ...secret, role: 'roles/secretmanager.secretAccessor', member: this.agent(key, projectNumber) }, { parent: this });
    const made = this.repository(
      title,
      {
        repositoryId: `${repository}-${suffix}`,
        description: `Images of ${registry} as they are pulled`,
        mode: 'REMOTE_REPOSITORY',
        remoteRepositoryConfig: {
          description: registry,
          ...(registry === 'docker.io' ? { dockerRepository: { publicRepository: 'DOCKER_HUB' } } : { commonRepository: { uri: UPSTREAM_URIS[registry] } }),
          ...(credentials && { upstreamCredentials: { usernamePasswordCredentials: { username: credentials.username, passwordSecretVersion: credentials.passwordVersion } } }),
        },
        cleanupPolicies: [{ id: 'cached', action: 'DELETE', condition: { tagState: 'ANY', olderThan: `${cachedDays * SECONDS_A_DAY}s` } }],
      },
      leave ? [leave] : [],
    );
    return this.readable(title, made);
  }

  private repository(title: string, args: Omit<gcp.artifactregistry.RepositoryArgs, 'format'>, dependsOn: readonly pulumi.Resource[] = []): gcp.artifactregistry.Repository {
    const { project, region, key, retention = 'keep' } = this.args;
    return new gcp.artifactregistry.Repository(
      title,
      { project, location: region, format: DOCKER, kmsKeyName: key, vulnerabilityScanningConfig: { enablementConfig: 'INHERITED' }, cleanupPolicyDryRun: false, ...args },
      { ...protectedBy(retention, this), dependsOn: [...dependsOn] },
    );
  }

  /** The address of a repository, once everybody who pulls from it may. */
  private readable(title: string, { repositoryId, registryUri }: gcp.artifactregistry.Repository): pulumi.Output<string> {
    const { project, region, pulledBy = [] } = this.args;
    const grants = pulledBy.map((reader) => reader.pullFrom(title, { project, location: region, repository: repositoryId }));
    return pulumi.all([registryUri, ...grants.map(({ urn }) => urn)]).apply(([uri = '']) => uri);
  }

  /** The account of Artifact Registry, which is there once its key is. */
  private agent(key: pulumi.Input<string>, projectNumber: string): pulumi.Output<string> {
    return pulumi.output(key).apply(() => serviceAgent('registry', projectNumber));
  }
}

function checkArgs(name: string, { region, repository = name, pullThrough = [], untaggedDays, cachedDays }: RegistryArgs): void {
  const maxLength = REPOSITORY_NAME.maxLength - (pullThrough.length > 0 ? LONGEST_UPSTREAM : 0);
  checkName('repository', repository, { ...REPOSITORY_NAME, maxLength }, name);
  checkRegion(region, name);
  checkUpstreams(pullThrough, name);
  if (untaggedDays !== undefined) checkWholeNumber('untaggedDays', untaggedDays, name, { least: 1 });
  if (cachedDays !== undefined) checkWholeNumber('cachedDays', cachedDays, name, { least: 1 });
}
