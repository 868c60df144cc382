export { AwsLoadBalancerController, type AwsLoadBalancerControllerProps } from './aws-load-balancer-controller';
export type { ControllerFeatures } from './features';
export { AWS_LOAD_BALANCER_CONTROLLER_IMAGES } from './images';
export type { AlbIngressClass, IngressClassParams } from './ingress-class';
export { type AwsLoadBalancers, existingAwsLoadBalancerController } from './load-balancers';
export { AWS_LOAD_BALANCER_CONTROLLER_SERVICE_ACCOUNT } from './names';
export { type HealthCheck, type LoadBalancerTls, networkLoadBalancerAnnotations, type NetworkLoadBalancerProps } from './network-load-balancer';
export { AWS_LOAD_BALANCER_CONTROLLER_VERSION } from './versions';
