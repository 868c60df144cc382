import { Duration } from 'cdk8s';
import { networkLoadBalancerAnnotations, type NetworkLoadBalancerProps } from '../../../constructs/aws-load-balancer-controller';
import { createToken } from '../../../constructs/core';
import { judgedIn } from '../judged';

const CERTIFICATE = 'arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234-1234-1234-123456789012';
const PREFIX = 'service.beta.kubernetes.io/aws-load-balancer-';

/** The annotation of a name, without what all have in common. */
const annotation = (name: string, props?: NetworkLoadBalancerProps) => networkLoadBalancerAnnotations(props)[PREFIX + name];
/** A list `a=b,c=d` as an object. */
const pairs = (text = '') => Object.fromEntries(text.split(',').map((pair) => pair.split('=')));

const gateway = (annotations: Readonly<Record<string, string>>) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'istio-ingressgateway', namespace: 'team', annotations: { ...annotations } },
  spec: { type: 'LoadBalancer', selector: { app: 'gateway' }, ports: [{ name: 'https', port: 443, targetPort: 8443 }] },
});

test('the controller takes it, not the cluster\'s own cloud controller, and targets are pods', () => {
  expect(networkLoadBalancerAnnotations()).toMatchObject({ [`${PREFIX}type`]: 'external', [`${PREFIX}nlb-target-type`]: 'ip' });
});

test('it is internal unless it is asked to face the internet', () => {
  expect(annotation('scheme')).toBe('internal');
  expect(annotation('scheme', { scheme: 'internet-facing' })).toBe('internet-facing');
});

test('addresses that are let in reach the load balancer only with those of clients preserved', () => {
  const annotations = networkLoadBalancerAnnotations({ allowedCidrs: ['10.0.0.0/8', '2001:db8::/32'] });
  expect(annotations['service.beta.kubernetes.io/load-balancer-source-ranges']).toBe('10.0.0.0/8,2001:db8::/32');
  expect(pairs(annotations[`${PREFIX}target-group-attributes`])['preserve_client_ip.enabled']).toBe('true');
  expect(() => networkLoadBalancerAnnotations({ allowedCidrs: ['10.0.0.0/8'], preserveClientIp: false })).toThrow('preserveClientIp is false; expected true, where allowedCidrs is given');
});

describe('TLS', () => {
  test('ends in it on port 443 alone, with a policy of TLS 1.2 and later, and begins again on the way to the pods', () => {
    const annotations = networkLoadBalancerAnnotations({ tls: { certificateArns: [CERTIFICATE] } });
    expect(annotations).toMatchObject({
      [`${PREFIX}ssl-cert`]: CERTIFICATE,
      [`${PREFIX}ssl-ports`]: '443',
      [`${PREFIX}ssl-negotiation-policy`]: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      [`${PREFIX}backend-protocol`]: 'ssl',
    });
  });

  test('may stay in it', () => {
    const tls = { certificateArns: [CERTIFICATE, CERTIFICATE], ports: [443, 8443], backend: 'plain' } as const;
    expect([annotation('backend-protocol', { tls }), annotation('ssl-ports', { tls })]).toEqual(['tcp', '443,8443']);
  });

  test('satisfies the policy; without it the policy finds the Service', () => {
    const open = (props: NetworkLoadBalancerProps) => judgedIn('team', [gateway(networkLoadBalancerAnnotations(props))]).open;
    expect(open({ tls: { certificateArns: [CERTIFICATE] } })).toEqual([]);
    expect(open({ tls: { certificateArns: [createToken({}, 'the certificate')] } })).toEqual([]);
    expect(open({})).toEqual([expect.stringContaining('eks-service-tls')]);
  });
});

