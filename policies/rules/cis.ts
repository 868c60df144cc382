/** Numbering of one control over the versions of a benchmark. */
interface Numbering {
  /** CIS Kubernetes 1.12 and 2.0.1. */
  readonly kubernetes: string;
  /** CIS Kubernetes 1.8 to 1.11, if it differs. @default as in 2.0.1 */
  readonly upTo1_11?: readonly string[];
  /** CIS EKS 1.8. @default not in that benchmark */
  readonly eks?: string;
  /** CIS GKE 1.9. @default not in that benchmark */
  readonly gke?: string;
  /** CIS AKS 1.8. @default not in that benchmark */
  readonly aks?: string;
}

const NEW_VERSIONS = ['2.0.1', '1.12'];
const OLD_VERSIONS = ['1.11', '1.10', '1.9', '1.8'];

/**
 * Exact references of a control in every benchmark version that has it, the newest Kubernetes benchmark first.
 *
 * @see https://www.cisecurity.org/benchmark/kubernetes
 */
export function cis({ kubernetes, upTo1_11 = [kubernetes], eks, gke, aks }: Numbering): readonly string[] {
  return [
    ...NEW_VERSIONS.map((version) => `cis-kubernetes-${version}:${kubernetes}`),
    ...OLD_VERSIONS.flatMap((version) => upTo1_11.map((id) => `cis-kubernetes-${version}:${id}`)),
    ...(eks ? [`cis-eks-1.8:${eks}`] : []),
    ...(gke ? [`cis-gke-1.9:${gke}`] : []),
    ...(aks ? [`cis-aks-1.8:${aks}`] : []),
  ];
}
