import { Provider } from '@pulumi/azure-native/provider';
import type { App } from 'cdk8s';
import { ManagedIdentities, signedIn } from '../../components/azure';
import type { Retention } from '../../components/retention';
import type { ServiceLoadBalancer } from '../../constructs/core';
import type { AksConfig } from '../config/schemas/aks';
import { outputsOf } from '../outputs';
import { core, platform } from '../platform';
import type { Facts, Provisioned } from '../stack';
import { check } from './checks';
import { cluster } from './cluster';
import { container, database, identityProvider, registry, sharedFiles, zone } from './data';
import { assumed, live } from './lookups';

/**
 * Azure's own load balancer, which AKS brings: with an address in the nodes' subnet, or a public one.
 *
 * @see https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
 */
const LOAD_BALANCERS: Readonly<Record<AksConfig['exposure'], ServiceLoadBalancer>> = {
  internal: { annotations: { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' }, waivers: [] },
  'internet-facing': { annotations: {}, waivers: [] },
};

/** The platform on AKS, as a bill of materials. */
export async function program(app: App, config: AksConfig, facts: Facts): Promise<Provisioned> {
  const { location, subscription, clusterName } = config;
  const provider = new Provider('azure', { location, subscriptionId: subscription });
  const lookups = facts === 'live' ? live(provider) : await assumed(config);
  const account = await signedIn(lookups.azure, { subscription, location }, 'azure');
  await check(config, lookups);
  const retention: Retention = config.development ? 'delete' : 'keep';
  const context = { config, account, lookups, retention, options: { provider } };

  const made = await cluster(context);
  const identities = new ManagedIdentities('identities', { resourceGroupName: made.network.resourceGroupName, location, issuer: made.cluster.oidcIssuer }, { provider });
  const given = { ...context, ...made, identities };

  const names = await zone(given);
  registry(given);
  const base = core(app, { ...config, ingressServiceType: 'LoadBalancer' }, names);
  platform(app, { ...config, ingressServiceType: 'LoadBalancer' }, base, {
    block: made.blockStorage,
    shared: await sharedFiles(given),
    objectStore: await container(given),
    database: await database(given),
    identityProvider: identityProvider(given),
    loadBalancer: LOAD_BALANCERS[config.exposure],
    ...(names && { names: { zone: names, ownerId: clusterName } }),
  });
  return { ...made.provisioned, outputs: outputsOf(made.provisioned, names), ...(!config.cluster.existing && { leftovers: config.development ? 'delete' : 'refuse' }) };
}
