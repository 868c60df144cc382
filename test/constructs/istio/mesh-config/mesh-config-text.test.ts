import { meshConfigText } from '../../../../constructs/istio/mesh-config';

const FACTS = { controlPlaneNamespace: 'istio-system', trustDomain: 'cluster.local', ingressClass: true };
const read = (...config: Parameters<typeof meshConfigText>) => JSON.parse(meshConfigText(...config));

test('has the distribution\'s defaults', () => {
  expect(read({}, FACTS)).toMatchObject({
    accessLogFile: '/dev/stdout',
    enablePrometheusMerge: true,
    tcpKeepalive: { time: '10s', interval: '5s', probes: 3 },
    rootNamespace: 'istio-system',
    trustDomain: 'cluster.local',
    defaultConfig: { discoveryAddress: 'istiod.istio-system.svc:15012' },
  });
});

test('sends no traces unless told to', () => {
  expect(read({}, FACTS).defaultConfig.tracing).toEqual({});
  expect(read({ defaultConfig: { tracing: { sampling: 5 } } }, FACTS).defaultConfig.tracing).toEqual({ sampling: 5 });
});

test('takes what is configured, and keeps what proxies must find', () => {
  const config = read(
    {
      accessLogFile: '',
      outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
      defaultConfig: { holdApplicationUntilProxyStarts: true },
      extensionProviders: [{ name: 'oauth2-proxy', envoyExtAuthzHttp: { service: 'oauth2-proxy.oauth2-proxy.svc.cluster.local', port: 80 } }],
    },
    FACTS,
  );
  expect(config).toMatchObject({
    accessLogFile: '',
    outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
    extensionProviders: [{ name: 'oauth2-proxy', envoyExtAuthzHttp: { port: 80 } }],
    defaultConfig: { holdApplicationUntilProxyStarts: true, discoveryAddress: 'istiod.istio-system.svc:15012' },
  });
});

test('no string can be taken for a boolean by a reader of YAML 1.1', () => {
  // istiod's parser is one: an unquoted OFF would reach it as false.
  const text = meshConfigText({ discoverySelectors: [{ matchLabels: { mesh: 'yes' } }] }, { ...FACTS, ingressClass: false });
  expect(text).toContain('"OFF"');
  expect(text).toContain('"yes"');
});
