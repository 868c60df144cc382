import path from 'node:path';
import type { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import {
  type CertificateIssuer, checkWholeNumber, Component, type ContainerResources, CustomResourceDefinitions, InvalidInputError, SystemNamespace,
} from '../core';
import type { BgpProps, L2Advertisement, NodeSelector } from './advertisements';
import { bgpAdvertisements, bgpObjects, checkBgp } from './bgp';
import { controller } from './controller';
import { checkLayer2, layer2Objects } from './layer2';
import { checkPools, ipAddressPools, type PoolRange, type Pools } from './pools';
import type { LogLevel } from './programs';
import { controllerIdentity, metricsReader, speakerIdentity } from './rbac';
import { EXCLUDED_INTERFACES, speaker } from './speaker';
import { METALLB_VERSION } from './versions';
import { crdAddition, WEBHOOK_SERVICE, webhooks } from './webhooks';

/** Props of {@link MetalLb}. */
export interface MetalLbProps {
  /** Issues the certificate of its webhooks. */
  readonly certificates: CertificateIssuer;
  /** Addresses for Services of type LoadBalancer, by the name of the pool. Each pool must be advertised. */
  readonly pools: Pools;
  /** Who answers for addresses on the nodes' own network, by name. @default `default`, for every pool; none if there is `bgp` */
  readonly l2?: Readonly<Record<string, L2Advertisement>>;
  /** Routers that are told about addresses. @default none */
  readonly bgp?: BgpProps;
  /** Take only Services of this class, where another controller takes those of none. @default those without a class */
  readonly loadBalancerClass?: string;
  /** @default 'info' */
  readonly logLevel?: LogLevel;
  /** @default 'system-cluster-critical': without it nobody reaches the cluster */
  readonly priorityClassName?: string;
  /** The pods on the nodes. */
  readonly speaker?: {
    /** Labels of the nodes they run on. @default every node */
    readonly nodeSelector?: NodeSelector;
    /** @default taints of control planes */
    readonly tolerations?: readonly k8s.Toleration[];
    /** Interfaces on which nothing is ever answered, as regular expressions. @default those of container networks and loopback */
    readonly excludedInterfaces?: readonly string[];
    /** Port on each node by which speakers notice that one is gone. Docker Swarm has the same. @default 7946 */
    readonly memberlistPort?: number;
  };
  /** Requests and limits. */
  readonly resources?: {
    /** @default 50m to 500m, 64Mi to 256Mi */
    readonly controller?: ContainerResources;
    /** @default 50m to 500m, 64Mi to 256Mi */
    readonly speaker?: ContainerResources;
  };
}

const NAMESPACE = 'metallb-system';
const CERTIFICATE = 'metallb-webhook-cert';
const RESOURCES: ContainerResources = { cpu: { request: '50m', limit: '500m' }, memory: { request: '64Mi', limit: '256Mi' } };
const EVERY_POOL: Readonly<Record<string, L2Advertisement>> = { default: {} };

/**
 * MetalLB: load balancers for clusters without a cloud, from addresses of one's own.
 *
 * @see https://github.com/metallb/metallb/tree/v0.16.1/config/native
 */
export class MetalLb extends Component {
  /** Name of the namespace it runs in, where passwords of routers are kept. */
  readonly namespaceName = NAMESPACE;
  /** Names of the pools, which Services choose by the annotation `metallb.io/address-pool`. */
  readonly pools: readonly string[];

  /** @throws InvalidInputError for addresses, sessions or names that cannot be, addresses in two places, or a pool nobody is told about */
  constructor(scope: Construct, id: string, props: MetalLbProps) {
    super(scope, id, { version: METALLB_VERSION, requires: [props.certificates] });
    const where = this.node.path;
    const l2 = props.l2 ?? (props.bgp ? {} : EVERY_POOL);
    const ranges = checkPools(props.pools, where);
    checkLayer2(l2, ranges, where);
    if (props.bgp) checkBgp(props.bgp, ranges, where);
    checkAdvertised([...Object.values(l2), ...(props.bgp ? Object.values(bgpAdvertisements(props.bgp)) : [])], ranges, where);
    checkLoadBalancerClass(props.loadBalancerClass, where);
    const memberlistPort = checkWholeNumber('speaker.memberlistPort', props.speaker?.memberlistPort ?? 7946, where, { least: 1, most: 65535 });
    const excludedInterfaces = props.speaker?.excludedInterfaces ?? EXCLUDED_INTERFACES;
    this.pools = Object.keys(props.pools);

    new SystemNamespace(this, NAMESPACE, {
      podSecurity: 'privileged',
      waivers: [{ policy: 'pod-security-enforced', reason: "Speakers are on the nodes' network and answer ARP, for which no narrower level has room. Nothing else runs here." }],
    });
    const certificate = props.certificates.servingCertificate(this, 'certificate', { name: CERTIFICATE, namespace: NAMESPACE, secretName: CERTIFICATE, services: [WEBHOOK_SERVICE] });
    new CustomResourceDefinitions(this, 'crds', { file: path.join(__dirname, 'crds.json'), add: (name) => crdAddition(name, NAMESPACE, certificate) });

    const common = {
      namespace: NAMESPACE,
      logLevel: props.logLevel ?? 'info',
      loadBalancerClass: props.loadBalancerClass,
      priorityClassName: props.priorityClassName ?? 'system-cluster-critical',
    };
    controller(this, { ...common, certificate, serviceAccount: controllerIdentity(this, NAMESPACE).name, resources: props.resources?.controller ?? RESOURCES });
    speaker(this, {
      ...common,
      serviceAccount: speakerIdentity(this, NAMESPACE).name,
      resources: props.resources?.speaker ?? RESOURCES,
      excludedInterfaces,
      memberlistPort,
      nodeSelector: props.speaker?.nodeSelector,
      tolerations: props.speaker?.tolerations,
    });
    metricsReader(this);
    webhooks(this, NAMESPACE, certificate);

    ipAddressPools(this, NAMESPACE, props.pools);
    layer2Objects(this, NAMESPACE, l2);
    if (props.bgp) bgpObjects(this, NAMESPACE, props.bgp);
  }
}

/** An address that nobody is told about is given to Services, which then nobody reaches. */
function checkAdvertised(advertisements: readonly { readonly pools?: readonly string[] }[], ranges: readonly PoolRange[], where: string): void {
  if (advertisements.some(({ pools }) => pools === undefined)) return;
  const advertised = new Set(advertisements.flatMap(({ pools = [] }) => pools));
  const forgotten = ranges.find(({ pool }) => !advertised.has(pool));
  if (forgotten) {
    throw new InvalidInputError({ property: `pools.${forgotten.pool}`, value: forgotten.text, expected: 'an entry of l2 or bgp.advertisements with this pool, or with none', where });
  }
}

function checkLoadBalancerClass(name: string | undefined, where: string): void {
  if (name !== undefined && !/^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]*[A-Za-z0-9])?$/.test(name)) {
    throw new InvalidInputError({ property: 'loadBalancerClass', value: name, expected: "a label-like name such as 'example.com/metallb'", where });
  }
}
