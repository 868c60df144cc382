import { Bucket, Database, LoadBalancerCertificate, ManagedZone, NodePool, type NodePoolArgs, Registry } from '../../../components/gcp';
import { principals } from '../../components/gcp/data/parts';
import { PLACE, stand } from '../../components/gcp/stand';
import { record, type Recording } from '../../components/record';

type Given = 'cluster' | 'account' | 'diskKey';
type Pool = NodePoolArgs extends infer Each ? (Each extends NodePoolArgs ? Omit<Each, Given> : never) : never;

const POOLS: readonly Pool[] = [
  { kind: 'system' },
  { kind: 'cpu', spot: true, taints: [{ key: 'team', value: 'a', effect: 'PreferNoSchedule' }] },
  { kind: 'cpu', machineType: 'n4-standard-8', taints: [{ key: 'team', value: 'a', effect: 'NoExecute' }] },
  { kind: 'gpu', driver: 'LATEST' },
  { kind: 'gpu', machineType: 'a3-highgpu-8g', provisioning: 'queued' },
  { kind: 'gpu', machineType: 'a2-highgpu-1g', provisioning: 'flex-start' },
  { kind: 'gpu', machineType: 'n1-standard-8', gpus: { type: 'nvidia-tesla-t4', count: 1 }, provisioning: { reservation: 'mine' } },
];

/** A cluster with pools of every kind, and each of the platform's services. */
function kept(): void {
  const granting = principals();
  const { network, cluster, account, keys, options } = stand();
  POOLS.forEach((pool, index) => new NodePool(`pool-${index}`, { ...pool, cluster, account, diskKey: keys.key('disks') }, options));
  const place = { project: PLACE.project, region: PLACE.region, network };
  new Database('mysql', { ...place, key: keys.key('database'), engine: 'mysql' }, options);
  new Database('postgresql', { ...place, key: keys.key('database'), engine: 'postgresql', tier: 'db-perf-optimized-N-4', highAvailability: false, retention: 'delete' }, options);
  new Bucket('artifacts', { ...PLACE, principals: granting, key: keys.key('objects') }, options);
  new Registry('images', { ...PLACE, key: keys.key('objects'), pullThrough: [{ registry: 'quay.io' }, { registry: 'docker.io' }] }, options);
  new ManagedZone('zone', { project: PLACE.project, domain: 'ml.example.com', principals: granting }, options);
  new LoadBalancerCertificate('certificate', { project: PLACE.project, domains: ['ml.example.com', '*.ml.example.com'], zone: { domain: 'example.com', zoneName: 'zone' } }, options);
}

/** A cluster that may be deleted, reached from an office. */
function deletable(): void {
  stand({ releaseChannel: 'STABLE', publicEndpoint: true, authorizedNetworks: [{ name: 'office', cidr: '203.0.113.0/24' }], dnsEndpoint: true }, 'delete');
}

/** Everything that our components for Google Cloud can register, in each of the ways that change what an API is asked for. */
export async function recordGcp(): Promise<readonly Recording<unknown>[]> {
  // One after the other: Pulumi's mocks are the process's.
  return [await record(kept), await record(deletable), await record(() => stand({ releaseChannel: 'RAPID' }))];
}
