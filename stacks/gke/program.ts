import * as gcp from '@pulumi/gcp';
import type { App } from 'cdk8s';
import { assumedLookups, liveLookups, locate, Services, WorkloadPrincipals } from '../../components/gcp';
import type { Retention } from '../../components/retention';
import { CsiDriverNfs } from '../../constructs/csi-driver-nfs';
import type { GkeConfig } from '../config/schemas/gke';
import { PLATFORM_KUBERNETES } from '../kubernetes';
import { outputsOf } from '../outputs';
import { core, platform } from '../platform';
import type { Facts, Provisioned } from '../stack';
import { cluster } from './cluster';
import { bucket, database, identityProvider, managedZone, registry, sharedFiles } from './data';
import { encryptionKeys } from './keys';
import { loadBalancer } from './load-balancer';
import { survey } from './survey';

/** Where nodes of GKE have programs of the CNI. */
const CNI = { binDir: '/home/kubernetes/bin' } as const;

/** The platform on GKE, as a bill of materials. */
export async function program(app: App, config: GkeConfig, facts: Facts): Promise<Provisioned> {
  const { project, region, clusterName } = config;
  const provider = new gcp.Provider('gcp', { project, region, defaultLabels: { 'kubeflow-cdk-cluster': clusterName } });
  const lookups = facts === 'live' ? liveLookups(provider, { project, region }) : assumedLookups({ project, region, versions: PLATFORM_KUBERNETES.versions.toReversed().map((minor) => `${minor}.0-gke.0`) });
  const place = await locate(lookups, 'gcp');
  const found = await survey(config, lookups);
  const retention: Retention = config.development ? 'delete' : 'keep';

  const services = new Services('services', { project }, { provider });
  const options = { provider, dependsOn: services };
  const key = encryptionKeys(config, place, retention, options);
  const context = { config, place, lookups, retention, key, options };
  const made = await cluster(context, found);
  const principals = new WorkloadPrincipals({ cluster: made.cluster, projectNumber: place.projectNumber });
  const given = { ...context, ...made, principals, facts, provider };

  const zone = await managedZone(given);
  registry(given);
  const platformConfig = { ...config, ingressServiceType: 'LoadBalancer' } as const;
  const base = core(app, platformConfig, zone);
  if (config.sharedFiles.existing) new CsiDriverNfs(app, 'csi-driver-nfs');
  const foundation = {
    cni: CNI,
    block: made.blockStorage,
    shared: await sharedFiles(given),
    objectStore: await bucket(given),
    database: await database(given),
    identityProvider: await identityProvider(given),
    loadBalancer: loadBalancer(config.exposure),
    ...(zone && { names: { zone, ownerId: clusterName } }),
  };
  platform(app, platformConfig, base, foundation);
  return { ...made.provisioned, outputs: outputsOf(made.provisioned, zone), ...(!config.cluster.existing && { leftovers: config.development ? 'delete' : 'refuse' }) };
}
