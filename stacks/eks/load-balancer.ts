import type { NetworkLoadBalancerProps } from '../../constructs/aws-load-balancer-controller';
import type { EksConfig } from '../config';

/** The load balancer of the ingress gateway. Subnets of ours are tagged, and found by that; of others they are named. */
export function loadBalancer({ exposure, network: { existing } }: EksConfig): NetworkLoadBalancerProps {
  const [first, ...more] = (exposure === 'internal' ? existing?.privateSubnetIds : existing?.publicSubnetIds) ?? [];
  return { scheme: exposure, ...(first !== undefined && { subnets: [first, ...more] }) };
}
