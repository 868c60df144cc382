import type { Provided } from '../component';
import type { Waiver } from '../waiver';

/**
 * A load balancer in front of a Service: what a component with such a Service is given, and requires. The Service must go before
 * whoever made it: only that clears what stands for it in the cloud.
 */
export interface ServiceLoadBalancer extends Provided {
  /** Annotations of the Service. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Reasoned exceptions of the Service. */
  readonly waivers: readonly Waiver[];
}
