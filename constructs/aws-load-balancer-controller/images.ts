import type { Image } from '../core';
import { AWS_LOAD_BALANCER_CONTROLLER_VERSION } from './versions';

/** Images of the AWS Load Balancer Controller. */
export const AWS_LOAD_BALANCER_CONTROLLER_IMAGES = {
  controller: { registry: 'public.ecr.aws', repository: 'eks/aws-load-balancer-controller', tag: `v${AWS_LOAD_BALANCER_CONTROLLER_VERSION}` },
} as const satisfies Record<string, Image>;
