import { checkVersion, type Component, type Provided, type ServiceLoadBalancer, type Waiver } from '../core';
import { networkLoadBalancerAnnotations, type NetworkLoadBalancerProps } from './network-load-balancer';

/** Load balancers of AWS, made for Services. */
export interface AwsLoadBalancers extends Provided {
  /** Version of the controller, e.g. `3.5.0`. */
  readonly loadBalancerControllerVersion: string;
  /**
   * A Network Load Balancer in front of a Service.
   *
   * @throws InvalidInputError for what AWS or the controller would refuse later
   */
  networkLoadBalancer(props?: NetworkLoadBalancerProps): ServiceLoadBalancer;
}

const TLS_IN_PODS: Waiver = {
  policy: 'eks-service-tls',
  reason: 'TLS on port 443 ends in the pods behind it, with a certificate of theirs; the load balancer passes connections on as they are.',
};

/** A Network Load Balancer, made by the controller of a component or by one that is there already. */
export function networkLoadBalancer(props: NetworkLoadBalancerProps | undefined, providedBy?: Component): ServiceLoadBalancer {
  return {
    ...(providedBy && { providedBy }),
    annotations: networkLoadBalancerAnnotations(props),
    waivers: props?.tls ? [] : [TLS_IN_PODS],
  };
}

/** Oldest controller that knows every annotation that is written: NLBs with security groups of their own came with it. */
const OLDEST = '2.6.0';

/**
 * An AWS Load Balancer Controller that the cluster has already.
 *
 * @throws InvalidInputError if the version is none, or too old
 */
export function existingAwsLoadBalancerController(props: { readonly version: string }): AwsLoadBalancers {
  const expected = `a version such as '${OLDEST}', and none older`;
  return {
    loadBalancerControllerVersion: checkVersion(props.version, { range: `>=${OLDEST}`, expected, where: 'existingAwsLoadBalancerController' }),
    networkLoadBalancer: (balancer) => networkLoadBalancer(balancer),
  };
}
