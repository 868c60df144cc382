import { join } from 'node:path';
import type { Toolchain } from '../toolchain';
import type { ClusterLayout } from './layout';
import type { ProgramSpec } from './processes';

/** Programs an embedded cluster consists of, in start order. */
export const CLUSTER_TOOLS = ['etcd', 'kubeApiserver', 'kubeControllerManager', 'kubeScheduler', 'kwok'] as const;
export type ClusterTool = (typeof CLUSTER_TOOLS)[number];

/** Sockets in the cluster's directory, relative because a socket's path has to be short. */
export const ETCD_SOCKETS = ['etcd.sock', 'etcd-peer.sock'] as const;
const [ETCD_SOCKET, ETCD_PEER_SOCKET] = ETCD_SOCKETS;

/** Requests a second that a controller may send: its own limit must not be what readiness waits for. */
const CLIENT_QPS = ['--kube-api-qps=1000', '--kube-api-burst=2000'];

/** What tells this cluster's processes from all others, for each program. */
export function processMarks(layout: ClusterLayout): Readonly<Record<ClusterTool, Pick<ProgramSpec, 'program' | 'mark'>>> {
  return {
    etcd: { program: 'etcd', mark: `--data-dir=${layout.etcdData}` },
    kubeApiserver: { program: 'kube-apiserver', mark: `--cert-dir=${layout.pki}` },
    kubeControllerManager: { program: 'kube-controller-manager', mark: `--kubeconfig=${join(layout.config, 'controller-manager-')}` },
    kubeScheduler: { program: 'kube-scheduler', mark: `--kubeconfig=${join(layout.config, 'scheduler-')}` },
    kwok: { program: 'kwok', mark: `--kubeconfig=${join(layout.config, 'kwok-')}` },
  };
}

/** etcd on Unix sockets only: nothing to collide with, nothing other users can reach. */
export function etcd(layout: ClusterLayout, toolchain: Pick<Toolchain, 'etcd'>): ProgramSpec {
  const marked = processMarks(layout).etcd;
  return {
    ...marked, binary: toolchain.etcd,
    args: [
      marked.mark,
      `--listen-client-urls=unix://${ETCD_SOCKET}`, `--advertise-client-urls=unix://${ETCD_SOCKET}`,
      `--listen-peer-urls=unix://${ETCD_PEER_SOCKET}`, `--initial-advertise-peer-urls=unix://${ETCD_PEER_SOCKET}`,
      `--initial-cluster=default=unix://${ETCD_PEER_SOCKET}`,
      // A crash of the machine may cost the data; the cluster is then made anew.
      '--unsafe-no-fsync',
    ],
  };
}

export interface ApiServerConfig {
  readonly port: number;
  readonly egressConfig: string;
  /** Audit policy; undefined switches the audit log off. */
  readonly auditPolicy?: string;
}

export function kubeApiserver(layout: ClusterLayout, toolchain: Pick<Toolchain, 'kubeApiserver'>, config: ApiServerConfig): ProgramSpec {
  const marked = processMarks(layout).kubeApiserver;
  const serviceAccountKey = join(layout.pki, 'service-account.key');
  return {
    ...marked, binary: toolchain.kubeApiserver,
    // Large CRDs make it allocate much at once: collecting garbage less often made applying the platform a quarter faster.
    env: { GOGC: '200' },
    args: [
      marked.mark,
      `--etcd-servers=unix://${ETCD_SOCKET}`,
      '--bind-address=127.0.0.1', '--advertise-address=127.0.0.1', `--secure-port=${config.port}`,
      // Endpoints must not be loopback addresses, and nothing in the cluster dials them.
      '--endpoint-reconciler-type=none',
      `--token-auth-file=${join(layout.pki, 'tokens.csv')}`,
      `--service-account-key-file=${serviceAccountKey}`, `--service-account-signing-key-file=${serviceAccountKey}`,
      '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
      '--service-cluster-ip-range=10.96.0.0/16',
      '--authorization-mode=RBAC', '--allow-privileged=true', '--profiling=false',
      // As on managed clusters: a pod that asks for GPUs tolerates the taint of GPU nodes.
      '--enable-admission-plugins=ExtendedResourceToleration',
      // Pods do not really run, so no webhook could answer.
      '--disable-admission-plugins=MutatingAdmissionWebhook,ValidatingAdmissionWebhook',
      `--egress-selector-config-file=${config.egressConfig}`,
      ...(config.auditPolicy === undefined ? [] : [`--audit-policy-file=${config.auditPolicy}`, `--audit-log-path=${layout.auditLog}`, '--audit-log-mode=blocking']),
    ],
  };
}

export function kubeControllerManager(layout: ClusterLayout, toolchain: Pick<Toolchain, 'kubeControllerManager'>, kubeconfig: string): ProgramSpec {
  const marked = processMarks(layout).kubeControllerManager;
  return {
    ...marked, binary: toolchain.kubeControllerManager,
    args: [
      `--kubeconfig=${kubeconfig}`, '--secure-port=0', '--leader-elect=false', '--profiling=false', ...CLIENT_QPS,
      `--service-account-private-key-file=${join(layout.pki, 'service-account.key')}`,
      `--root-ca-file=${join(layout.pki, 'apiserver.crt')}`,
      // Nodes are never lost: not while the simulation restarts, nor when a suspended machine wakes up.
      '--node-monitor-grace-period=24h',
    ],
  };
}

export function kubeScheduler(layout: ClusterLayout, toolchain: Pick<Toolchain, 'kubeScheduler'>, kubeconfig: string): ProgramSpec {
  const marked = processMarks(layout).kubeScheduler;
  return {
    ...marked, binary: toolchain.kubeScheduler,
    args: [`--kubeconfig=${kubeconfig}`, '--secure-port=0', '--leader-elect=false', '--profiling=false', ...CLIENT_QPS],
  };
}

export function kwok(layout: ClusterLayout, toolchain: Pick<Toolchain, 'kwok'>, kubeconfig: string, stages: string): ProgramSpec {
  const marked = processMarks(layout).kwok;
  return {
    ...marked, binary: toolchain.kwok,
    args: [
      `--kubeconfig=${kubeconfig}`, `--config=${stages}`, '--manage-all-nodes=true',
      '--cidr=10.244.0.1/16', '--node-ip=127.0.0.1',
      // With leases, a restarted kwok would wait for those of its predecessor to run out.
      '--node-lease-duration-seconds=0',
      // Its kubelet API stays off: no server address and no node port.
      '--node-port=0',
    ],
  };
}
