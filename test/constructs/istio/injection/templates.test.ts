import { parse, parseAllDocuments } from 'yaml';
import type { IstioProps } from '../../../../constructs/istio';
import { at, synthesized } from '../harness';

interface Template {
  readonly [key: string]: unknown;
}

/** The document a template makes, with expressions in the place of values; conditional and repeated parts are there. */
function documents(template: string): Template[] {
  const body = template.slice(template.search(/^\{$/m));
  const withoutControl = body.replaceAll(/\{\{ (?:if|range) [^}]*\}\}|\{\{ end \}\}/g, '');
  const withValues = withoutControl.replaceAll(/\{\{ (.*?) \| toJson \}\}/g, (_, expression: string) => JSON.stringify(`<${expression}>`));
  return parseAllDocuments(withValues).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() as Template;
  });
}

function templates(props: IstioProps = {}): Record<string, string> {
  const config = parse(at<string>(synthesized(props).get('ConfigMap', 'istio-sidecar-injector'), 'data.config')) as { templates: Record<string, string> };
  return config.templates;
}

const all = templates();
const [sidecar = {}] = documents(all.sidecar!);
const [gateway = {}] = documents(all.gateway!);
const kubeGateway = documents(all['kube-gateway']!);
const container = (template: Template, list: string, name: string) => at<Template[]>(template, list).find((each) => each.name === name)!;
const proxy = container(sidecar, 'spec.initContainers', 'istio-proxy');
const validation = container(sidecar, 'spec.initContainers', 'istio-validation');

test('the injector reads its policy, its default template and the values its code looks at', () => {
  const data = at<Record<string, string>>(synthesized().get('ConfigMap', 'istio-sidecar-injector'), 'data');
  expect(parse(data.config!)).toMatchObject({ policy: 'enabled', defaultTemplates: ['sidecar'] });
  expect(Object.keys(all).sort()).toEqual(['gateway', 'kube-gateway', 'sidecar']);
  expect(JSON.parse(data.values!)).toMatchObject({ sidecarInjectorWebhook: { rewriteAppHTTPProbe: true } });
});

