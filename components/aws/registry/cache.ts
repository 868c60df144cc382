import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { policyText } from '../data/policy-text';
import { partitionOf } from '../data/regions';
import { UPSTREAM_URLS, type Upstream } from './upstreams';

/** Where caches are. */
export interface CachePlace {
  readonly parent: pulumi.Resource;
  readonly keyArn: pulumi.Input<string>;
  /** What repositories of the registry are told to throw away. */
  readonly lifecyclePolicy: string;
  readonly region: string;
  /** ARNs of the roles of nodes. */
  readonly pulledBy: readonly pulumi.Input<string>[];
}

/**
 * Caches of public registries. Repositories are made at the first pull, under the registry's own name: `quay.io/jetstack/cert-manager-controller` is
 * `<host>/quay.io/jetstack/cert-manager-controller`, which is also what rewriting images to this registry makes of it.
 *
 * @returns the rules, by which the id of the registry is known
 */
export function pullThroughCaches(name: string, upstreams: readonly Upstream[], place: CachePlace): readonly aws.ecr.PullThroughCacheRule[] {
  if (upstreams.length === 0) return [];
  const { parent, keyArn, region, lifecyclePolicy } = place;
  const maker = repositoryMaker(name, parent);
  const rules = upstreams.map((upstream) => {
    const { registry } = upstream;
    const template = new aws.ecr.RepositoryCreationTemplate(
      `${name}-${registry}`,
      {
        prefix: registry,
        appliedFors: ['PULL_THROUGH_CACHE'],
        description: `Images of ${registry}`,
        encryptionConfigurations: [{ encryptionType: 'KMS', kmsKey: keyArn }],
        // Tags follow those of the registry they come from.
        imageTagMutability: 'MUTABLE',
        lifecyclePolicy,
        customRoleArn: maker.arn,
      },
      { parent },
    );
    return new aws.ecr.PullThroughCacheRule(
      `${name}-${registry}`,
      { ecrRepositoryPrefix: registry, upstreamRegistryUrl: UPSTREAM_URLS[registry], ...('credentialArn' in upstream && { credentialArn: upstream.credentialArn }) },
      { parent, dependsOn: [template] },
    );
  });
  const repositories = rules.map((rule) => pulumi.interpolate`arn:${partitionOf(region)}:ecr:${region}:${rule.registryId}:repository/${rule.ecrRepositoryPrefix}/*`);
  letMakeAndPull(name, maker, repositories, place);
  return rules;
}

/** ECR makes encrypted repositories as a role of ours. @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates-custom.html */
function repositoryMaker(name: string, parent: pulumi.Resource): aws.iam.Role {
  const assumeRolePolicy = policyText([{ Sid: 'Ecr', Effect: 'Allow', Principal: { Service: 'ecr.amazonaws.com' }, Action: 'sts:AssumeRole' }]);
  return new aws.iam.Role(`${name}-cache`, { description: 'Makes repositories for cached images', assumeRolePolicy }, { parent });
}

/**
 * The role may make the repositories of the caches; nodes may have ECR make them, which a first pull does. Nodes are given leave by the registry, not by
 * a policy of their role, whose access stays read-only.
 */
function letMakeAndPull(name: string, maker: aws.iam.Role, repositories: readonly pulumi.Output<string>[], { parent, keyArn, pulledBy }: CachePlace): void {
  const statements = [
    { Sid: 'MakeRepositories', Effect: 'Allow' as const, Action: ['ecr:CreateRepository', 'ecr:TagResource'], Resource: repositories },
    { Sid: 'UseKey', Effect: 'Allow' as const, Action: ['kms:CreateGrant', 'kms:RetireGrant', 'kms:DescribeKey'], Resource: [keyArn] },
  ];
  new aws.iam.RolePolicy(`${name}-cache`, { role: maker.name, policy: policyText(statements) }, { parent });
  if (pulledBy.length === 0) return;
  const policy = policyText([{ Sid: 'FillCaches', Effect: 'Allow', Principal: { AWS: pulumi.all([...pulledBy]) }, Action: ['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'], Resource: repositories }]);
  new aws.ecr.RegistryPolicy(name, { policy }, { parent });
}
