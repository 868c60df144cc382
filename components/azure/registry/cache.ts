import * as authorization from '@pulumi/azure-native/authorization';
import * as containerregistry from '@pulumi/azure-native/containerregistry';
import * as pulumi from '@pulumi/pulumi';
import { roleDefinition } from '../identity/role-assignment';

/** Registries whose images are cached without signing in to them. @see https://learn.microsoft.com/azure/container-registry/artifact-cache-overview */
export const CACHED_WITHOUT_CREDENTIALS = ['quay.io', 'registry.k8s.io', 'ghcr.io', 'mcr.microsoft.com', 'public.ecr.aws', 'nvcr.io'] as const;

/** A registry whose images are cached without signing in to it. */
export type CachedRegistry = (typeof CACHED_WITHOUT_CREDENTIALS)[number];

/** Key Vault Secrets User. @see https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/security */
export const KEY_VAULT_SECRETS_USER = '4633458b-17de-408a-b874-0445c86b69e6';

const DOCKER_HUB = 'docker.io';

/** An account of Docker Hub, from which images are cached only when signed in. Its name and token are secrets of a Key Vault that opens by roles. */
export interface DockerHubCredentials {
  /** Resource id of the vault. */
  readonly vaultId: pulumi.Input<string>;
  /** `https://<vault>.vault.azure.net/` */
  readonly vaultUri: pulumi.Input<string>;
  /** Name of the secret with the account's name. */
  readonly usernameSecret: string;
  /** Name of the secret with its access token. */
  readonly passwordSecret: string;
}

/** What is cached, and where. */
export interface CacheSettings {
  readonly name: string;
  readonly resourceGroupName: pulumi.Input<string>;
  readonly registries: readonly CachedRegistry[];
  readonly dockerHub?: DockerHubCredentials;
}

/** Has a registry fetch what others have when it is first asked for: `quay.io/a/b` becomes `<host>/quay.io/a/b`. */
export function cacheRules(settings: CacheSettings, registry: containerregistry.Registry, parent: pulumi.Resource): readonly pulumi.Resource[] {
  const { name, resourceGroupName, registries, dockerHub } = settings;
  const rule = (source: string, credentialSetResourceId?: pulumi.Input<string>) =>
    new containerregistry.CacheRule(
      `${name}-${ruleName(source)}`,
      {
        resourceGroupName,
        registryName: registry.name,
        cacheRuleName: ruleName(source),
        sourceRepository: `${source}/*`,
        targetRepository: `${source}/*`,
        ...(credentialSetResourceId !== undefined && { credentialSetResourceId }),
      },
      { parent },
    );
  return [...registries.map((source) => rule(source)), ...(dockerHub ? [rule(DOCKER_HUB, credentials(settings, dockerHub, registry, parent))] : [])];
}

/** Id of a credential set; known when it may read its two secrets, and no others. */
function credentials({ name, resourceGroupName }: CacheSettings, dockerHub: DockerHubCredentials, registry: containerregistry.Registry, parent: pulumi.Resource): pulumi.Output<string> {
  const { vaultId, vaultUri, usernameSecret, passwordSecret } = dockerHub;
  const secretId = (secret: string) => pulumi.output(vaultUri).apply((uri) => `${uri.replace(/\/$/, '')}/secrets/${secret}`);
  const set = new containerregistry.CredentialSet(
    `${name}-docker-io`,
    {
      resourceGroupName,
      registryName: registry.name,
      credentialSetName: ruleName(DOCKER_HUB),
      loginServer: DOCKER_HUB,
      authCredentials: [{ name: 'Credential1', usernameSecretIdentifier: secretId(usernameSecret), passwordSecretIdentifier: secretId(passwordSecret) }],
      identity: { type: containerregistry.ResourceIdentityType.SystemAssigned },
    },
    { parent },
  );
  const principalId = set.identity.apply((identity) => identity?.principalId ?? '');
  const roles = [...new Set([usernameSecret, passwordSecret])].map(
    (secret) =>
      new authorization.RoleAssignment(
        `${name}-docker-io-${secret}`,
        {
          principalId,
          principalType: 'ServicePrincipal',
          roleDefinitionId: roleDefinition(KEY_VAULT_SECRETS_USER, vaultId),
          scope: pulumi.interpolate`${vaultId}/secrets/${secret}`,
        },
        { parent },
      ),
  );
  return pulumi.all([set.id, ...roles.map(({ id }) => id)]).apply(([id = '']) => id);
}

function ruleName(source: string): string {
  return source.replace(/\./g, '-');
}
