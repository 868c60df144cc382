import { App } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  AWS_LOAD_BALANCER_CONTROLLER_SERVICE_ACCOUNT,
  AwsLoadBalancerController,
  type AwsLoadBalancerControllerProps,
  existingAwsLoadBalancerController,
} from '../../../constructs/aws-load-balancer-controller';
import { CertManager } from '../../../constructs/cert-manager';
import { awsPodIdentity, awsRole, Component, componentsOf, createToken, imagesOf, ReleaseGraph, rewriteImages, service, type ServiceLoadBalancer, synthesize } from '../../../constructs/core';
import { type Json, objectsOf, recordingIssuer, stringsOf, verbsOn } from '../jobset/objects';
import { judged } from '../judged';

const PROPS = { clusterName: 'kubeflow', vpcId: 'vpc-0123456789abcdef0', region: 'eu-central-1', identity: awsRole('arn:aws:iam::123456789012:role/balancers') } as const;

function controller(props: Partial<AwsLoadBalancerControllerProps> = {}, app = new App()) {
  const { issuer, requests } = recordingIssuer();
  const component = new AwsLoadBalancerController(app, 'load-balancers', { ...PROPS, certificates: issuer, ...props });
  return { component, requests, ...objectsOf(component) };
}

type Made = ReturnType<typeof controller>;
const podOf = (made: Made): Json => made.one('Deployment', 'aws-load-balancer-controller').spec.template;
const argsOf = (made: Made): string[] => podOf(made).spec.containers[0].args;
const webhooksOf = (made: Made): Json[] => [...made.ofKind('MutatingWebhookConfiguration'), ...made.ofKind('ValidatingWebhookConfiguration')].flatMap((each) => each.webhooks);
const webhook = (made: Made, name: string): Json => webhooksOf(made).find((each) => each.name === name);
const definitions = (made: Made): string[] => made.ofKind('CustomResourceDefinition').map((each) => each.metadata.name);

test('the objects', () => {
  expect(controller().names).toMatchSnapshot();
});

test('it asks the node for nothing: cluster, region and network are said', () => {
  expect(argsOf(controller())).toEqual(expect.arrayContaining(['--cluster-name=kubeflow', '--aws-region=eu-central-1', '--aws-vpc-id=vpc-0123456789abcdef0', '--ingress-class=alb', '--default-target-type=ip']));
  expect(stringsOf(controller().ofKind('NetworkPolicy')).filter((text) => text.startsWith('169.254'))).toEqual([]);
});

test('its account has the role it was given, and is the one that is granted things beforehand', () => {
  const made = controller();
  expect(made.one('ServiceAccount', 'aws-load-balancer-controller').metadata).toMatchObject({
    ...AWS_LOAD_BALANCER_CONTROLLER_SERVICE_ACCOUNT,
    annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/balancers' },
  });
  expect(podOf(made).spec.serviceAccountName).toBe(AWS_LOAD_BALANCER_CONTROLLER_SERVICE_ACCOUNT.name);
});

test('the API server reaches its webhooks, pods its metrics; it reaches AWS, the API server and the agent of its identity', () => {
  const policy = controller({ identity: awsPodIdentity() }).one('NetworkPolicy', 'aws-load-balancer-controller').spec;
  expect(policy.ingress).toEqual([{ ports: [{ protocol: 'TCP', port: 9443 }] }, { from: [{ namespaceSelector: {} }], ports: [{ protocol: 'TCP', port: 8080 }] }]);
  expect(policy.egress.map((rule: Json) => [rule.to?.[0].ipBlock.cidr, rule.ports.map((each: Json) => each.port)])).toEqual([[undefined, [443, 6443]], ['169.254.170.23/32', [80]]]);
});

