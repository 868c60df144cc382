import * as authorization from '@pulumi/azure-native/authorization';
import * as containerregistry from '@pulumi/azure-native/containerregistry';
import * as monitor from '@pulumi/azure-native/monitor';
import * as pulumi from '@pulumi/pulumi';
import { checkWholeNumber, type ImageRewrite, InvalidInputError } from '../../../constructs/core';
import { asString } from '../../bridge';
import { protectedBy, type Retention } from '../../retention';
import type { ClusterNetwork } from '../contracts';
import type { CustomerKey } from '../customer-key';
import { roleDefinition } from '../identity/role-assignment';
import { checkZone, PrivateLink, type PrivateLinkZone } from '../private-link';
import { cacheRules, CACHED_WITHOUT_CREDENTIALS, type CachedRegistry, type DockerHubCredentials } from './cache';

/** Length of a registry's name. @see https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftcontainerregistry */
export const REGISTRY_NAME = { least: 5, most: 50 } as const;

/** Days that manifests without a tag can be kept for. @see https://learn.microsoft.com/azure/container-registry/container-registry-retention-policy */
export const UNTAGGED_DAYS = { least: 0, most: 365 } as const;

/** Characters that the provider appends to a name it makes unique. */
const AUTO_NAME_SUFFIX = 8;

/** AcrPull. @see https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/containers */
export const ACR_PULL = '7f951dda-4ed3-4680-a7ca-43fe172d538d';

const DEFAULT_CACHED: readonly CachedRegistry[] = ['quay.io', 'registry.k8s.io', 'ghcr.io'];

/** Args of {@link Registry}. */
export interface RegistryArgs {
  readonly network: ClusterNetwork;
  /** Principal id of the identity that nodes pull as: the kubelet's. */
  readonly kubeletPrincipalId: pulumi.Input<string>;
  /** Name, unique in all of Azure, that images are pulled by: 5 to 50 letters and digits. @default the component's name and 8 characters that make it unique */
  readonly registryName?: string;
  /** Whether images are in three zones. Decided when the registry is made. @default true */
  readonly zoneRedundant?: boolean;
  /** Registries whose images are fetched through this one. @default quay.io, registry.k8s.io and ghcr.io */
  readonly cached?: readonly CachedRegistry[];
  /** Account in whose name images of Docker Hub are fetched through this one. @default they are not */
  readonly dockerHub?: DockerHubCredentials;
  /** Days after which manifests without a tag are deleted: 0 to 365. Images that are cached and used by digest have none. @default they are kept */
  readonly untaggedRetentionDays?: number;
  /** Key that images are encrypted with. Decided when the registry is made. @default keys of the platform */
  readonly key?: CustomerKey;
  /** Zone `privatelink.azurecr.io` of the network, where it has one. @default one is made */
  readonly privateLinkZone?: PrivateLinkZone;
  /** Log Analytics workspace that is told who signed in, and who pulled and pushed what. @default none */
  readonly logWorkspaceId?: pulumi.Input<string>;
  /** @default 'keep' */
  readonly retention?: Retention;
}

/**
 * A registry (premium) that is reached from inside the network only, has no passwords, and lets nodes pull and do nothing else. Images of others
 * come through its cache.
 */
export class Registry extends pulumi.ComponentResource {
  /** Host that images are pulled from; known when nodes may. */
  readonly host: string;
  /** Resource id. */
  readonly registryId: pulumi.Output<string>;

