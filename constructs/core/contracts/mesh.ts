import type { Provided } from '../component';

/** A gateway of the mesh: where it runs and how it is referred to. */
export interface MeshGateway {
  /** `namespace/name` of the Gateway object that VirtualServices attach to. */
  readonly gateway: string;
  readonly namespace: string;
  /** Service in front of it. */
  readonly service: string;
  /** Labels of its pods. */
  readonly pods: Readonly<Record<string, string>>;
}

/** A service mesh with its gateways. */
export interface Mesh extends Provided {
  /** Version of Istio, e.g. `1.30.1`. */
  readonly meshVersion: string;
  /** Namespace of the control plane. */
  readonly controlPlaneNamespace: string;
  readonly trustDomain: string;
  /** From outside the cluster. */
  readonly ingressGateway: MeshGateway;
  /** From inside the cluster only. */
  readonly clusterLocalGateway: MeshGateway;
}
