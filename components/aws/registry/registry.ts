import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { checkDnsLabel, checkWholeNumber, InvalidInputError } from '../../../constructs/core';
import { asString } from '../../bridge';
import { protectedBy, type Retention } from '../../retention';
import { checkName } from '../../names';
import { checkRegion, dnsSuffixOf } from '../data/regions';
import { pullThroughCaches } from './cache';
import { checkUpstreams, type Upstream } from './upstreams';

/** What a {@link Registry} is made of. */
export interface RegistryArgs {
  /** Region of the provider it is made by, e.g. `eu-central-1`. */
  readonly region: string;
  /** ARN of the KMS key that images are encrypted with. */
  readonly keyArn: pulumi.Input<string>;
  /** Repositories for images of one's own, e.g. `team-a/trainer`. @default none */
  readonly repositories?: readonly string[];
  /** Public registries whose images are kept here as they are pulled. @default none */
  readonly pullThrough?: readonly Upstream[];
  /**
   * ARNs of the roles of nodes, which may fill the caches. They are named in the policy of the registry, of which an account has one a region: an existing one
   * is replaced.
   * @default none: what is pulled first must be pulled by somebody who may make repositories
   */
  readonly pulledBy?: readonly pulumi.Input<string>[];
  /**
   * How the whole registry is scanned, of which an account has one setting a region: an existing one is replaced. `basic` scans every image as it is
   * pushed or cached, `enhanced` (Amazon Inspector, paid by the image) also again when new vulnerabilities become known, `leave` changes nothing.
   * @default 'basic' with pull-through caches, which cannot be scanned otherwise; 'leave' without, since our repositories scan on push by themselves
   */
  readonly scanning?: 'basic' | 'enhanced' | 'leave';
  /** Days after which images that no tag names any more are thrown away. @default 30 */
  readonly untaggedDays?: number;
  /** With `delete`, repositories go with their images. @default 'keep' */
  readonly retention?: Retention;
}

/** Names of repositories. @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
export const REPOSITORY_NAME = {
  noun: 'repository',
  minLength: 2,
  maxLength: 256,
  pattern: /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/,
  form: "lower-case letters and digits, with single '.', '_' and '/', '__' or '-' between them",
} as const;

/** Names of policies have 128 characters; some of ours are made of the component's. */
const NAME_LENGTH = 50;

/**
 * Repositories of ECR with tags that cannot be moved, scanned and encrypted with a key of one's own, and caches of public registries.
 *
 * @throws InvalidInputError if there is neither a repository nor a cache, or a name, registry or number is none
 */
export class Registry extends pulumi.ComponentResource {
  /**
   * Where images are pulled from, e.g. `123456789012.dkr.ecr.eu-central-1.amazonaws.com`. With caches, it is what images are rewritten to:
   * `rewriteImages(app, { registry: registry.host })`.
   */
  readonly host: string;
  /** By name, what images are pushed to. */
  readonly repositoryUrls: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: RegistryArgs, options?: pulumi.ComponentResourceOptions) {
    const { region, keyArn, repositories = [], pullThrough = [], pulledBy = [], untaggedDays = 30, scanning = pullThrough.length > 0 ? 'basic' : 'leave' } = args;
    checkArgs(name, args);
    super('kubeflow-cdk:aws:Registry', name, {}, options);
    const lifecyclePolicy = expireUntagged(untaggedDays);
    const made = repositories.map((repository) => this.repository(name, repository, lifecyclePolicy, args));
    const rules = pullThroughCaches(name, pullThrough, { parent: this, keyArn, region, lifecyclePolicy, pulledBy });
    if (scanning !== 'leave') {
      new aws.ecr.RegistryScanningConfiguration(
        name,
        {
          scanType: scanning === 'basic' ? 'BASIC' : 'ENHANCED',
          rules: [{ scanFrequency: scanning === 'basic' ? 'SCAN_ON_PUSH' : 'CONTINUOUS_SCAN', repositoryFilters: [{ filter: '*', filterType: 'WILDCARD' }] }],
        },
        { parent: this },
      );
    }
    // Each says in whose registry it is; the host is known once all of them can be pulled from.
    const registryId = pulumi.all([...made, ...rules].map((each) => each.registryId)).apply((ids) => ids[0] ?? '');
    const host = pulumi.interpolate`${registryId}.dkr.ecr.${region}.${dnsSuffixOf(region)}`;
    this.host = asString(host, `the host of registry '${name}'`);
    this.repositoryUrls = Object.fromEntries(repositories.map((repository) => [repository, pulumi.interpolate`${host}/${repository}`]));
    this.registerOutputs({ host });
  }

  private repository(name: string, repository: string, policy: string, { keyArn, retention = 'keep' }: RegistryArgs): aws.ecr.Repository {
    const made = new aws.ecr.Repository(
      `${name}-${repository}`,
      {
        name: repository,
        imageTagMutability: 'IMMUTABLE',
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfigurations: [{ encryptionType: 'KMS', kmsKey: keyArn }],
        forceDelete: retention === 'delete',
      },
      protectedBy(retention, this),
    );
    new aws.ecr.LifecyclePolicy(`${name}-${repository}`, { repository: made.name, policy }, { parent: this });
    return made;
  }
}

function expireUntagged(days: number): string {
  const selected = { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: days };
  return JSON.stringify({ rules: [{ rulePriority: 1, description: 'Images that no tag names', selection: selected, action: { type: 'expire' } }] });
}

function checkArgs(name: string, { region, repositories = [], pullThrough = [], untaggedDays }: RegistryArgs): void {
  checkDnsLabel('name', name, name, NAME_LENGTH);
  checkRegion(region, name);
  if (repositories.length + pullThrough.length === 0) throw new InvalidInputError({ property: 'repositories', value: repositories, expected: 'at least one repository, or a registry in pullThrough', where: name });
  for (const [index, repository] of repositories.entries()) {
    const property = `repositories[${index}]`;
    checkName(property, repository, REPOSITORY_NAME, name);
    if (repositories.indexOf(repository) !== index) throw new InvalidInputError({ property, value: repository, expected: 'each repository once', where: name });
    const cache = pullThrough.find(({ registry }) => repository.startsWith(`${registry}/`));
    if (cache) throw new InvalidInputError({ property, value: repository, expected: `a name that is not in the cache of ${cache.registry}`, where: name });
  }
  checkUpstreams(pullThrough, name);
  if (untaggedDays !== undefined) checkWholeNumber('untaggedDays', untaggedDays, name, { least: 1 });
}
