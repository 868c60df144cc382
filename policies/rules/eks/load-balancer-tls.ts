import { read } from '../../engine/field-path';
import { apiGroup, type CloudResource, isFields, type KubernetesObject } from '../../engine/object';
import type { ObjectPolicy, Policy, Report, ResourcePolicy } from '../../engine/policy';
import { cis } from '../cis';
import { example } from '../cloud/example';
import { input, listed } from '../cloud/inputs';
import { shown } from '../shown';

const CERTIFICATE = 'service.beta.kubernetes.io/aws-load-balancer-ssl-cert';
/** Annotations and load balancer classes that are AWS's own. */
const OF_AWS = /^(?:service\.beta\.kubernetes\.io\/aws-load-balancer-|service\.k8s\.aws\/|eks\.amazonaws\.com\/)/;
/** Annotations of other clouds and of load balancers for bare metal. */
const OF_OTHERS =
  /^(?:cloud\.google\.com\/|networking\.gke\.io\/|service\.beta\.kubernetes\.io\/(?:azure|do|linode|oci|openstack|alibaba|ibm|vultr|exoscale|cce|upcloud|brightbox|scw|tencent)|service\.kubernetes\.io\/(?:ibm|qcloud)|loadbalancer\.openstack\.org\/|load-balancer\.hetzner\.cloud\/|oci(?:-network-load-balancer)?\.oraclecloud\.com\/|metallb\.(?:universe\.tf|io)\/|kube-vip\.io\/|io\.cilium\/|lbipam\.cilium\.io\/|external-load-balancer\.civo)/;

function service(annotations: Readonly<Record<string, string>>): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'gateway', namespace: 'istio-system', annotations: { 'service.beta.kubernetes.io/aws-load-balancer-type': 'external', ...annotations } },
    spec: { type: 'LoadBalancer', selector: { app: 'gateway' }, ports: [{ name: 'https', port: 443, targetPort: 8080 }] },
  };
}

const RATIONALE = 'What passes a load balancer in the clear can be read and changed on its way. With a certificate the load balancer speaks TLS, and ACM renews the certificate by itself.';

const services: ObjectPolicy = {
  id: 'eks-service-tls',
  title: 'Load balancers of Services on port 443 have a certificate',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: cis({ eks: '5.4.5' }),
  rationale: RATIONALE,
  remediation: `Annotate the Service with ${CERTIFICATE} and the ARN of a certificate. Where the pods themselves end TLS, waive the policy and say so.`,
  examples: { fails: service({}), passes: service({ [CERTIFICATE]: 'arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234-1234-1234-123456789012' }) },
  appliesTo: (object) => object.kind === 'Service' && apiGroup(object) === '',
  check(object, report) {
    if (read(object, 'spec', 'type') !== 'LoadBalancer') return;
    if (!listed(read(object, 'spec', 'ports')).some((port) => read(port, 'port') === 443)) return;
    const annotations = read(object, 'metadata', 'annotations');
    const keys = isFields(annotations) ? Object.keys(annotations).filter((key) => read(annotations, key) !== undefined) : [];
    if (keys.some((key) => key.startsWith(CERTIFICATE) && read(annotations, key) !== '')) return;
    const loadBalancerClass = read(object, 'spec', 'loadBalancerClass');
    const ofAws = [...keys, String(loadBalancerClass ?? '')].some((key) => OF_AWS.test(key));
    if (!ofAws && (loadBalancerClass !== undefined || keys.some((key) => OF_OTHERS.test(key)))) return;
    report.finding({
      path: ['metadata', 'annotations', CERTIFICATE],
      found: read(annotations, CERTIFICATE),
      message: `the load balancer of Service '${shown(object.metadata?.name ?? '')}' has no certificate for port 443`,
      // It says nothing of AWS, and may well be meant for another cloud.
      ...(ofAws ? {} : { enforcement: 'advisory' as const }),
    });
  },
};

const LISTENERS: readonly string[] = ['aws:lb/listener:Listener', 'aws:alb/listener:Listener', 'aws:elasticloadbalancingv2/listener:Listener', 'aws:applicationloadbalancing/listener:Listener'];
const CLASSIC: readonly string[] = ['aws:elb/loadBalancer:LoadBalancer', 'aws:elasticloadbalancing/loadBalancer:LoadBalancer'];
const LISTENER = 'aws:lb/listener:Listener';
/** Protocols that are TLS, or that leave it to what is behind the load balancer. */
const NOT_PLAIN = new Set<unknown>(['HTTPS', 'TLS', 'TCP', 'UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC', 'GENEVE']);

const listeners: ResourcePolicy = {
  id: 'eks-listener-tls',
  title: 'Listeners of load balancers speak TLS',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: cis({ eks: '5.4.5' }),
  rationale: RATIONALE,
  remediation: 'Set protocol to HTTPS with a certificateArn, or redirect HTTP to HTTPS.',
  examples: {
    fails: example(LISTENER, { port: 80, protocol: 'HTTP', defaultActions: [{ type: 'forward', targetGroupArn: 'arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/web/1' }] }),
    passes: example(LISTENER, { port: 80, protocol: 'HTTP', defaultActions: [{ type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' } }] }),
  },
  resourceTypes: [...LISTENERS, ...CLASSIC],
  check(resource, report) {
    if (CLASSIC.includes(resource.type)) return checkClassic(resource, report);
    const path = ['protocol'];
    const value = input(resource, ...path);
    if (NOT_PLAIN.has(value) || (value === undefined && input(resource, 'certificateArn') !== undefined)) return;
    const [action] = listed(input(resource, 'defaultActions'));
    if (read(action, 'type') === 'redirect' && read(action, 'redirect', 'protocol') === 'HTTPS') return;
    // A listener of a gateway load balancer states neither, and cannot.
    if (value === undefined && input(resource, 'port') === undefined && action !== undefined) return;
    report.finding({ path, found: value, message: `listener '${resource.name}' takes requests in the clear`, fix: 'HTTPS' });
  },
};

function checkClassic(balancer: CloudResource, report: Report): void {
  listed(input(balancer, 'listeners')).forEach((listener, index) => {
    const value = read(listener, 'lbProtocol');
    if (String(value).toLowerCase() === 'http') report.finding({ path: ['listeners', index, 'lbProtocol'], found: value, message: `load balancer '${balancer.name}' takes requests in the clear`, fix: 'https' });
  });
}

/** CIS EKS 5.4.5. */
export const LOAD_BALANCER_TLS: readonly Policy[] = [services, listeners];
