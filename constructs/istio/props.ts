import type { ContainerResources, EgressRule, Provided, ServiceLoadBalancer, Waiver } from '../core';
import type { Autoscaling } from './autoscaling';
import type { IstioImageVariant } from './images';
import type { MeshConfig } from './mesh-config';
import type { GatewayTls } from './resources';

/** Size of one of the mesh's workloads. */
export interface WorkloadSize {
  readonly resources?: ContainerResources;
  /** @default between 2 and 5 pods, at 80 % of the requested CPU */
  readonly autoscaling?: Autoscaling;
}

/** The gateway for traffic from outside. */
export interface IngressProps extends WorkloadSize {
  /** Type of the gateway's Service. @default 'ClusterIP': reached by port forwarding, or through another ingress */
  readonly serviceType?: 'ClusterIP' | 'LoadBalancer' | 'NodePort';
  /** Annotations of the gateway's Service, by which clouds configure load balancers. @default none */
  readonly serviceAnnotations?: Readonly<Record<string, string>>;
  /**
   * Reasoned exceptions to policies for the gateway's Service.
   *
   * @default a load balancer without annotations: none for its certificate, because TLS ends in the gateway
   */
  readonly serviceWaivers?: readonly Waiver[];
  /** The load balancer of a Service of type LoadBalancer. @default the one the cluster makes of it, without annotations */
  readonly loadBalancer?: ServiceLoadBalancer;
  /** Who acts on the annotations, such as whoever gives the Service its names: it comes before the Service, and goes after it. @default nobody */
  readonly annotationReaders?: readonly Provided[];
  /** Hosts `kubeflow-gateway` serves. @default ['*'] */
  readonly hosts?: readonly string[];
  /** Serve HTTPS, and redirect HTTP to it. @default plain HTTP: something before the gateway ends TLS */
  readonly tls?: {
    /** Secret with `tls.crt` and `tls.key`, in `istio-system`. */
    readonly secretName: string;
    /** @default 'TLSV1_2' */
    readonly minProtocolVersion?: GatewayTls['minProtocolVersion'];
  };
  /** Namespace of the Gateway object `kubeflow-gateway`. @default 'kubeflow' */
  readonly gatewayNamespace?: string;
}

/** Injected sidecars. */
export interface SidecarProps {
  /** @default 10m and 40Mi requested, 2 cores and 1Gi at most */
  readonly resources?: ContainerResources;
  /** Names of Secrets for pulling the proxy's image, which every namespace with sidecars must have. @default none */
  readonly imagePullSecrets?: readonly string[];
  /** Namespaces every sidecar knows, besides its own. @default the platform's: see {@link VISIBLE_NAMESPACES} */
  readonly visibleNamespaces?: readonly string[];
}

/** The CNI agent. */
export interface CniOptions {
  /** @default 'istio-cni' */
  readonly namespace?: string;
  /** Directory of CNI programs on the nodes; `/home/kubernetes/bin` on GKE. @default '/opt/cni/bin' */
  readonly binDir?: string;
  /** Directory of the CNI configuration on the nodes. @default '/etc/cni/net.d' */
  readonly confDir?: string;
  /**
   * Has istiod take the taint `cni.istio.io/not-ready` off nodes when the agent is ready there. For clusters whose new nodes start with
   * that taint, so that no pod of the mesh starts on a node that cannot redirect its traffic yet.
   * @default false: such pods are repaired when the agent is ready
   */
  readonly untaintNodes?: boolean;
  /** @default 100m and 100Mi requested, 1 core and 512Mi at most */
  readonly resources?: ContainerResources;
}

/** Props of {@link Istio}. */
export interface IstioProps {
  /** @default 'cluster.local' */
  readonly trustDomain?: string;
  /** Domain of the cluster's Services. @default 'cluster.local' */
  readonly clusterDomain?: string;
  /** Flavour of the images. @default 'default' */
  readonly imageVariant?: IstioImageVariant;
  /** Log level of istiod and of the proxies' agents, e.g. `ads:debug`. @default 'default:info' */
  readonly logLevel?: string;
  readonly meshConfig?: MeshConfig;
  /** Whether workloads of the mesh refuse plain text. @default 'STRICT' */
  readonly mtls?: 'STRICT' | 'PERMISSIVE';
  /** istiod. `egress` is where it must reach beyond HTTPS, e.g. an issuer's keys served in the cluster on another port. */
  readonly controlPlane?: WorkloadSize & { readonly egress?: readonly EgressRule[] };
  readonly ingress?: IngressProps;
  /** The gateway for traffic from inside the cluster. */
  readonly clusterLocal?: WorkloadSize;
  readonly sidecar?: SidecarProps;
  readonly cni?: CniOptions;
  /** Whether istiod runs Gateways of the Gateway API, for which it needs to create Deployments in any namespace. @default true */
  readonly gatewayApi?: boolean;
  /** Whether there is an IngressClass `istio`, served by the ingress gateway. @default true */
  readonly ingressClass?: boolean;
  /** Whether control planes of other clusters get a ServiceAccount that reads this one, its Secrets included. @default false */
  readonly multicluster?: boolean;
  /** PriorityClass of istiod and the gateways. @default none */
  readonly priorityClassName?: string;
}
