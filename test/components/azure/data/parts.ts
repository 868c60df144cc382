import * as pulumi from '@pulumi/pulumi';
import { App, Chart } from 'cdk8s';
import { azureClient, splitTokens, type ServiceAccountRef } from '../../../../constructs/core';
import { record } from '../../record';
import type { ClusterNetwork, RoleGrant, ServiceAccountIdentities } from '../../../../components/azure/contracts';
import type { CustomerKey } from '../../../../components/azure/customer-key';

export const SUBSCRIPTION = '11111111-2222-4333-8444-555555555555';
export const TENANT = '99999999-2222-4333-8444-555555555555';
export const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/kubeflow`;
const NETWORK = `${GROUP}/providers/Microsoft.Network/virtualNetworks/main`;

/** A network, inside a program. */
export function network(): ClusterNetwork {
  const subnet = (name: string) => pulumi.output(`${NETWORK}/subnets/${name}`);
  return {
    resourceGroupName: pulumi.output('kubeflow'),
    location: 'westeurope',
    virtualNetworkId: pulumi.output(NETWORK),
    nodeSubnetId: subnet('nodes'),
    apiServerSubnetId: subnet('api'),
    endpointSubnetId: subnet('endpoints'),
    databaseSubnetId: subnet('mysql'),
  };
}

/** A key and its identity. */
export const key: CustomerKey = {
  vaultUri: 'https://vault.vault.azure.net/',
  keyName: 'data',
  keyUri: 'https://vault.vault.azure.net/keys/data',
  keyUriWithVersion: 'https://vault.vault.azure.net/keys/data/1',
  identityId: `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/data`,
  identityClientId: '12121212-2222-4333-8444-555555555555',
};

/** What was granted to whom. */
export interface Granted {
  readonly serviceAccount: ServiceAccountRef;
  readonly id: string;
  readonly grants: readonly RoleGrant[];
}

/** Identities that write down what is granted. */
export function identities(): ServiceAccountIdentities & { readonly granted: Granted[] } {
  const granted: Granted[] = [];
  return {
    granted,
    grant(serviceAccount, id, grants) {
      granted.push({ serviceAccount, id, grants });
      return azureClient('33333333-2222-4333-8444-555555555555');
    },
  };
}

/** How a program is refused, and what it had registered by then. */
export async function refusalOf(program: () => unknown): Promise<{ readonly message: string; readonly registered: readonly string[] }> {
  // What fails inside a stack fails the process: it is caught there.
  const { result, resources } = await record(async () => {
    try {
      await program();
      return 'it was not refused';
    } catch (refusal) {
      return refusal instanceof Error ? refusal.message : String(refusal);
    }
  });
  return { message: result, registered: resources.map(({ type }) => type).filter((type) => !type.startsWith('pulumi:')) };
}

/** A provider to ask through. */
export class Provider extends pulumi.ProviderResource {
  constructor() {
    super('azure-native', 'azure', {});
  }
}

/** A place for objects. */
export function chart(): Chart {
  return new Chart(new App(), 'platform', { disableResourceNameHashes: true });
}

/** The text that a string with tokens becomes, with unknown parts as `?`. */
export async function resolved(text: string): Promise<string> {
  const parts = await Promise.all(
    splitTokens(text).map((part) => {
      if (typeof part === 'string') return part;
      return promise(part.value as pulumi.Output<string>);
    }),
  );
  return parts.join('');
}

/** The value of an Output, also when it is not known. */
export async function promise<T>(output: pulumi.Input<T>): Promise<string> {
  const raw = pulumi.output(output) as unknown as { promise(withUnknowns: boolean): Promise<unknown>; readonly isKnown: Promise<boolean> };
  return (await raw.isKnown) ? String(await raw.promise(true)) : '?';
}
