import { Duration } from 'cdk8s';
import { Netmask } from 'netmask';
import { checkWholeNumber, hasToken, InvalidInputError } from '../core';

/** How the load balancer finds out which pods answer. */
export interface HealthCheck {
  /** @default 'http' */
  readonly protocol?: 'http' | 'tcp';
  /** Port of the pods, or the port traffic goes to. @default 15021, where gateways of Istio say whether they are ready */
  readonly port?: number | 'traffic-port';
  /** Path of `http`. @default '/healthz/ready' */
  readonly path?: string;
  /** Time between two checks, 5 to 300 seconds. @default 10 seconds */
  readonly interval?: Duration;
  /** Time a check may take, 2 to 120 seconds. @default 6 seconds */
  readonly timeout?: Duration;
  /** Checks in a row that make a pod healthy, 2 to 10. @default 2 */
  readonly healthyThreshold?: number;
  /** Checks in a row that make a pod unhealthy, 2 to 10. @default 2 */
  readonly unhealthyThreshold?: number;
}

/** TLS that ends in the load balancer. */
export interface LoadBalancerTls {
  /** ARN of a certificate in ACM, which renews it; others are chosen by the name asked for. */
  readonly certificateArns: readonly [string, ...string[]];
  /** Ports of the Service that speak TLS. @default [443] */
  readonly ports?: readonly [number, ...number[]];
  /** Protocols and ciphers, by the name of AWS's policy. @default 'ELBSecurityPolicy-TLS13-1-2-2021-06' */
  readonly policy?: string;
  /**
   * What goes on to the pods on those ports: TLS again, with whatever certificate they have, or what was in it.
   * @default 'tls'
   */
  readonly backend?: 'tls' | 'plain';
}

/** A Network Load Balancer in front of a Service, with pods as targets. */
export interface NetworkLoadBalancerProps {
  /** `internal`: from within the VPC and networks connected to it. @default 'internal' */
  readonly scheme?: 'internal' | 'internet-facing';
  /** Addresses that are let in, in CIDR notation. @default any that can reach it */
  readonly allowedCidrs?: readonly [string, ...string[]];
  /** @default none: TLS ends in the pods */
  readonly tls?: LoadBalancerTls;
  readonly healthCheck?: HealthCheck;
  /** Whether pods in every zone get traffic of every zone; AWS charges for traffic between zones. @default true */
  readonly crossZone?: boolean;
  /**
   * Whether pods see the address of the client. Pods cannot reach themselves through the load balancer then.
   * @default true
   */
  readonly preserveClientIp?: boolean;
  /** How long connections to a pod that goes may last, 0 to 3600 seconds. @default 60 seconds */
  readonly deregistrationDelay?: Duration;
  /** At most 32 characters; not changed later. @default made by the controller */
  readonly name?: string;
  /** Ids of subnets, one a zone. @default those with the tag `kubernetes.io/role/elb` or `kubernetes.io/role/internal-elb` */
  readonly subnets?: readonly [string, ...string[]];
  /** @default 'ipv4' */
  readonly ipAddressType?: 'ipv4' | 'dualstack';
  /** Bucket for a log of TLS connections. @default no log */
  readonly accessLogs?: { readonly bucket: string; readonly prefix?: string };
  /** @default none but the controller's own */
  readonly tags?: Readonly<Record<string, string>>;
}

const WHERE = 'networkLoadBalancerAnnotations';
const PREFIX = 'service.beta.kubernetes.io/aws-load-balancer-';

/**
 * Annotations of a Service of type LoadBalancer by which the controller makes it a Network Load Balancer.
 *
 * @throws InvalidInputError for what AWS or the controller would refuse later
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/docs/guide/service/annotations.md
 */
