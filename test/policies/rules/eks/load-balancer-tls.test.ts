import { check, findings, messages, resource, unknown } from '../aws/subjects';

const CERTIFICATE = 'service.beta.kubernetes.io/aws-load-balancer-ssl-cert';
const PATH = `metadata.annotations["${CERTIFICATE}"]`;
const NLB = { 'service.beta.kubernetes.io/aws-load-balancer-type': 'external' };
const about = (annotations: unknown): Record<string, unknown> => ({ annotations });
const service = (annotations: unknown, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'main', namespace: 'team-a', ...about(annotations) },
  spec: { type: 'LoadBalancer', ports: [null, { port: 443, targetPort: 8080 }], ...spec },
});

describe('Services', () => {
  const ID = 'eks-service-tls';

  it.each([
    [service(NLB), [`main: ${PATH} = null`]],
    [service({ ...NLB, [CERTIFICATE]: '' }), [`main: ${PATH} = ""`]],
    [service({ ...NLB, [CERTIFICATE]: null }), [`main: ${PATH} = null`]],
    [service(undefined), [`main: ${PATH} = null`]],
    [service('none'), [`main: ${PATH} = null`]],
    [service(undefined, { loadBalancerClass: 'eks.amazonaws.com/nlb' }), [`main: ${PATH} = null`]],
    [service({ ...NLB, [CERTIFICATE]: 'arn:aws:acm:a' }), []],
    [service(NLB, { ports: [{ port: 80 }] }), []],
    [service(NLB, { ports: null }), []],
    [service(NLB, { type: 'ClusterIP' }), []],
    [service(NLB, { type: null }), []],
    [service({ 'cloud.google.com/neg': '{}' }), []],
    [service({ 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' }), []],
    [service({ 'metallb.universe.tf/address-pool': 'a' }), []],
    [service(undefined, { loadBalancerClass: 'tailscale' }), []],
    [{ ...service(NLB), apiVersion: 'serving.knative.dev/v1' }, []],
  ])('%j: %j', (object, expected) => {
    expect(check(ID, object)).toEqual(expected);
  });

  it('are told for certain where they say that they are for AWS, else as advice', () => {
    expect(findings(ID, service(NLB))).toMatchObject([{ enforcement: 'mandatory', controls: ['cis-eks-1.8:5.4.5'], message: "the load balancer of Service 'main' has no certificate for port 443" }]);
    expect(findings(ID, service(undefined))).toMatchObject([{ enforcement: 'advisory' }]);
  });
});

describe('listeners', () => {
  const ID = 'eks-listener-tls';
  const LISTENER = 'aws:lb/listener:Listener';
  const to = (protocol?: unknown) => ({ port: 80, protocol: 'HTTP', defaultActions: [{ type: 'redirect', redirect: { port: '443', protocol, statusCode: 'HTTP_301' } }] });
  const FOUND = ['main: protocol = "HTTP"'];

  it.each([
    [LISTENER, { port: 80, protocol: 'HTTP', defaultActions: [{ type: 'forward' }] }, FOUND],
    ['aws:alb/listener:Listener', { port: 80, protocol: 'HTTP', defaultActions: null }, FOUND],
    [LISTENER, to('HTTP'), FOUND],
    [LISTENER, to(), FOUND],
    [LISTENER, { port: 80, defaultActions: [{ type: 'forward' }] }, ['main: protocol = null']],
    [LISTENER, { port: 80, protocol: 'http' }, ['main: protocol = "http"']],
    [LISTENER, to('HTTPS'), []],
    [LISTENER, { port: 443, protocol: 'HTTPS', certificateArn: 'arn:aws:acm:a' }, []],
    [LISTENER, { port: 443, protocol: 'TLS' }, []],
    [LISTENER, { port: 443, protocol: 'TCP' }, []],
    [LISTENER, { certificateArn: 'arn:aws:acm:a', port: 443 }, []],
    [LISTENER, { defaultActions: [{ type: 'forward' }] }, []],
    ['aws:elb/loadBalancer:LoadBalancer', { listeners: [{ lbPort: 443, lbProtocol: 'https' }, { lbPort: 80, lbProtocol: 'HTTP' }] }, ['main: listeners[1].lbProtocol = "HTTP"']],
    ['aws:elb/loadBalancer:LoadBalancer', { listeners: [{ lbPort: 443, lbProtocol: 'ssl' }, null] }, []],
    ['aws:elb/loadBalancer:LoadBalancer', { listeners: 'none' }, []],
  ])('%s with %j: %j', (type, properties, expected) => {
    expect(check(ID, resource(type, properties))).toEqual(expected);
  });

  it('are named', () => {
    expect(messages(ID, resource(LISTENER, { port: 80, protocol: 'HTTP' }))).toEqual(["listener 'main' takes requests in the clear"]);
    expect(messages(ID, resource('aws:elb/loadBalancer:LoadBalancer', { listeners: [{ lbProtocol: 'http' }] }))).toEqual(["load balancer 'main' takes requests in the clear"]);
  });

  it('are left open while the protocol is not known', () => {
    expect(check(ID, resource(LISTENER, unknown({ port: 80 }, 'protocol')))).toEqual(['main? protocol']);
  });
});