describe('webhooks', () => {
  test('have a certificate of the issuer for their Service, mounted where the program looks', () => {
    const made = controller();
    expect(made.requests).toEqual([
      { name: 'aws-load-balancer-serving-cert', namespace: 'aws-load-balancer-controller', secretName: 'aws-load-balancer-webhook-tls', services: ['aws-load-balancer-webhook-service'] },
    ]);
    const { containers, volumes } = podOf(made).spec;
    expect(volumes).toEqual([{ name: 'cert', secret: { secretName: 'aws-load-balancer-webhook-tls' } }]);
    expect(containers[0].volumeMounts).toEqual([{ name: 'cert', mountPath: '/tmp/k8s-webhook-server/serving-certs', readOnly: true }]);
    expect(made.one('MutatingWebhookConfiguration', 'aws-load-balancer-webhook').metadata.annotations).toEqual({ 'test/inject-ca-from': 'aws-load-balancer-controller/aws-load-balancer-serving-cert' });
  });

  test('lead to the port the pods serve', () => {
    const made = controller();
    const { selector, ports } = made.one('Service', 'aws-load-balancer-webhook-service').spec;
    expect(podOf(made).metadata.labels).toMatchObject(selector);
    const served: Json[] = podOf(made).spec.containers[0].ports;
    expect(served.find((each) => each.name === ports[0].targetPort)?.containerPort).toBe(9443);
    expect(argsOf(made)).toContain('--webhook-bind-port=9443');
  });

  test('see no Service and no pod of a namespace that does not ask for it', () => {
    const made = controller();
    expect(webhooksOf(made).filter((each) => each.rules[0].resources.includes('services'))).toEqual([]);
    const pods = webhooksOf(made).filter((each) => each.rules[0].resources.includes('pods'));
    expect(pods).toHaveLength(2);
    for (const each of pods) expect(each.namespaceSelector.matchExpressions[0]).toMatchObject({ operator: 'In', values: ['enabled'] });
  });

  test('claim load balancers without a class if asked to, and let every other Service pass by', () => {
    const claim = webhook(controller({ features: { claimsServices: true } }), 'mservice.elbv2.k8s.aws');
    expect(claim).toMatchObject({ failurePolicy: 'Fail', rules: [{ operations: ['CREATE'], resources: ['services'] }] });
    expect(claim.matchConditions.map((each: Json) => each.expression)).toEqual(["object.spec.type == 'LoadBalancer' && !has(object.spec.loadBalancerClass)"]);
    expect(claim.objectSelector.matchExpressions).toEqual([{ key: 'app.kubernetes.io/name', operator: 'NotIn', values: ['aws-load-balancer-controller'] }]);
  });
});

describe('features', () => {
  const BASE = ['albtargetcontrolconfigs.elbv2.k8s.aws', 'ingressclassparams.elbv2.k8s.aws', 'targetgroupbindings.elbv2.k8s.aws'];

  test('that are off have no definitions, permissions or webhooks', () => {
    const made = controller();
    expect(definitions(made)).toEqual(BASE);
    expect(argsOf(made)).toContain('--feature-gates=ALBGatewayAPI=false,NLBGatewayAPI=false,GlobalAcceleratorController=false');
    const groups: string[] = made.one('ClusterRole', 'aws-load-balancer-controller-role').rules.flatMap((rule: Json) => rule.apiGroups);
    expect(groups.filter((group) => /gateway|aga/.test(group))).toEqual([]);
    expect(webhook(made, 'vglobalaccelerator.aga.k8s.aws')).toBeUndefined();
  });

  test('Gateways', () => {
    const app = new App();
    class Definitions extends Component {}
    const made = controller({ features: { gatewayApi: true }, gatewayApi: new Definitions(app, 'gateway-api', { version: '1' }) }, app);
    expect(definitions(made).filter((name) => name.endsWith('.gateway.k8s.aws'))).toHaveLength(3);
    expect(made.component.requires).toEqual(['gateway-api']);
    const role = made.one('ClusterRole', 'aws-load-balancer-controller-role');
    expect(verbsOn(role, 'gateway.networking.k8s.io', 'tlsroutes')).toEqual(['get', 'list', 'watch']);
    expect(verbsOn(role, 'gateway.networking.k8s.io', 'listenersets/status')).toEqual(['get', 'patch', 'update']);
  });

  test('Global Accelerators', () => {
    const made = controller({ features: { globalAccelerator: true } });
    expect(definitions(made)).toEqual(['globalaccelerators.aga.k8s.aws', ...BASE].sort());
    expect(webhook(made, 'vglobalaccelerator.aga.k8s.aws')).toMatchObject({ failurePolicy: 'Fail' });
  });
});

