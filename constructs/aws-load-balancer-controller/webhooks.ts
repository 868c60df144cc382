import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import type { ServingCertificate } from '../core';
import type { ControllerFeatures } from './features';
import { AWS_LOAD_BALANCER_CONTROLLER_SERVICE_ACCOUNT, CONTROLLER_PODS, WEBHOOK_SERVICE } from './names';

interface Admission {
  readonly name: string;
  readonly path: string;
  /** Group, version and plural. */
  readonly of: readonly [string, string, string];
  readonly operations: readonly string[];
  readonly failurePolicy?: 'Fail' | 'Ignore';
  /** Label of namespaces that ask for it with `enabled`. @default every namespace */
  readonly enabledBy?: string;
  /** @default every object but the controller's own */
  readonly when?: readonly k8s.MatchCondition[];
}

const CHANGES = ['CREATE', 'UPDATE'] as const;

const MUTATING: readonly Admission[] = [
  // A pod that starts without its condition is served before the load balancer knows it; that must not keep it from starting.
  { name: 'mpod.elbv2.k8s.aws', path: '/mutate-v1-pod', of: ['', 'v1', 'pods'], operations: ['CREATE'], failurePolicy: 'Ignore', enabledBy: 'elbv2.k8s.aws/pod-readiness-gate-inject' },
  { name: 'quicid.elbv2.k8s.aws', path: '/mutate-v1-pod-server-id', of: ['', 'v1', 'pods'], operations: ['CREATE'], enabledBy: 'elbv2.k8s.aws/quic-server-id-inject' },
  { name: 'mtargetgroupbinding.elbv2.k8s.aws', path: '/mutate-elbv2-k8s-aws-v1beta1-targetgroupbinding', of: ['elbv2.k8s.aws', 'v1beta1', 'targetgroupbindings'], operations: CHANGES },
];

const CLAIM: Admission = {
  name: 'mservice.elbv2.k8s.aws',
  path: '/mutate-v1-service',
  of: ['', 'v1', 'services'],
  operations: ['CREATE'],
  // The program leaves all others as they are: asking it would only keep them from being made while it is away.
  when: [{ name: 'unclaimed-load-balancers', expression: "object.spec.type == 'LoadBalancer' && !has(object.spec.loadBalancerClass)" }],
};

const VALIDATING: readonly Admission[] = [
  { name: 'vingressclassparams.elbv2.k8s.aws', path: '/validate-elbv2-k8s-aws-v1beta1-ingressclassparams', of: ['elbv2.k8s.aws', 'v1beta1', 'ingressclassparams'], operations: CHANGES },
  { name: 'vtargetgroupbinding.elbv2.k8s.aws', path: '/validate-elbv2-k8s-aws-v1beta1-targetgroupbinding', of: ['elbv2.k8s.aws', 'v1beta1', 'targetgroupbindings'], operations: CHANGES },
  { name: 'vingress.elbv2.k8s.aws', path: '/validate-networking-v1-ingress', of: ['networking.k8s.io', 'v1', 'ingresses'], operations: CHANGES },
];

const ACCELERATORS: Admission = {
  name: 'vglobalaccelerator.aga.k8s.aws',
  path: '/validate-aga-k8s-aws-v1beta1-globalaccelerator',
  of: ['aga.k8s.aws', 'v1beta1', 'globalaccelerators'],
  operations: CHANGES,
};

/** Declares the webhook configurations; the CA is put in by the issuer of the certificate. */
export function webhooks(scope: Construct, certificate: ServingCertificate, { claimsServices, globalAccelerator }: ControllerFeatures): void {
  const metadata = { name: 'aws-load-balancer-webhook', annotations: { ...certificate.injectCa } };
  const mutating = claimsServices === true ? [...MUTATING, CLAIM] : MUTATING;
  const validating = globalAccelerator === true ? [...VALIDATING, ACCELERATORS] : VALIDATING;
  new k8s.KubeMutatingWebhookConfiguration(scope, 'mutating-webhooks', { metadata, webhooks: mutating.map(webhook) });
  new k8s.KubeValidatingWebhookConfiguration(scope, 'validating-webhooks', { metadata, webhooks: validating.map(webhook) });
}

function webhook({ name, path, of, operations, failurePolicy = 'Fail', enabledBy, when }: Admission): k8s.MutatingWebhook & k8s.ValidatingWebhook {
  const [group, version, resource] = of;
  return {
    name,
    admissionReviewVersions: ['v1'],
    clientConfig: { service: { name: WEBHOOK_SERVICE, namespace: AWS_LOAD_BALANCER_CONTROLLER_SERVICE_ACCOUNT.namespace, path, port: 443 } },
    failurePolicy,
    matchPolicy: 'Equivalent',
    sideEffects: 'None',
    timeoutSeconds: 10,
    ...(enabledBy && { namespaceSelector: { matchExpressions: [{ key: enabledBy, operator: 'In', values: ['enabled'] }] } }),
    // It must be able to start, and to be reached, without itself.
    ...(group === '' && { objectSelector: { matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'NotIn', values: [CONTROLLER_PODS['app.kubernetes.io/name']] }] } }),
    ...(when && { matchConditions: [...when] }),
    rules: [{ apiGroups: [group], apiVersions: [version], operations: [...operations], resources: [resource], scope: resource === 'ingressclassparams' ? 'Cluster' : 'Namespaced' }],
  };
}
