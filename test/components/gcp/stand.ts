import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { EncryptionKeys, GkeCluster, type GkeClusterArgs, liveLookups, type GcpLookups, Network, NodeAccount, Services } from '../../../components/gcp';
import type { Retention } from '../../../components/retention';

/** Where everything of these tests is. */
export const PLACE = { project: 'my-project', projectNumber: '123456789012', region: 'europe-west4' };

/** Lookups that the doubles answer. */
export function lookups(): GcpLookups {
  return liveLookups(provider(), PLACE);
}

export function provider(): gcp.Provider {
  return new gcp.Provider('google', { project: PLACE.project, region: PLACE.region });
}

/** A whole cluster, its nodes apart. */
export function stand(args: Partial<GkeClusterArgs> = {}, retention: Retention = 'keep') {
  const options: pulumi.ComponentResourceOptions = { provider: provider() };
  const services = new Services('services', { project: PLACE.project }, options);
  const network = new Network('network', { region: PLACE.region }, { ...options, dependsOn: services });
  const keys = new EncryptionKeys('keys', { ...PLACE, users: ['cluster', 'disks', 'objects', 'database'], retention }, options);
  const account = new NodeAccount('nodes', { project: PLACE.project }, options);
  const cluster = new GkeCluster(
    'cluster',
    {
      project: PLACE.project,
      region: PLACE.region,
      clusterName: 'kubeflow',
      network,
      secretsKey: keys.key('cluster'),
      diskKey: keys.key('disks'),
      nodeAccount: account,
      supported: '>=1.33.0 <1.36.0',
      securityGroup: 'gke-security-groups@example.com',
      retention,
      ...args,
    },
    options,
  );
  return { services, network, keys, account, cluster, options };
}
