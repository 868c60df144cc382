import { checkDnsLabel, checkObjectName, hasToken, InvalidInputError } from '../core';
import type { ExtensionProvider, MeshConfig } from './mesh-config';
import type { IstioProps } from './props';

/** Providers that Istio itself defines. */
const BUILT_IN_PROVIDERS = ['prometheus', 'stackdriver', 'envoy'];
const DOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
/** A host of a Gateway: `*`, or a name whose leftmost label may be `*`; perhaps after a namespace. */
const GATEWAY_HOST = /^([-a-z0-9.*]+\/)?(\*|(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)$/;

/**
 * Checks what types cannot say.
 *
 * @throws InvalidInputError for the first property that is not right
 */
export function checkIstioProps(props: IstioProps, where: string): void {
  const fail = (property: string, value: unknown, expected: string): never => {
    throw new InvalidInputError({ property, value, expected, where });
  };
  for (const property of ['trustDomain', 'clusterDomain'] as const) {
    const value = props[property];
    if (value !== undefined && !hasToken(value) && !DOMAIN.test(value)) fail(property, value, "a domain such as 'cluster.local'");
  }
  if (props.logLevel !== undefined && !/^[a-z0-9-]+:[a-z]+(,[a-z0-9-]+:[a-z]+)*$/.test(props.logLevel)) {
    fail('logLevel', props.logLevel, "scopes with levels, such as 'default:info,ads:debug'");
  }

  const { hosts, tls, gatewayNamespace } = props.ingress ?? {};
  if (hosts?.length === 0) fail('ingress.hosts', hosts, 'at least one host; leave it out for every host');
  hosts?.forEach((host, index) => {
    if (!hasToken(host) && !GATEWAY_HOST.test(host)) fail(`ingress.hosts[${index}]`, host, "a DNS name, '*.' and a DNS name, or '*'");
  });
  if (tls) checkObjectName('Secret', tls.secretName, `${where}, ingress.tls.secretName`);
  if (gatewayNamespace !== undefined) checkDnsLabel('ingress.gatewayNamespace', gatewayNamespace, where);

  props.sidecar?.imagePullSecrets?.forEach((name, index) => checkObjectName('Secret', name, `${where}, sidecar.imagePullSecrets[${index}]`));
  props.sidecar?.visibleNamespaces?.forEach((name, index) => checkDnsLabel(`sidecar.visibleNamespaces[${index}]`, name, where));

  for (const property of ['binDir', 'confDir'] as const) {
    const value = props.cni?.[property];
    if (value !== undefined && !value.startsWith('/')) fail(`cni.${property}`, value, 'an absolute path on the nodes');
  }
  if (props.cni?.namespace === 'kube-system') fail('cni.namespace', 'kube-system', 'a namespace of its own, which is made and closed off here');
  checkMeshConfig(props.meshConfig ?? {}, fail);
}

function checkMeshConfig(config: MeshConfig, fail: (property: string, value: unknown, expected: string) => never): void {
  const names = new Set<string>();
  config.extensionProviders?.forEach((provider, index) => {
    const property = `meshConfig.extensionProviders[${index}]`;
    if (names.has(provider.name)) fail(`${property}.name`, provider.name, 'a name no other provider has');
    names.add(provider.name);
    const port = calledPort(provider);
    if (port !== undefined && (!Number.isInteger(port) || port < 1 || port > 65_535)) fail(`${property}.port`, port, 'a port number from 1 to 65535');
  });
  for (const [purpose, providers] of Object.entries(config.defaultProviders ?? {})) {
    for (const name of providers) {
      if (!names.has(name) && !BUILT_IN_PROVIDERS.includes(name)) {
        fail(`meshConfig.defaultProviders.${purpose}`, name, `one of ${[...names, ...BUILT_IN_PROVIDERS].map((known) => `'${known}'`).join(', ')}`);
      }
    }
  }
  const sampling = config.defaultConfig?.tracing?.sampling;
  if (sampling !== undefined && !(sampling >= 0 && sampling <= 100)) fail('meshConfig.defaultConfig.tracing.sampling', sampling, 'a percentage from 0 to 100');
}

function calledPort(provider: ExtensionProvider): number | undefined {
  return Object.values(provider).flatMap((value: unknown) =>
    typeof value === 'object' && value !== null && 'port' in value && typeof value.port === 'number' ? [value.port] : [],
  )[0];
}
