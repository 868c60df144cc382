import { record } from '../record';
import { AksCluster, AksNodePools, FlowLogs, Keys, Logs, Network, type AksClusterArgs, type NetworkArgs, type SystemPool, type UserPool } from '../../../components/azure';

export const TENANT = '99999999-2222-4333-8444-555555555555';
export const DEPLOYER = '77777777-2222-4333-8444-555555555555';

export const systemPool: SystemPool = { kind: 'system', name: 'system', vmSize: 'Standard_D4ds_v5', max: 5 };
export const pools: readonly UserPool[] = [
  { kind: 'cpu', name: 'cpu', vmSize: 'Standard_D8ds_v5', max: 10 },
  { kind: 'gpu', name: 'a100', vmSize: 'Standard_NC24ads_A100_v4', max: 4, spot: true, zones: ['1'] },
];

/** What a test changes of a whole stack. */
export interface Changed {
  readonly network?: Partial<NetworkArgs>;
  readonly cluster?: Partial<AksClusterArgs>;
  readonly pools?: readonly UserPool[];
}

/** Network, logs, keys, cluster and nodes together, as a stack declares them. */
export function stack(changed: Changed = {}) {
  const { retention } = changed.cluster ?? {};
  const network = new Network('network', { location: 'westeurope', ...changed.network });
  const { workspaceId } = new Logs('logs', { resourceGroupName: network.resourceGroupName, location: network.location, retention });
  new FlowLogs('flows', { network, workspaceId, retention });
  const keys = new Keys('keys', { network, tenantId: TENANT, workspaceId, retention });
  const cluster = new AksCluster('cluster', { network, keys, workspaceId, tenantId: TENANT, kubernetesVersion: '1.34', systemPool, deployerObjectId: DEPLOYER, ...changed.cluster });
  const nodes = new AksNodePools('nodes', { cluster, network, systemPool, pools: changed.pools ?? pools });
  return { network, workspaceId, keys, cluster, nodes };
}

/** What a program is refused with, and how many resources it had registered by then. */
export async function refusal(program: () => unknown): Promise<{ readonly message: string; readonly registered: number }> {
  const { result, resources } = await record(async () => {
    try {
      await program();
      return 'it was not refused';
    } catch (error) {
      return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    }
  });
  return { message: result, registered: resources.filter(({ type }) => !type.startsWith('pulumi:')).length };
}