  /** @throws InvalidInputError for what Azure would refuse */
  constructor(name: string, args: RegistryArgs, options?: pulumi.ComponentResourceOptions) {
    const { network, registryName, cached = DEFAULT_CACHED, key, retention = 'keep', untaggedRetentionDays } = args;
    const logicalName = checkNames(name, registryName);
    const unknown = cached.find((each) => !CACHED_WITHOUT_CREDENTIALS.includes(each));
    if (unknown !== undefined || new Set(cached).size < cached.length) {
      throw new InvalidInputError({ property: 'cached', value: cached, expected: `some of ${CACHED_WITHOUT_CREDENTIALS.join(', ')}, each once; docker.io by dockerHub`, where: name });
    }
    for (const property of ['usernameSecret', 'passwordSecret'] as const) {
      const secret = args.dockerHub?.[property];
      if (secret !== undefined && !/^[0-9a-z-]{1,127}$/i.test(secret)) {
        throw new InvalidInputError({ property: `dockerHub.${property}`, value: secret, expected: "a secret's name: 1 to 127 letters, digits and '-'", where: name });
      }
    }
    if (untaggedRetentionDays !== undefined) checkWholeNumber('untaggedRetentionDays', untaggedRetentionDays, name, UNTAGGED_DAYS);
    checkZone(args.privateLinkZone, 'registry', name);
    super('kubeflow-cdk:azure:Registry', name, {}, options);
    const { resourceGroupName } = network;
    const registry = new containerregistry.Registry(
      logicalName,
      {
        resourceGroupName,
        location: network.location,
        ...(registryName !== undefined && { registryName }),
        sku: { name: 'Premium' },
        adminUserEnabled: false,
        anonymousPullEnabled: false,
        publicNetworkAccess: 'Disabled',
        networkRuleBypassOptions: 'AzureServices',
        zoneRedundancy: (args.zoneRedundant ?? true) ? 'Enabled' : 'Disabled',
        policies: {
          exportPolicy: { status: 'disabled' },
          retentionPolicy: untaggedRetentionDays === undefined ? { status: 'disabled' } : { status: 'enabled', days: untaggedRetentionDays },
        },
        ...(key && {
          identity: { type: containerregistry.ResourceIdentityType.UserAssigned, userAssignedIdentities: pulumi.output(key.identityId).apply((id) => ({ [id]: {} })) },
          // Without a version, the registry follows rotations of the key.
          encryption: { status: 'enabled', keyVaultProperties: { keyIdentifier: key.keyUri, identity: key.identityClientId } },
        }),
      },
      protectedBy(retention, this),
    );
    const link = new PrivateLink(`${name}-registry`, { service: 'registry', network, resourceId: registry.id, zone: args.privateLinkZone }, { parent: this });
    const pull = new authorization.RoleAssignment(
      name,
      {
        principalId: args.kubeletPrincipalId,
        principalType: 'ServicePrincipal',
        roleDefinitionId: roleDefinition(ACR_PULL, registry.id),
        scope: registry.id,
      },
      { parent: this },
    );
    const rules = cacheRules({ name, resourceGroupName, registries: cached, dockerHub: args.dockerHub }, registry, this);
    if (args.logWorkspaceId !== undefined) {
      new monitor.DiagnosticSetting(name, { resourceUri: registry.id, workspaceId: args.logWorkspaceId, logs: LOGS.map((category) => ({ category, enabled: true })) }, { parent: this });
    }
    const usable = pulumi.all([registry.loginServer, link.ready, pull.id, pulumi.all(rules.map(({ urn }) => urn))]).apply(([loginServer]) => loginServer);
    this.host = asString(usable, 'the host of the registry');
    this.registryId = registry.id;
    this.registerOutputs({ registryId: registry.id });
  }

  /** For `rewriteImages`: has all images come through this registry, under the name of the registry they are from. */
  get imageRewrite(): ImageRewrite {
    return { registry: this.host, keepOriginalRegistry: true };
  }
}

const LOGS = ['ContainerRegistryLoginEvents', 'ContainerRegistryRepositoryEvents'];

/** @returns the name in Pulumi, with which a unique name begins */
function checkNames(name: string, registryName: string | undefined): string {
  const { least, most } = REGISTRY_NAME;
  const logicalName = name.replace(/[^a-z0-9]/gi, '');
  if (registryName !== undefined && (!/^[a-z0-9]+$/i.test(registryName) || registryName.length < least || registryName.length > most)) {
    throw new InvalidInputError({ property: 'registryName', value: registryName, expected: `${least} to ${most} letters and digits`, where: name });
  }
  if (registryName === undefined && (logicalName.length === 0 || logicalName.length > most - AUTO_NAME_SUFFIX)) {
    throw new InvalidInputError({
      property: 'name',
      value: name,
      expected: `1 to ${most - AUTO_NAME_SUFFIX} letters and digits, so that ${AUTO_NAME_SUFFIX} characters can make it unique; or state registryName`,
      where: name,
    });
  }
  return logicalName;
}
