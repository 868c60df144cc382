import * as aws from '@pulumi/aws';
import type { App } from 'cdk8s';
import { assumedHostedZones, type AwsIdentity, EncryptionKey, liveHostedZones, liveLookups, PodIdentityRoles, signedIn } from '../../components/aws';
import type { Retention } from '../../components/retention';
import { AWS_LOAD_BALANCER_CONTROLLER_SERVICE_ACCOUNT, AwsLoadBalancerController } from '../../constructs/aws-load-balancer-controller';
import { CLUSTER_AUTOSCALER_SERVICE_ACCOUNT, ClusterAutoscaler } from '../../constructs/cluster-autoscaler';
import type { EksConfig } from '../config';
import { outputsOf } from '../outputs';
import { core, platform } from '../platform';
import type { Facts, Provisioned } from '../stack';
import { assumptions } from './assumptions';
import { cluster } from './cluster';
import { bucket, database, hostedZone, identityProvider, registry, sharedFiles } from './data';
import { loadBalancer } from './load-balancer';
import { survey } from './survey';

/** The platform on EKS, as a bill of materials. */
export async function program(app: App, config: EksConfig, facts: Facts): Promise<Provisioned> {
  const { region, profile, kubernetesVersion, clusterName } = config;
  const provider = new aws.Provider('aws', { region, profile, defaultTags: { tags: { 'kubeflow-cdk/cluster': clusterName } } });
  const lookups = facts === 'live' ? liveLookups(provider) : assumptions(config);
  const account: AwsIdentity = await signedIn(lookups, config, 'aws');
  const zones = facts === 'live' ? liveHostedZones(provider) : assumedHostedZones();
  const found = await survey(config, lookups, zones);
  const retention: Retention = config.development ? 'delete' : 'keep';
  // The role itself gets in, not one session of it.
  const deployer = facts === 'live' ? (await aws.iam.getSessionContext({ arn: account.arn }, { provider })).issuerArn : account.arn;
  const context = { config, account, deployer, retention, options: { provider } };

  const key = new EncryptionKey('key', { description: `Everything of cluster ${clusterName}`, account, users: ['logs', 'autoscaling'], retention }, { provider });
  const made = cluster({ ...context, keyArn: key.keyArn }, found);
  const roles = new PodIdentityRoles('roles', { account, cluster: made.cluster }, { provider });
  const given = { ...context, ...made, roles, keyArn: key.keyArn };

  const zone = await hostedZone(given, zones);
  registry(given);
  const base = core(app, { ...config, ingressServiceType: 'LoadBalancer' }, zone);
  const loadBalancers = new AwsLoadBalancerController(app, 'aws-load-balancer-controller', {
    certificates: base.certificates,
    clusterName,
    vpcId: made.vpcId,
    region,
    identity: roles.grant(AWS_LOAD_BALANCER_CONTROLLER_SERVICE_ACCOUNT, 'load-balancers', made.loadBalancerAccess),
  });
  if (made.autoscalerAccess) {
    new ClusterAutoscaler(app, 'cluster-autoscaler', { clusterName, region, kubernetesVersion, identity: roles.grant(CLUSTER_AUTOSCALER_SERVICE_ACCOUNT, 'node-groups', made.autoscalerAccess) });
  }
  platform(app, { ...config, ingressServiceType: 'LoadBalancer' }, base, {
    block: made.blockStorage,
    shared: sharedFiles(given),
    objectStore: bucket(given),
    database: database(given),
    identityProvider: identityProvider(given),
    loadBalancer: loadBalancers.networkLoadBalancer(loadBalancer(config)),
    ...(zone && { names: { zone, ownerId: clusterName } }),
  });
  return { ...made.provisioned, outputs: outputsOf(made.provisioned, zone), ...(!config.cluster.existing && { leftovers: config.development ? 'delete' : 'refuse' }) };
}
