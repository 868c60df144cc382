/** A program of the toolchain, by the name it has in {@link Toolchain}. */
export type ToolId =
  | 'etcd' | 'kubeApiserver' | 'kubeControllerManager' | 'kubeScheduler' | 'kubectl' | 'kwok' | 'pulumi';

/** Programs whose dependencies agree and that therefore share one generated Go module. */
export type GoModuleId = 'etcd' | 'kubernetes' | 'kwok' | 'pulumi';

/** A Go module that programs are built from. */
export interface GoModulePin {
  /** Import path of the module. */
  readonly path: string;
  /** Version as the Go module proxy knows it. */
  readonly version: string;
  /**
   * Version of the staging modules (`k8s.io/api` and so on) that the module's own go.mod replaces by
   * directories of its repository; a dependent has to replace them by released versions.
   * @default - the module replaces nothing
   */
  readonly stagingVersion?: string;
}

/** One program: what it is built from, and which installed version may stand in for it. */
export interface ToolPin {
  /** File name of the program. */
  readonly program: string;
  readonly module: GoModuleId;
  /** Go package of the program. */
  readonly package: string;
  /** Versions accepted when found on PATH (npm semver range). */
  readonly accepts: string;
  /** Arguments that make the program print its version. */
  readonly versionArgs: readonly string[];
  /** Values set at link time, by Go variable: what the program will call itself. */
  readonly stamp: Readonly<Record<string, string>>;
  /** Seconds a cold build took on 2 cores, downloads included; only used to show progress. */
  readonly expectedSeconds: number;
}

/** Oldest Go that compiles the pinned modules. */
export const MINIMUM_GO = '1.26.0';

export const GO_MODULES: Readonly<Record<GoModuleId, GoModulePin>> = {
  etcd: { path: 'go.etcd.io/etcd/server/v3', version: 'v3.7.3' },
  kubernetes: { path: 'k8s.io/kubernetes', version: 'v1.36.3', stagingVersion: 'v0.36.3' },
  kwok: { path: 'sigs.k8s.io/kwok', version: 'v0.8.0' },
  pulumi: { path: 'github.com/pulumi/pulumi/pkg/v3', version: 'v3.259.0' },
};

const KUBERNETES_STAMP = {
  'k8s.io/component-base/version.gitVersion': 'v1.36.3',
  'k8s.io/component-base/version.gitMajor': '1',
  'k8s.io/component-base/version.gitMinor': '36',
  'k8s.io/component-base/version.gitTreeState': 'clean',
};

/** Controllers and scheduler may trail the API server by a minor, but nothing is gained by mixing them. */
const SAME_KUBERNETES_MINOR = '>=1.36.0 <1.37.0';

/** The programs, in the order they are built. */
export const TOOLS: Readonly<Record<ToolId, ToolPin>> = {
  etcd: {
    program: 'etcd', module: 'etcd', package: 'go.etcd.io/etcd/server/v3',
    accepts: '>=3.6.0 <4.0.0', versionArgs: ['--version'], stamp: {}, expectedSeconds: 42,
  },
  kubeApiserver: {
    program: 'kube-apiserver', module: 'kubernetes', package: 'k8s.io/kubernetes/cmd/kube-apiserver',
    accepts: SAME_KUBERNETES_MINOR, versionArgs: ['--version'], stamp: KUBERNETES_STAMP, expectedSeconds: 217,
  },
  kubeControllerManager: {
    program: 'kube-controller-manager', module: 'kubernetes', package: 'k8s.io/kubernetes/cmd/kube-controller-manager',
    accepts: SAME_KUBERNETES_MINOR, versionArgs: ['--version'], stamp: KUBERNETES_STAMP, expectedSeconds: 60,
  },
  kubeScheduler: {
    program: 'kube-scheduler', module: 'kubernetes', package: 'k8s.io/kubernetes/cmd/kube-scheduler',
    accepts: SAME_KUBERNETES_MINOR, versionArgs: ['--version'], stamp: KUBERNETES_STAMP, expectedSeconds: 7,
  },
  // Kubernetes supports a kubectl one minor older or newer than the API server.
  kubectl: {
    program: 'kubectl', module: 'kubernetes', package: 'k8s.io/kubernetes/cmd/kubectl',
    accepts: '>=1.35.0 <1.38.0', versionArgs: ['version', '--client'], stamp: KUBERNETES_STAMP, expectedSeconds: 23,
  },
  kwok: {
    program: 'kwok', module: 'kwok', package: 'sigs.k8s.io/kwok/cmd/kwok',
    accepts: '>=0.8.0 <0.9.0', versionArgs: ['--version'],
    stamp: { 'sigs.k8s.io/kwok/pkg/consts.Version': 'v0.8.0' }, expectedSeconds: 62,
  },
  pulumi: {
    program: 'pulumi', module: 'pulumi', package: 'github.com/pulumi/pulumi/pkg/v3/cmd/pulumi',
    accepts: '>=3.259.0 <4.0.0', versionArgs: ['version'],
    stamp: { 'github.com/pulumi/pulumi/sdk/v3/go/common/version.Version': 'v3.259.0' }, expectedSeconds: 209,
  },
};

export const TOOL_IDS = Object.keys(TOOLS) as readonly ToolId[];