describe('permissions', () => {
  const made = controller();
  const role = made.one('ClusterRole', 'aws-load-balancer-controller-role');

  test('it reads no Secret, makes no Service and has no wildcard', () => {
    expect(verbsOn(role, '', 'secrets')).toEqual([]);
    expect(verbsOn(role, '', 'services')).toEqual(['get', 'list', 'patch', 'update', 'watch']);
    expect(stringsOf(role.rules)).not.toContain('*');
    expect(stringsOf(role.rules)).not.toContain('extensions');
  });

  test('its lease is its own', () => {
    const { rules, metadata } = made.one('Role', 'aws-load-balancer-controller-leader-election-role');
    expect(metadata.namespace).toBe('aws-load-balancer-controller');
    expect(rules[1]).toMatchObject({ resources: ['leases'], resourceNames: ['aws-load-balancer-controller-leader'] });
  });
});

describe('the class of Ingresses', () => {
  test('is alb, and not the default', () => {
    const made = controller();
    expect(made.one('IngressClass', 'alb')).toMatchObject({ spec: { controller: 'ingress.k8s.aws/alb' } });
    expect(made.one('IngressClass', 'alb').metadata.annotations).toBeUndefined();
    expect(made.ofKind('IngressClassParams')).toEqual([]);
  });

  test('has parameters', () => {
    const params = { scheme: 'internal', group: 'platform', inboundCidrs: ['10.0.0.0/8'], certificateArns: ['arn:x'], sslRedirectPort: 443, tags: { team: 'ml' }, loadBalancerAttributes: { 'deletion_protection.enabled': 'true' } } as const;
    const made = controller({ ingressClass: { name: 'internal-alb', isDefault: true, params } });
    expect(argsOf(made)).toContain('--ingress-class=internal-alb');
    expect(made.one('IngressClass', 'internal-alb').metadata.annotations).toEqual({ 'ingressclass.kubernetes.io/is-default-class': 'true' });
    expect(made.one('IngressClass', 'internal-alb').spec.parameters).toEqual({ apiGroup: 'elbv2.k8s.aws', kind: 'IngressClassParams', name: 'internal-alb' });
    expect(made.one('IngressClassParams', 'internal-alb').spec).toEqual({
      scheme: 'internal',
      group: { name: 'platform' },
      inboundCIDRs: ['10.0.0.0/8'],
      certificateArn: ['arn:x'],
      sslRedirectPort: '443',
      tags: [{ key: 'team', value: 'ml' }],
      loadBalancerAttributes: [{ key: 'deletion_protection.enabled', value: 'true' }],
    });
  });

  test('need not be', () => {
    const made = controller({ ingressClass: false });
    expect(made.ofKind('IngressClass')).toEqual([]);
    expect(argsOf(made).filter((arg) => arg.startsWith('--ingress-class'))).toEqual([]);
  });
});

test('the image, also from a mirror', () => {
  expect(imagesOf(controller().component).map((use) => use.reference)).toEqual(['public.ecr.aws/eks/aws-load-balancer-controller:v3.5.0']);
  const app = new App();
  rewriteImages(app, { registry: 'mirror.example.com' });
  expect(podOf(controller({}, app)).spec.containers[0].image).toBe('mirror.example.com/public.ecr.aws/eks/aws-load-balancer-controller:v3.5.0');
});

test('what is known at deploy time only goes through', () => {
  const token = createToken({}, 'the network');
  expect(argsOf(controller({ clusterName: token, vpcId: token, region: token }))).toEqual(expect.arrayContaining([`--aws-vpc-id=${token}`, `--cluster-name=${token}`, `--aws-region=${token}`]));
});

