import type { ServiceAccountRef } from '../core';

/** Who the controller is, for whoever grants it the use of load balancers before it is declared. */
export const AWS_LOAD_BALANCER_CONTROLLER_SERVICE_ACCOUNT = {
  namespace: 'aws-load-balancer-controller',
  name: 'aws-load-balancer-controller',
} as const satisfies ServiceAccountRef;

/** Labels that select the controller's pods. */
export const CONTROLLER_PODS = {
  'app.kubernetes.io/name': 'aws-load-balancer-controller',
  'app.kubernetes.io/instance': 'aws-load-balancer-controller',
} as const;

/** Ports of the controller. */
export const PORTS = { webhook: 9443, metrics: 8080, health: 61779 } as const;

/** Service in front of the webhooks. */
export const WEBHOOK_SERVICE = 'aws-load-balancer-webhook-service';

/** Lease of the leader election. */
export const LEASE_NAME = 'aws-load-balancer-controller-leader';
