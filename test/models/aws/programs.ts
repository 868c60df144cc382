import * as pulumi from '@pulumi/pulumi';
import { Bucket, clusterAutoscalerAccess, Database, FileSystem, HostedZone, loadBalancerControllerAccess, LoadBalancerCertificate, NodeGroup, NodeRole, PodIdentityRoles, Registry, UserPool } from '../../../components/aws';
import { account, cluster, everything } from '../../components/aws/fixtures';
import { AUTHORITY } from '../../components/aws/database/certificates';
import { CLUSTER_GROUP, KEY, network, REGION } from '../../components/aws/data/parts';
import { RecordedRoles } from '../../components/aws/data/roles';
import { record, type Recording } from '../../components/record';

const roles = new RecordedRoles();
const CREDENTIALS = `arn:aws:secretsmanager:${REGION}:${account.accountId}:secret:ecr-pullthroughcache/hub-abcdef`;
/** Ids as AWS has them, which the network of other tests has not. */
const NETWORK = { ...network(), privateSubnetIds: ['0', '1', '2'].map((digit) => pulumi.output(`subnet-${digit.repeat(17)}`)) };
const CACHES = [{ registry: 'quay.io' }, { registry: 'registry.k8s.io' }, { registry: 'docker.io', credentialArn: CREDENTIALS }] as const;
const ROOM = { region: REGION, network: NETWORK, clusterSecurityGroupId: CLUSTER_GROUP, keyArn: KEY, roles, caCertificates: AUTHORITY };

/** Nodes of each kind, image and way of paying, in one cluster. */
function groups(): void {
  const { key, network: place, cluster: made } = cluster({ support: 'extended', publicAccessCidrs: ['203.0.113.0/24'], logRetentionDays: 731 }, 'delete');
  const shared = { cluster: made, network: place, role: new NodeRole('nodes', { account }), keyArn: key.keyArn, max: 4 };
  const capacityReservationId = 'cr-0123456789abcdef0';
  new NodeGroup('spot', { ...shared, kind: 'cpu', instanceTypes: ['m7g.large', 'm8g.large'], purchase: { kind: 'spot' }, image: 'bottlerocket', taints: [{ key: 'team', value: 'a', effect: 'PreferNoSchedule' }] });
  new NodeGroup('booked', { ...shared, kind: 'gpu', instanceTypes: ['p5.48xlarge'], efa: true, purchase: { kind: 'capacity-block', capacityReservationId } });
  new NodeGroup('reserved', { ...shared, kind: 'gpu', instanceTypes: ['g6e.2xlarge'], purchase: { kind: 'reservation', capacityReservationId }, taints: [{ key: 'team', effect: 'NoExecute' }] });
  new NodeGroup('arm', { ...shared, kind: 'gpu', instanceTypes: ['g5g.2xlarge'], image: 'bottlerocket' });
  new NodeGroup('x86', { ...shared, kind: 'gpu', instanceTypes: ['g6.2xlarge'], image: 'bottlerocket' });
  new NodeGroup('plain', { ...shared, kind: 'cpu', instanceTypes: ['m7i.large'], image: 'bottlerocket' });
  new NodeGroup('graviton', { ...shared, kind: 'cpu', instanceTypes: ['m7g.large'] });
}

/** Each of the platform's services with what it keeps, and as what may be deleted. */
function data(): void {
  new Bucket('artifacts', { region: REGION, roles, keyArn: KEY, bucketName: 'ml-artifacts' });
  const files = { network: NETWORK, clusterSecurityGroupId: CLUSTER_GROUP, keyArn: KEY };
  new FileSystem('files', files);
  new FileSystem('more-files', { ...files, throughput: 'bursting', retention: 'delete' });
  new Registry('registry', { region: REGION, keyArn: KEY, repositories: ['team-a/trainer'], pullThrough: CACHES, pulledBy: [KEY] });
  new Registry('more-images', { region: REGION, keyArn: KEY, repositories: ['trainer'], scanning: 'enhanced', retention: 'delete' });
  const people = { domain: 'ml.example.com', domainPrefix: 'ml-example' };
  new UserPool('sign-in', { ...people, admins: ['a@example.com'] });
  new UserPool('open', { ...people, mfa: 'optional', threatProtection: 'off', retention: 'delete' });
  new UserPool('watched', { ...people, threatProtection: 'audit' });
  new HostedZone('zone', { domain: 'ml.example.com', region: REGION, roles });
  new LoadBalancerCertificate('certificate', { domains: ['ml.example.com', '*.ml.example.com'], zone: { domain: 'example.com', zoneId: 'Z1' } });
  new Database('aurora', { ...ROOM, engine: 'aurora-mysql' });
  new Database('mysql', { ...ROOM, engine: 'mysql', retention: 'delete' });
  new Database('postgresql', { ...ROOM, engine: 'postgresql', credentials: 'generated' });
}

/** A cluster with its add-ons, and access for what runs in it. */
function access(): void {
  const { cluster: made, network: place, roles: granting } = everything();
  granting.grant({ namespace: 'kube-system', name: 'aws-load-balancer-controller' }, 'load-balancers', loadBalancerControllerAccess(account, made, place));
  granting.grant({ namespace: 'kube-system', name: 'cluster-autoscaler' }, 'nodes', clusterAutoscalerAccess(account, made));
  new PodIdentityRoles('tokens', { account, cluster: made, method: 'irsa' }).grant({ namespace: 'team-a', name: 'trainer' }, 'read', [{ actions: ['s3:GetObject'], resources: ['*'] }]);
}

/** Everything that our components for AWS can register, in each of the ways that change what an API is asked for. */
export async function recordAws(): Promise<readonly Recording<unknown>[]> {
  // One after the other: Pulumi's mocks are the process's.
  return [await record(access), await record(groups), await record(data)];
}
