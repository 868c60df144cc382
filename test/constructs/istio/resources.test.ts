import path from 'node:path';
import { App, Chart } from 'cdk8s';
import { CustomResourceDefinitions, type Manifest } from '../../../constructs/core';
import {
  AuthorizationPolicy,
  DestinationRule,
  Gateway,
  PeerAuthentication,
  RequestAuthentication,
  Sidecar,
  VirtualService,
} from '../../../constructs/istio';

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
}

const chart = new Chart(new App(), 'chart', { disableResourceNameHashes: true });
const meta = { namespace: 'team-a' };

/** One object of every kind, with every field the types know. */
const OBJECTS = [
  new Gateway(chart, 'gateway', {
    ...meta,
    name: 'gateway',
    spec: {
      selector: { istio: 'ingressgateway' },
      servers: [
        { port: { number: 443, name: 'https', protocol: 'HTTPS' }, hosts: ['*/a.example.com'], tls: { mode: 'MUTUAL', credentialName: 'tls', minProtocolVersion: 'TLSV1_3', cipherSuites: ['ECDHE-RSA-AES128-GCM-SHA256'] } },
        { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'], tls: { httpsRedirect: true } },
      ],
    },
  }),
  new VirtualService(chart, 'virtual-service', {
    ...meta,
    name: 'virtual-service',
    spec: {
      hosts: ['a.example.com'],
      gateways: ['kubeflow/kubeflow-gateway', 'mesh'],
      exportTo: ['.'],
      http: [
        {
          name: 'routed',
          match: [{ uri: { prefix: '/x' }, method: { exact: 'GET' }, authority: { regex: '.*' }, headers: { a: { exact: '1' } }, withoutHeaders: { b: { exact: '2' } }, gateways: ['mesh'], ignoreUriCase: true }],
          route: [{ destination: { host: 'a.b.svc.cluster.local', port: { number: 80 }, subset: 'v1' }, weight: 100, headers: { request: { set: { a: 'b' }, add: { c: 'd' }, remove: ['e'] } } }],
          rewrite: { uri: '/', authority: 'b.example.com' },
          timeout: '30s',
          retries: { attempts: 2, perTryTimeout: '1.5s', retryOn: '5xx' },
          headers: { response: { set: { a: 'b' } } },
        },
        { redirect: { uri: '/y', authority: 'c.example.com', scheme: 'https', redirectCode: 302 } },
      ],
    },
  }),
  new DestinationRule(chart, 'destination-rule', {
    ...meta,
    name: 'destination-rule',
    spec: {
      host: 'a.b.svc.cluster.local',
      exportTo: ['*'],
      subsets: [{ name: 'v1', labels: { version: 'v1' }, trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } }],
      trafficPolicy: {
        tls: { mode: 'SIMPLE', sni: 'a', caCertificates: 'system', subjectAltNames: ['a'], credentialName: 'tls' },
        loadBalancer: { consistentHash: { httpCookie: { name: 'c', ttl: '10s' }, httpHeaderName: 'h', useSourceIp: true } },
        connectionPool: { tcp: { maxConnections: 1, connectTimeout: '1s' }, http: { http1MaxPendingRequests: 1, http2MaxRequests: 2, maxRequestsPerConnection: 3, idleTimeout: '1h' } },
        outlierDetection: { consecutive5xxErrors: 3, interval: '1s', baseEjectionTime: '100ms', maxEjectionPercent: 50 },
        portLevelSettings: [{ port: { number: 80 }, loadBalancer: { simple: 'ROUND_ROBIN' } }],
      },
    },
  }),
  new Sidecar(chart, 'sidecar', {
    ...meta,
    name: 'sidecar',
    spec: { workloadSelector: { labels: { app: 'a' } }, egress: [{ hosts: ['*/*'] }], outboundTrafficPolicy: { mode: 'ALLOW_ANY' } },
  }),
  new AuthorizationPolicy(chart, 'policy', {
    ...meta,
    name: 'policy',
    spec: {
      action: 'DENY',
      selector: { matchLabels: { a: 'b' } },
      rules: [
        {
          from: [{ source: { principals: ['p'], notPrincipals: ['x'], requestPrincipals: ['*'], notRequestPrincipals: ['y'], namespaces: ['q'], notNamespaces: ['r'], serviceAccounts: ['s'], ipBlocks: ['10.0.0.0/8'], notIpBlocks: ['10.1.0.0/16'], remoteIpBlocks: ['1.2.3.4'] } }],
          to: [{ operation: { hosts: ['h'], notHosts: ['i'], ports: ['80'], notPorts: ['81'], methods: ['GET'], notMethods: ['PUT'], paths: ['/a*'], notPaths: ['/b'] } }],
          when: [{ key: 'request.headers[kubeflow-userid]', values: ['u'], notValues: ['w'] }],
        },
      ],
    },
  }),
  new AuthorizationPolicy(chart, 'custom', { ...meta, name: 'custom', spec: { action: 'CUSTOM', provider: { name: 'oauth2-proxy' }, rules: [{}] } }),
  new PeerAuthentication(chart, 'peers', {
    ...meta,
    name: 'peers',
    spec: { selector: { matchLabels: { a: 'b' } }, mtls: { mode: 'STRICT' }, portLevelMtls: { 8080: { mode: 'DISABLE' } } },
  }),
  new RequestAuthentication(chart, 'requests', {
    ...meta,
    name: 'requests',
    spec: {
      selector: { matchLabels: { a: 'b' } },
      jwtRules: [
        { issuer: 'i', audiences: ['a'], jwksUri: 'https://i/jwks', jwks: '{}', fromHeaders: [{ name: 'x', prefix: 'Bearer ' }], fromParams: ['p'], fromCookies: ['c'], outputClaimToHeaders: [{ header: 'u', claim: 'email' }], outputPayloadToHeader: 'h', forwardOriginalToken: true },
      ],
    },
  }),
].map((object) => [object.kind, object.toJson() as Manifest] as const);