test('every brace that is opened is closed', () => {
  for (const template of Object.values(all)) {
    const count = (pattern: RegExp) => [...template.matchAll(pattern)].length;
    expect(count(/\{\{/g)).toBe(count(/\}\}/g));
    expect(count(/\{\{-? (?:if|range) /g)).toBe(count(/\{\{-? end /g));
  }
});

test('the sidecar is a native one, so it starts before the application and ends after it', () => {
  expect(at<Template[]>(sidecar, 'spec.initContainers').map(({ name }) => name)).toEqual(['istio-validation', 'istio-proxy']);
  expect(at(sidecar, 'spec.containers')).toBeUndefined();
  expect(proxy).toMatchObject({
    restartPolicy: 'Always',
    startupProbe: { httpGet: { path: '/healthz/ready', port: 15021 } },
    lifecycle: { preStop: { exec: { command: expect.arrayContaining(['pilot-agent', 'drain']) } } },
  });
});

test.each([
  ['sidecar', () => proxy],
  ['validation', () => validation],
  ['gateway', () => container(gateway, 'spec.containers', 'istio-proxy')],
  ['Gateway API gateway', () => container(kubeGateway[1]!, 'spec.template.spec.containers', 'istio-proxy')],
])('what is injected as %s fits into a restricted namespace', (_, injected) => {
  expect(injected().securityContext).toEqual({
    allowPrivilegeEscalation: false,
    privileged: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    runAsUser: '<.ProxyUID | default 1337>',
    runAsGroup: '<.ProxyGID | default 1337>',
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
  });
});

test('traffic is checked, not redirected, by what is in the pod', () => {
  const args = at<string[]>(validation, 'args');
  expect(args).toEqual(expect.arrayContaining(['--run-validation', '--skip-rule-apply']));
  expect(args.slice(1, 7)).toEqual(['-p', '15001', '-z', '15006', '-u', expect.stringContaining('.ProxyUID')]);
});

test('TPROXY, which needs a privileged sidecar, is refused', () => {
  for (const name of ['sidecar', 'gateway']) expect(all[name]).toMatch(/if eq \(annotation .* "TPROXY" \}\}\{\{ fail "/);
});

test('each amount has an annotation of its own, and a default that the others do not take away', () => {
  const annotated = (name: string, fallback: string) => `<annotation .ObjectMeta "sidecar.istio.io/${name}" "${fallback}">`;
  expect(proxy.resources).toEqual({
    requests: { cpu: annotated('proxyCPU', '10m'), memory: annotated('proxyMemory', '40Mi') },
    limits: { cpu: annotated('proxyCPULimit', '2'), memory: annotated('proxyMemoryLimit', '1Gi') },
  });
  const [bigger = {}] = documents(templates({ sidecar: { resources: { cpu: { request: '1' }, memory: { request: '1Gi' } } } }).sidecar!);
  expect(at(container(bigger, 'spec.initContainers', 'istio-proxy'), 'resources.limits.cpu')).toBe(annotated('proxyCPULimit', '1'));
});

test.each([
  ['sidecar', () => ({ containers: [proxy], volumes: at<Template[]>(sidecar, 'spec.volumes') })],
  ['gateway', () => ({ containers: at<Template[]>(gateway, 'spec.containers'), volumes: at<Template[]>(gateway, 'spec.volumes') })],
  ['kube-gateway', () => ({ containers: at<Template[]>(kubeGateway[1], 'spec.template.spec.containers'), volumes: at<Template[]>(kubeGateway[1], 'spec.template.spec.volumes') })],
])('%s mounts the volumes it brings, and all of them', (_, pod) => {
  const { containers, volumes } = pod();
  const names = (items: readonly unknown[]) => items.flatMap((item) => (typeof item === 'object' && item !== null && 'name' in item ? [item.name] : [])).sort();
  expect(names(containers.flatMap((each) => at<Template[]>(each, 'volumeMounts')))).toEqual(names(volumes));
  expect(volumes).toContainEqual({ name: 'istiod-ca-cert', configMap: { name: 'istio-ca-root-cert' } });
  expect(volumes).toContainEqual({
    name: 'istio-token',
    projected: { sources: [{ serviceAccountToken: { audience: 'istio-ca', expirationSeconds: 43200, path: 'istio-token' } }] },
  });
});

test('the proxy\'s agent finds discovery and its identity', () => {
  const env = at<Template[]>(proxy, 'env');
  expect(env).toEqual(
    expect.arrayContaining([
      { name: 'CA_ADDR', value: 'istiod.istio-system.svc:15012' },
      { name: 'PROXY_CONFIG', value: '<protoToJSON .ProxyConfig>' },
      { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'SERVICE_ACCOUNT', valueFrom: { fieldRef: { fieldPath: 'spec.serviceAccountName' } } },
      { name: 'TRUST_DOMAIN', value: 'cluster.local' },
    ]),
  );
  const names = env.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test('secrets for the image are in every injected pod, if there are any', () => {
  expect(at(sidecar, 'spec.imagePullSecrets')).toBeUndefined();
  for (const template of ['sidecar', 'gateway']) {
    const [pod] = documents(templates({ sidecar: { imagePullSecrets: ['mirror'] } })[template]!);
    expect(at(pod, 'spec.imagePullSecrets')).toEqual([{ name: 'mirror' }]);
  }
});

test('a Gateway of the Gateway API becomes its ServiceAccount, Deployment and Service, which go with it', () => {
  expect(kubeGateway.map(({ kind }) => kind)).toEqual(['ServiceAccount', 'Deployment', 'Service', 'HorizontalPodAutoscaler', 'PodDisruptionBudget']);
  for (const object of kubeGateway) {
    expect(at(object, 'metadata.ownerReferences')).toEqual([{ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', name: '<.Name>', uid: '<.UID>' }]);
  }
  expect(at(kubeGateway[1], 'spec.selector.matchLabels')).toBe(at(kubeGateway[2], 'spec.selector'));
  expect(at(kubeGateway[1], 'spec.template.spec.automountServiceAccountToken')).toBe(false);
});
