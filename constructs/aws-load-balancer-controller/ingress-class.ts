import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';

/**
 * What Application Load Balancers of a class have in common; it wins over annotations of Ingresses.
 *
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/docs/guide/ingress/ingress_class.md
 */
export interface IngressClassParams {
  /** @default what each Ingress says, else internal */
  readonly scheme?: 'internal' | 'internet-facing';
  /** Where targets are: pods, or ports of nodes. @default what each Ingress says, else pods */
  readonly targetType?: 'ip' | 'instance';
  /** @default 'ipv4' */
  readonly ipAddressType?: 'ipv4' | 'dualstack' | 'dualstack-without-public-ipv4';
  /** Ingresses of the class share one load balancer of this name. @default one each, unless they say otherwise */
  readonly group?: string;
  /** Addresses that are let in. @default any */
  readonly inboundCidrs?: readonly string[];
  /** Certificates of ACM. @default found by host names */
  readonly certificateArns?: readonly string[];
  readonly sslPolicy?: string;
  /** Port that port 80 is redirected to. @default no redirect */
  readonly sslRedirectPort?: number;
  /** ARN of a web ACL. @default none */
  readonly wafv2AclArn?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Attributes such as `deletion_protection.enabled`. @default AWS's own */
  readonly loadBalancerAttributes?: Readonly<Record<string, string>>;
}

/** The class of Ingresses that get an Application Load Balancer. */
export interface AlbIngressClass {
  /** @default 'alb' */
  readonly name?: string;
  /** Whether it is for Ingresses that name no class. @default false */
  readonly isDefault?: boolean;
  readonly params?: IngressClassParams;
}

/** Declares the class and its parameters. */
export function ingressClass(scope: Construct, { name = 'alb', isDefault = false, params }: AlbIngressClass): void {
  if (params) {
    new ApiObject(scope, 'ingress-class-params', { apiVersion: 'elbv2.k8s.aws/v1beta1', kind: 'IngressClassParams', metadata: { name }, spec: paramsJson(params) });
  }
  new k8s.KubeIngressClass(scope, 'ingress-class', {
    metadata: { name, annotations: { ...(isDefault && { 'ingressclass.kubernetes.io/is-default-class': 'true' }) } },
    spec: { controller: 'ingress.k8s.aws/alb', ...(params && { parameters: { apiGroup: 'elbv2.k8s.aws', kind: 'IngressClassParams', name } }) },
  });
}

function paramsJson({ group, certificateArns, inboundCidrs, sslRedirectPort, tags, loadBalancerAttributes, ...rest }: IngressClassParams): object {
  return {
    ...rest,
    ...(group && { group: { name: group } }),
    ...(certificateArns && { certificateArn: [...certificateArns] }),
    ...(inboundCidrs && { inboundCIDRs: [...inboundCidrs] }),
    ...(sslRedirectPort && { sslRedirectPort: String(sslRedirectPort) }),
    ...(tags && { tags: pairs(tags) }),
    ...(loadBalancerAttributes && { loadBalancerAttributes: pairs(loadBalancerAttributes) }),
  };
}

function pairs(values: Readonly<Record<string, string>>): readonly { readonly key: string; readonly value: string }[] {
  return Object.entries(values).map(([key, value]) => ({ key, value }));
}