const definitions = new CustomResourceDefinitions(new Chart(new App(), 'crds'), 'crds', { file: path.join(__dirname, '../../../constructs/istio/crds.json') });
const crds = definitions.node.findAll().flatMap((construct) => ('toJson' in construct && typeof construct.toJson === 'function' ? [construct.toJson() as Manifest] : []));

function schemaOf({ apiVersion, kind }: Manifest): Schema {
  const [group, version] = apiVersion.split('/');
  for (const crd of crds) {
    const spec = crd.spec as { group: string; names: { kind: string }; versions: { name: string; served: boolean; schema: { openAPIV3Schema: Schema } }[] };
    const served = spec.versions.find((each) => each.name === version && each.served);
    if (spec.group === group && spec.names.kind === kind && served) return served.schema.openAPIV3Schema;
  }
  throw new Error(`no CRD serves ${apiVersion} ${kind}`);
}

/** Paths of fields that a schema does not know, or whose value it does not take. */
function unknownFields(value: unknown, schema: Schema | undefined, where: string): string[] {
  if (!schema) return [where];
  if (schema.enum && !schema.enum.includes(value)) return [`${where}=${String(value)}`];
  if (Array.isArray(value)) return value.flatMap((item, index) => unknownFields(item, schema.items, `${where}[${index}]`));
  if (typeof value !== 'object' || value === null || schema['x-kubernetes-preserve-unknown-fields']) return [];
  return Object.entries(value).flatMap(([key, item]) => unknownFields(item, schema.properties?.[key] ?? schema.additionalProperties, `${where}.${key}`));
}

test.each(OBJECTS)('every field of %s is one that its CRD serves', (_, manifest) => {
  expect(unknownFields(manifest.spec, schemaOf(manifest).properties?.spec, 'spec')).toEqual([]);
});

test('a field that no CRD has would be found', () => {
  const [, manifest] = OBJECTS[0]!;
  expect(unknownFields({ selecter: {} }, schemaOf(manifest).properties?.spec, 'spec')).toEqual(['spec.selecter']);
});

test('is referred to by namespace and name', () => {
  expect(new Gateway(chart, 'referred', { namespace: 'kubeflow', name: 'kubeflow-gateway', spec: { selector: {}, servers: [] } }).reference).toBe('kubeflow/kubeflow-gateway');
});
