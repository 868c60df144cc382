import { checkVersion, InvalidInputError, type Mesh, type MeshGateway } from '../core';
import { OLDEST_SUPPORTED_ISTIO } from './versions';

/** A gateway that exists already. */
export interface ExistingGateway {
  /** `namespace/name` of the Gateway object that VirtualServices attach to. */
  readonly gateway: string;
  /** Name of the Service in front of it. */
  readonly service: string;
  /** Namespace of the Service and the pods. @default the control plane's */
  readonly namespace?: string;
  /** Labels of its pods. */
  readonly pods: Readonly<Record<string, string>>;
}

/** Props of {@link existingIstio}. */
export interface ExistingIstioProps {
  /** Version that is installed, e.g. `1.29.2`. */
  readonly version: string;
  /** @default 'istio-system' */
  readonly controlPlaneNamespace?: string;
  /** @default 'cluster.local' */
  readonly trustDomain?: string;
  readonly ingressGateway: ExistingGateway;
  readonly clusterLocalGateway: ExistingGateway;
}

/**
 * The Istio a cluster has already. Mutual TLS, authorisation defaults and the injector are as whoever runs it has them.
 *
 * @throws InvalidInputError for a version that is too old or of another major release, or a gateway that is not `namespace/name`
 */
export function existingIstio(props: ExistingIstioProps): Mesh {
  const meshVersion = checkVersion(props.version, {
    range: `^${OLDEST_SUPPORTED_ISTIO}`,
    expected: `a release of Istio 1.x, ${OLDEST_SUPPORTED_ISTIO} or later`,
    where: 'existingIstio',
  });
  const { controlPlaneNamespace = 'istio-system', trustDomain = 'cluster.local' } = props;
  const gateway = (property: 'ingressGateway' | 'clusterLocalGateway'): MeshGateway => {
    const { gateway: reference, service, namespace = controlPlaneNamespace, pods } = props[property];
    if (!/^[-a-z0-9]+\/[-a-z0-9.]+$/.test(reference)) {
      throw new InvalidInputError({ property: `${property}.gateway`, value: reference, expected: "namespace and name of a Gateway, such as 'kubeflow/kubeflow-gateway'", where: 'existingIstio' });
    }
    return { gateway: reference, namespace, service, pods };
  };
  return {
    meshVersion,
    controlPlaneNamespace,
    trustDomain,
    ingressGateway: gateway('ingressGateway'),
    clusterLocalGateway: gateway('clusterLocalGateway'),
  };
}