describe('health', () => {
  test('is what a gateway of Istio says of itself', () => {
    const [protocol, port, path] = ['protocol', 'port', 'path'].map((name) => annotation(`healthcheck-${name}`));
    expect([protocol, port, path]).toEqual(['http', '15021', '/healthz/ready']);
  });

  test('may be whether a port opens', () => {
    const healthCheck = { protocol: 'tcp', port: 'traffic-port', interval: Duration.seconds(30), timeout: Duration.seconds(10), healthyThreshold: 3, unhealthyThreshold: 4 } as const;
    const annotations = networkLoadBalancerAnnotations({ healthCheck });
    const checks = Object.entries(annotations).flatMap(([key, value]) => (key.includes('healthcheck') ? [`${key.slice(PREFIX.length + 12)}=${value}`] : []));
    expect(checks).toEqual(['protocol=tcp', 'port=traffic-port', 'interval=30', 'timeout=10', 'healthy-threshold=3', 'unhealthy-threshold=4']);
  });
});

test('traffic crosses zones, and connections to pods that go end', () => {
  expect(pairs(annotation('attributes'))).toEqual({ 'load_balancing.cross_zone.enabled': 'true' });
  expect(pairs(annotation('attributes', { crossZone: false, accessLogs: { bucket: 'logs', prefix: 'gateway' } }))).toEqual({
    'load_balancing.cross_zone.enabled': 'false',
    'access_logs.s3.enabled': 'true',
    'access_logs.s3.bucket': 'logs',
    'access_logs.s3.prefix': 'gateway',
  });
  expect(pairs(annotation('target-group-attributes', { deregistrationDelay: Duration.minutes(5) }))).toMatchObject({
    'deregistration_delay.timeout_seconds': '300',
    'deregistration_delay.connection_termination.enabled': 'true',
  });
});

test('where it is and what it is called', () => {
  const subnet = createToken({}, 'a subnet');
  const props = { name: 'kubeflow', subnets: ['subnet-1', subnet], ipAddressType: 'dualstack', tags: { team: 'ml', cost: 'a=b' } } as const;
  expect(['name', 'subnets', 'ip-address-type', 'additional-resource-tags'].map((name) => annotation(name, props))).toEqual(['kubeflow', `subnet-1,${subnet}`, 'dualstack', 'team=ml,cost=a=b']);
});

test.each<[NetworkLoadBalancerProps, string]>([
  [{ name: 'x'.repeat(33) }, 'name is'],
  [{ name: 'internal-x' }, "name is 'internal-x'"],
  [{ allowedCidrs: ['10.0.0.0'] }, "allowedCidrs[0] is '10.0.0.0'; expected addresses in CIDR notation"],
  [{ allowedCidrs: ['10.0.0.0/8', '300.0.0.0/8'] }, "allowedCidrs[1] is '300.0.0.0/8'"],
  [{ allowedCidrs: ['::/129'] }, "allowedCidrs[0] is '::/129'"],
  [{ tls: { certificateArns: ['my-certificate'] } }, "tls.certificateArns[0] is 'my-certificate'; expected the ARN of a certificate"],
  [{ tls: { certificateArns: [CERTIFICATE], ports: [70_000] } }, 'tls.ports[0] is 70000'],
  [{ healthCheck: { interval: Duration.seconds(4) } }, 'healthCheck.interval is 4; expected a whole number from 5 to 300'],
  [{ healthCheck: { timeout: Duration.millis(2500) } }, 'healthCheck.timeout is 2.5'],
  [{ healthCheck: { healthyThreshold: 11 } }, 'healthCheck.healthyThreshold is 11'],
  [{ healthCheck: { port: 0 } }, 'healthCheck.port is 0'],
  [{ healthCheck: { path: 'ready' } }, "healthCheck.path is 'ready'"],
  [{ deregistrationDelay: Duration.hours(2) }, 'deregistrationDelay is 7200'],
  [{ tags: { team: 'a,b' } }, "tags.team is 'a,b'"],
  [{ tags: { 'a=b': 'c' } }, "tags.a=b is 'c'"],
])('%j is refused', (props, message) => {
  expect(() => networkLoadBalancerAnnotations(props)).toThrow(message);
});
