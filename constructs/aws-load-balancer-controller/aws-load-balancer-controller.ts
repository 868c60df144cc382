import path from 'node:path';
import type { Construct } from 'constructs';
import {
  type CertificateIssuer,
  Component,
  type ContainerResources,
  CustomResourceDefinitions,
  hasToken,
  type Image,
  InvalidInputError,
  type Provided,
  type ServiceAccountRef,
  type ServiceLoadBalancer,
  SystemNamespace,
  type WorkloadIdentity,
} from '../core';
import { controller } from './controller';
import { type ControllerFeatures, featureGates, wantsDefinition } from './features';
import { AWS_LOAD_BALANCER_CONTROLLER_IMAGES } from './images';
import { type AlbIngressClass, ingressClass } from './ingress-class';
import { type AwsLoadBalancers, networkLoadBalancer } from './load-balancers';
import { AWS_LOAD_BALANCER_CONTROLLER_SERVICE_ACCOUNT, PORTS, WEBHOOK_SERVICE } from './names';
import type { NetworkLoadBalancerProps } from './network-load-balancer';
import { controllerIdentity } from './rbac';
import { AWS_LOAD_BALANCER_CONTROLLER_VERSION } from './versions';
import { webhooks } from './webhooks';

/** Props of {@link AwsLoadBalancerController}. */
export interface AwsLoadBalancerControllerProps {
  /** Issues the certificate of its webhooks. */
  readonly certificates: CertificateIssuer;
  /** Name of the EKS cluster, by which it knows its own load balancers from those of others. */
  readonly clusterName: string;
  /** Id of the VPC, e.g. `vpc-0123456789abcdef0`: the pods cannot ask the node for it. */
  readonly vpcId: string;
  /** AWS region, e.g. `eu-central-1`. */
  readonly region: string;
  /** What proves to AWS who it is. */
  readonly identity: WorkloadIdentity;
  /** The class of Ingresses that get an Application Load Balancer; `false`: none. @default 'alb', without parameters */
  readonly ingressClass?: AlbIngressClass | false;
  readonly features?: ControllerFeatures;
  /** Who has the definitions of the Gateway API, where that feature is on. @default they are there already */
  readonly gatewayApi?: Provided;
  /** Tags of everything it makes in AWS. @default none but its own */
  readonly defaultTags?: Readonly<Record<string, string>>;
  /** @default public.ecr.aws/eks/aws-load-balancer-controller at the version of this component */
  readonly image?: Image;
  /** Pods of the controller; one leads, all serve webhooks. @default 2 */
  readonly replicas?: number;
  /** @default cpu 100m (limit 1), memory 200Mi (limit 1Gi) */
  readonly resources?: ContainerResources;
  /** @default 'system-cluster-critical' */
  readonly priorityClassName?: string;
  /** @default 'info' */
  readonly logLevel?: 'info' | 'debug';
}

/**
 * The AWS Load Balancer Controller: Network Load Balancers for Services, Application Load Balancers for Ingresses.
 *
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/tree/v3.5.0/config
 */
export class AwsLoadBalancerController extends Component implements AwsLoadBalancers {
  readonly loadBalancerControllerVersion = AWS_LOAD_BALANCER_CONTROLLER_VERSION;
  /** Who it is, for grants. */
  readonly serviceAccount: ServiceAccountRef = AWS_LOAD_BALANCER_CONTROLLER_SERVICE_ACCOUNT;

  constructor(scope: Construct, id: string, props: AwsLoadBalancerControllerProps) {
    super(scope, id, { version: AWS_LOAD_BALANCER_CONTROLLER_VERSION, requires: [props.certificates, props.gatewayApi] });
    const { features = {}, identity } = props;
    const { namespace } = AWS_LOAD_BALANCER_CONTROLLER_SERVICE_ACCOUNT;
    const args = controllerArgs(props, this.node.path);

    new SystemNamespace(this, namespace);
    new CustomResourceDefinitions(this, 'crds', { file: path.join(__dirname, 'crds.json'), only: (name) => wantsDefinition(name, features) });
    const certificate = props.certificates.servingCertificate(this, 'webhook-certificate', {
      name: 'aws-load-balancer-serving-cert',
      namespace,
      secretName: 'aws-load-balancer-webhook-tls',
      services: [WEBHOOK_SERVICE],
    });
    controllerIdentity(this, identity, features);
    controller(this, {
      image: props.image ?? AWS_LOAD_BALANCER_CONTROLLER_IMAGES.controller,
      args,
      identity,
      certificate,
      replicas: props.replicas,
      resources: props.resources ?? { cpu: { request: '100m', limit: '1' }, memory: { request: '200Mi', limit: '1Gi' } },
      priorityClassName: props.priorityClassName ?? 'system-cluster-critical',
    });
    webhooks(this, certificate, features);
    if (props.ingressClass !== false) ingressClass(this, props.ingressClass ?? {});
  }

  networkLoadBalancer(props?: NetworkLoadBalancerProps): ServiceLoadBalancer {
    return networkLoadBalancer(props, this);
  }
}

function controllerArgs(props: AwsLoadBalancerControllerProps, where: string): readonly string[] {
  const { clusterName, vpcId, region, features = {}, defaultTags = {} } = props;
  checkText('clusterName', clusterName, /^[0-9A-Za-z][\w-]{0,99}$/, "the name of an EKS cluster, such as 'kubeflow'", where);
  checkText('vpcId', vpcId, /^vpc-[0-9a-f]{8,17}$/, "the id of a VPC, such as 'vpc-0123456789abcdef0'", where);
  checkText('region', region, /^[a-z]{2}(-[a-z]+)+-\d$/, "an AWS region such as 'eu-central-1'", where);
  for (const [key, value] of Object.entries(defaultTags)) {
    const ours = key.startsWith('elbv2.k8s.aws/') || key.startsWith('ingress.k8s.aws/') || key.startsWith('service.k8s.aws/');
    if (ours || /[,=]/.test(key) || value.includes(',')) {
      throw new InvalidInputError({ property: `defaultTags.${key}`, value, expected: "a tag without ',', and without '=' in its key, that is none of the controller's own", where });
    }
  }
  const className = props.ingressClass === false ? undefined : (props.ingressClass?.name ?? 'alb');
  const tags = Object.entries(defaultTags).map(([key, value]) => `${key}=${value}`);
  return [
    `--cluster-name=${clusterName}`,
    `--aws-region=${region}`,
    `--aws-vpc-id=${vpcId}`,
    ...(className === undefined ? [] : [`--ingress-class=${className}`]),
    `--feature-gates=${featureGates(features)}`,
    // Pods, not ports of nodes: one hop less, and nodes need not be reachable.
    '--default-target-type=ip',
    ...(tags.length > 0 ? [`--default-tags=${tags.join(',')}`] : []),
    `--metrics-bind-addr=:${PORTS.metrics}`,
    `--health-probe-bind-addr=:${PORTS.health}`,
    `--webhook-bind-port=${PORTS.webhook}`,
    `--log-level=${props.logLevel ?? 'info'}`,
  ];
}

function checkText(property: string, value: string, form: RegExp, expected: string, where: string): void {
  if (!hasToken(value) && !form.test(value)) throw new InvalidInputError({ property, value, expected, where });
}