describe('a Service with a load balancer', () => {
  class Gateway extends Component {
    constructor(scope: Construct, balancer: ServiceLoadBalancer) {
      super(scope, 'gateway', { version: '1', requires: [balancer] });
      const { annotations, waivers } = balancer;
      service(this, 'service', { name: 'gateway', namespace: 'gateways', selector: { app: 'gateway' }, ports: [{ name: 'https', port: 443 }], type: 'LoadBalancer', annotations, waivers });
    }
  }

  test('requires the controller, and says why no certificate is in it', () => {
    const app = new App();
    const { component } = controller({}, app);
    const gateway = new Gateway(app, component.networkLoadBalancer({ scheme: 'internet-facing' }));
    expect(gateway.requires).toEqual(['load-balancers']);
    const { metadata } = objectsOf(gateway).one('Service', 'gateway');
    expect(metadata.annotations).toMatchObject({ 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing', 'waiver.kubeflow-cdk.dev/eks-service-tls': expect.stringContaining('ends in the pods') });
  });

  test('with a certificate needs no exception', () => {
    const tls = { certificateArns: ['arn:aws:acm:eu-central-1:123456789012:certificate/a'] } as const;
    expect(controller().component.networkLoadBalancer({ tls }).waivers).toEqual([]);
  });

  test('of a controller that is there already waits for nothing', () => {
    const existing = existingAwsLoadBalancerController({ version: 'v2.13.4' });
    expect(existing.loadBalancerControllerVersion).toBe('2.13.4');
    expect(new Gateway(new App(), existing.networkLoadBalancer()).requires).toEqual([]);
    expect(() => existingAwsLoadBalancerController({ version: '2.4.1' })).toThrow("existingAwsLoadBalancerController: version is '2.4.1'; expected a version such as '2.6.0'");
  });
});

test.each([{}, { claimsServices: true }])('with cert-manager there is an order, and the webhooks come after what answers them: %j', (features) => {
  const app = new App();
  const certificates = new CertManager(app, 'cert-manager');
  new AwsLoadBalancerController(app, 'load-balancers', { ...PROPS, certificates, features, ingressClass: { params: { scheme: 'internal' } } });
  const graph = ReleaseGraph.of(synthesize(app), componentsOf(app));
  const layer = (reference: string) => graph.layerOf(graph.find(reference));
  const program = layer('Deployment/aws-load-balancer-controller/aws-load-balancer-controller');
  expect(program).toBeGreaterThan(layer('Deployment/cert-manager/cert-manager-webhook'));
  expect(layer('MutatingWebhookConfiguration/aws-load-balancer-webhook')).toBeGreaterThan(program);
  expect(layer('IngressClassParams/alb')).toBeGreaterThan(layer('ValidatingWebhookConfiguration/aws-load-balancer-webhook'));
});

test('policies find nothing but its token and a namespace without a quota, for which there are reasons', () => {
  const features = { gatewayApi: true, globalAccelerator: true, claimsServices: true };
  for (const props of [{}, { features, ingressClass: { params: { scheme: 'internal' } } }] as const) {
    expect(judged(controller(props).all)).toEqual({
      open: [],
      waived: ['namespace-quota Namespace/aws-load-balancer-controller', 'service-account-token Deployment/aws-load-balancer-controller'],
      unevaluated: [],
    });
  }
});

test('two syntheses are the same', () => {
  const text = () => JSON.stringify(synthesize(controller().component));
  expect(text()).toBe(text());
});

test.each<[Partial<AwsLoadBalancerControllerProps>, string]>([
  [{ clusterName: '' }, "clusterName is ''; expected the name of an EKS cluster"],
  [{ vpcId: 'default' }, "vpcId is 'default'; expected the id of a VPC"],
  [{ region: 'eu' }, "region is 'eu'"],
  [{ defaultTags: { 'elbv2.k8s.aws/cluster': 'x' } }, 'defaultTags.elbv2.k8s.aws/cluster'],
  [{ defaultTags: { team: 'a,b' } }, "defaultTags.team is 'a,b'"],
  [{ replicas: 0 }, 'replicas is 0'],
])('%j is refused', (props, message) => {
  expect(() => controller(props)).toThrow(message);
});