export function networkLoadBalancerAnnotations(props: NetworkLoadBalancerProps = {}): Readonly<Record<string, string>> {
  const { allowedCidrs, name, subnets, tags, preserveClientIp = true } = props;
  if (name !== undefined && !hasToken(name) && !/^(?!internal-)[0-9a-z]([-0-9a-z]{0,30}[0-9a-z])?$/i.test(name)) {
    refuse('name', name, "letters, digits and '-', at most 32, not beginning with 'internal-'");
  }
  if (allowedCidrs && !preserveClientIp) refuse('preserveClientIp', preserveClientIp, 'true, where allowedCidrs is given: without it the controller ignores them');
  allowedCidrs?.forEach((cidr, index) => checkCidr(`allowedCidrs[${index}]`, cidr));
  const annotations: Record<string, string | undefined> = {
    type: 'external',
    'nlb-target-type': 'ip',
    scheme: props.scheme ?? 'internal',
    name,
    'ip-address-type': props.ipAddressType ?? 'ipv4',
    subnets: subnets?.join(','),
    attributes: keyValues('attributes', {
      'load_balancing.cross_zone.enabled': String(props.crossZone ?? true),
      ...(props.accessLogs && {
        'access_logs.s3.enabled': 'true',
        'access_logs.s3.bucket': props.accessLogs.bucket,
        ...(props.accessLogs.prefix !== undefined && { 'access_logs.s3.prefix': props.accessLogs.prefix }),
      }),
    }),
    'target-group-attributes': keyValues('targetGroup', {
      'preserve_client_ip.enabled': String(preserveClientIp),
      'deregistration_delay.timeout_seconds': String(seconds('deregistrationDelay', props.deregistrationDelay ?? Duration.seconds(60), 0, 3600)),
      // A pod that is gone answers nobody: clients that hold on are told, and connect again.
      'deregistration_delay.connection_termination.enabled': 'true',
    }),
    'additional-resource-tags': tags && keyValues('tags', tags),
    ...healthCheckAnnotations(props.healthCheck ?? {}),
    ...(props.tls && tlsAnnotations(props.tls)),
  };
  return {
    ...(allowedCidrs && { 'service.beta.kubernetes.io/load-balancer-source-ranges': allowedCidrs.join(',') }),
    ...Object.fromEntries(Object.entries(annotations).flatMap(([key, value]) => (value === undefined ? [] : [[PREFIX + key, value]]))),
  };
}

function healthCheckAnnotations(check: HealthCheck): Record<string, string> {
  const { protocol = 'http', port = 15021, path = '/healthz/ready' } = check;
  if (port !== 'traffic-port') checkWholeNumber('healthCheck.port', port, WHERE, { least: 1, most: 65535 });
  if (!path.startsWith('/')) refuse('healthCheck.path', path, "a path beginning with '/'");
  const threshold = (property: string, value: number) => String(checkWholeNumber(`healthCheck.${property}`, value, WHERE, { least: 2, most: 10 }));
  return {
    'healthcheck-protocol': protocol,
    'healthcheck-port': String(port),
    ...(protocol === 'http' && { 'healthcheck-path': path }),
    'healthcheck-interval': String(seconds('healthCheck.interval', check.interval ?? Duration.seconds(10), 5, 300)),
    'healthcheck-timeout': String(seconds('healthCheck.timeout', check.timeout ?? Duration.seconds(6), 2, 120)),
    'healthcheck-healthy-threshold': threshold('healthyThreshold', check.healthyThreshold ?? 2),
    'healthcheck-unhealthy-threshold': threshold('unhealthyThreshold', check.unhealthyThreshold ?? 2),
  };
}

function tlsAnnotations({ certificateArns, ports = [443], policy = 'ELBSecurityPolicy-TLS13-1-2-2021-06', backend = 'tls' }: LoadBalancerTls): Record<string, string> {
  certificateArns.forEach((arn, index) => {
    if (!hasToken(arn) && !/^arn:aws[a-z-]*:(acm|iam):[a-z0-9-]*:\d{12}:(server-)?certificate\/.+$/.test(arn)) {
      refuse(`tls.certificateArns[${index}]`, arn, "the ARN of a certificate, such as 'arn:aws:acm:eu-central-1:123456789012:certificate/…'");
    }
  });
  ports.forEach((port, index) => checkWholeNumber(`tls.ports[${index}]`, port, WHERE, { least: 1, most: 65535 }));
  return {
    'ssl-cert': certificateArns.join(','),
    // Without it every port would speak TLS.
    'ssl-ports': ports.join(','),
    'ssl-negotiation-policy': policy,
    'backend-protocol': backend === 'tls' ? 'ssl' : 'tcp',
  };
}

function keyValues(property: string, values: Readonly<Record<string, string>>): string {
  for (const [key, value] of Object.entries(values)) {
    if (/[,=]/.test(key) || value.includes(',')) refuse(`${property}.${key}`, value, "no ',' in it, and no '=' in the key: the controller splits there");
  }
  return Object.entries(values)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}

function seconds(property: string, value: Duration, least: number, most: number): number {
  return checkWholeNumber(property, value.toSeconds({ integral: false }), WHERE, { least, most });
}

function checkCidr(property: string, value: string): void {
  if (hasToken(value) || /^[0-9a-f:]*:[0-9a-f:]*\/(\d|[1-9]\d|1[01]\d|12[0-8])$/i.test(value)) return;
  const expected = "addresses in CIDR notation, such as '203.0.113.0/24'";
  if (!/^\d+(\.\d+){3}\/\d+$/.test(value)) refuse(property, value, expected);
  try {
    new Netmask(value);
  } catch {
    refuse(property, value, expected);
  }
}

function refuse(property: string, value: unknown, expected: string): never {
  throw new InvalidInputError({ property, value, expected, where: WHERE });
}
