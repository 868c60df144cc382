import type { Construct } from 'constructs';
import { type RbacRule, ServiceIdentity, type WorkloadIdentity } from '../core';
import type { ControllerFeatures } from './features';
import { AWS_LOAD_BALANCER_CONTROLLER_SERVICE_ACCOUNT, LEASE_NAME } from './names';

const READ = ['get', 'list', 'watch'] as const;
const WRITE = ['update', 'patch'] as const;

/**
 * What the controller does. Its own generated role, without the API group `extensions`, which Kubernetes no longer serves, and without
 * what belongs to features that are off.
 *
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/config/rbac/role.yaml
 */
const CONTROLLER_RULES: readonly RbacRule[] = [
  { resources: ['endpoints', 'namespaces', 'nodes', 'pods'], verbs: READ },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ },
  { resources: ['services'], verbs: [...READ, ...WRITE] },
  // Whether a pod is in rotation is a condition of the pod.
  { resources: ['services/status', 'pods/status'], verbs: WRITE },
  { resources: ['events'], verbs: ['create', 'patch'] },
  // Target groups that several clusters share keep what is whose in a ConfigMap beside the binding.
  { resources: ['configmaps'], verbs: ['get', 'create', 'update', 'delete'] },
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: [...READ, ...WRITE] },
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses/status'], verbs: WRITE },
  { apiGroups: ['networking.k8s.io'], resources: ['ingressclasses'], verbs: READ },
  { apiGroups: ['elbv2.k8s.aws'], resources: ['ingressclassparams'], verbs: READ },
  { apiGroups: ['elbv2.k8s.aws'], resources: ['targetgroupbindings'], verbs: [...READ, 'create', 'delete', ...WRITE] },
  { apiGroups: ['elbv2.k8s.aws'], resources: ['targetgroupbindings/status'], verbs: WRITE },
];

const GATEWAY_API = 'gateway.networking.k8s.io';
const ROUTES = ['grpcroutes', 'httproutes', 'listenersets', 'tcproutes', 'tlsroutes', 'udproutes'] as const;
const CONFIGURATIONS = ['listenerruleconfigurations', 'loadbalancerconfigurations', 'targetgroupconfigurations'] as const;

const GATEWAY_RULES: readonly RbacRule[] = [
  { apiGroups: [GATEWAY_API], resources: ['gatewayclasses', 'gateways', 'referencegrants'], verbs: [...READ, 'patch'] },
  { apiGroups: [GATEWAY_API], resources: ROUTES, verbs: READ },
  { apiGroups: [GATEWAY_API], resources: ['gatewayclasses', 'gateways', ...ROUTES].map((kind) => `${kind}/status`), verbs: ['get', ...WRITE] },
  { apiGroups: [GATEWAY_API], resources: ['gatewayclasses', 'gateways', ...ROUTES].map((kind) => `${kind}/finalizers`), verbs: WRITE },
  { apiGroups: ['gateway.k8s.aws'], resources: CONFIGURATIONS, verbs: [...READ, 'patch'] },
  { apiGroups: ['gateway.k8s.aws'], resources: CONFIGURATIONS.map((kind) => `${kind}/status`), verbs: ['get', ...WRITE] },
  { apiGroups: ['gateway.k8s.aws'], resources: CONFIGURATIONS.map((kind) => `${kind}/finalizers`), verbs: WRITE },
];

const ACCELERATOR_RULES: readonly RbacRule[] = [
  { apiGroups: ['aga.k8s.aws'], resources: ['globalaccelerators'], verbs: [...READ, 'patch'] },
  { apiGroups: ['aga.k8s.aws'], resources: ['globalaccelerators/status', 'globalaccelerators/finalizers'], verbs: WRITE },
  { apiGroups: [GATEWAY_API], resources: ['referencegrants'], verbs: READ },
];

const LEADER_ELECTION_RULES: readonly RbacRule[] = [
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], resourceNames: [LEASE_NAME], verbs: ['get', 'update', 'patch'] },
];

/** The controller's ServiceAccount with its cloud identity and its permissions. */
export function controllerIdentity(scope: Construct, identity: WorkloadIdentity, { gatewayApi, globalAccelerator }: ControllerFeatures): ServiceIdentity {
  const rules = [...CONTROLLER_RULES, ...(gatewayApi === true ? GATEWAY_RULES : []), ...(globalAccelerator === true ? ACCELERATOR_RULES : [])];
  return new ServiceIdentity(scope, 'identity', { ...AWS_LOAD_BALANCER_CONTROLLER_SERVICE_ACCOUNT, annotations: identity.serviceAccountAnnotations })
    .grantInCluster({ name: 'aws-load-balancer-controller-role', bindingName: 'aws-load-balancer-controller-rolebinding', rules })
    .grantInNamespace({
      name: 'aws-load-balancer-controller-leader-election-role',
      bindingName: 'aws-load-balancer-controller-leader-election-rolebinding',
      rules: LEADER_ELECTION_RULES,
    });
}
