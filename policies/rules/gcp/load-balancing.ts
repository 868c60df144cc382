import type { CloudResource, Fields } from '../../engine/object';
import type { ResourcePolicy } from '../../engine/policy';
import { inputPolicy } from '../cloud/input-policy';
import { elements, input, isNamed, isOn, isOneOf, setting } from '../cloud/inputs';
import { google } from './controls';

const SSL_POLICY = 'gcp:compute/sSLPolicy:SSLPolicy';
const PROXY = 'gcp:compute/targetHttpsProxy:TargetHttpsProxy';
const BACKEND = 'gcp:compute/backendService:BackendService';
const REGION_BACKEND = 'gcp:compute/regionBackendService:RegionBackendService';

/** Ciphers without forward secrecy, or broken. */
const WEAK = [
  'TLS_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_RSA_WITH_AES_128_CBC_SHA',
  'TLS_RSA_WITH_AES_256_CBC_SHA',
  'TLS_RSA_WITH_3DES_EDE_CBC_SHA',
];
const MODERN_VERSIONS = ['TLS_1_2', 'TLS_1_3'];

function example(type: string, properties: Fields): CloudResource {
  return { type, name: 'web', properties };
}

/** CIS Google Cloud 3.9, of the policies. */
export const sslPolicy: ResourcePolicy = {
  id: 'gcp-ssl-policy',
  title: 'SSL policies allow no weak ciphers',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: google('3.9', { v5: '3.11' }),
  rationale: 'Old ciphers and versions of TLS are read by those who record the traffic, now or once they have the key.',
  remediation: 'Set profile to RESTRICTED, or to MODERN with minTlsVersion TLS_1_2.',
  examples: { fails: example(SSL_POLICY, { profile: 'COMPATIBLE' }), passes: example(SSL_POLICY, { profile: 'MODERN', minTlsVersion: 'TLS_1_2' }) },
  resourceTypes: [SSL_POLICY, 'gcp:compute/regionSslPolicy:RegionSslPolicy'],
  check(resource, report) {
    const profile = setting(resource, 'profile');
    if (/^(RESTRICTED$|FIPS)/i.test(String(profile.value))) return;
    if (isOneOf(profile.value, 'CUSTOM')) {
      for (const { path, value } of elements(resource, 'customFeatures')) {
        if (isOneOf(value, ...WEAK)) report.finding({ path, found: value, message: `SSL policy '${resource.name}' allows the weak cipher ${String(value)}` });
      }
    } else if (isOneOf(profile.value, 'MODERN')) {
      const { path, value } = setting(resource, 'minTlsVersion');
      if (!isOneOf(value, ...MODERN_VERSIONS)) report.finding({ path, found: value, message: `SSL policy '${resource.name}' allows TLS below 1.2`, fix: 'TLS_1_2' });
    } else {
      report.finding({ path: profile.path, found: profile.value, message: `SSL policy '${resource.name}' allows weak ciphers`, fix: 'RESTRICTED' });
    }
  },
};

/** CIS Google Cloud 3.9, of the load balancers that need one. */
export const proxySslPolicy = inputPolicy({
  id: 'gcp-proxy-ssl-policy',
  title: 'Load balancers for HTTPS have an SSL policy',
  severity: 'medium',
  controls: google('3.9', { v5: '3.11' }),
  rationale: 'Without a policy a load balancer takes TLS 1.0 and every cipher that Google knows.',
  remediation: 'Declare an SSL policy with profile RESTRICTED or MODERN, and name it in sslPolicy.',
  examples: { fails: example(PROXY, { urlMap: 'web' }), passes: example(PROXY, { urlMap: 'web', sslPolicy: 'restricted' }) },
  resourceTypes: [PROXY, 'gcp:compute/regionTargetHttpsProxy:RegionTargetHttpsProxy', 'gcp:compute/targetSSLProxy:TargetSSLProxy'],
  noun: 'load balancer',
  path: ['sslPolicy'],
  meets: isNamed,
  problem: 'has the default SSL policy, which allows TLS 1.0',
});

/** Whether the backend is one of an external HTTP(S) load balancer; what holds if it does not say, differs by type. */
function isExternalHttp(resource: CloudResource): boolean {
  const regional = resource.type === REGION_BACKEND;
  const scheme = input(resource, 'loadBalancingScheme') ?? (regional ? 'INTERNAL' : 'EXTERNAL');
  const protocol = input(resource, 'protocol') ?? (regional ? 'TCP' : 'HTTP');
  return isOneOf(scheme, 'EXTERNAL', 'EXTERNAL_MANAGED') && isOneOf(protocol, 'HTTP', 'HTTPS', 'HTTP2', 'H2C');
}

/** CIS Google Cloud 2.16. */
export const loadBalancerLogging: ResourcePolicy = {
  id: 'gcp-load-balancer-logging',
  title: 'Load balancers for HTTP log requests',
  severity: 'low',
  enforcement: 'mandatory',
  controls: google('2.16', { v5: '2.17' }),
  rationale: 'The log of the load balancer has every request with its true sender, also those that never reach a pod.',
  remediation: 'Set logConfig to { enable: true, sampleRate: 1 }.',
  examples: { fails: example(BACKEND, { protocol: 'HTTP' }), passes: example(BACKEND, { protocol: 'HTTP', logConfig: { enable: true } }) },
  resourceTypes: [BACKEND, REGION_BACKEND],
  check(resource, report) {
    if (!isExternalHttp(resource)) return;
    const { path, value } = setting(resource, 'logConfig', 'enable');
    const rate = setting(resource, 'logConfig', 'sampleRate');
    if (!isOn(value)) report.finding({ path, found: value, message: `backend '${resource.name}' does not log requests`, fix: true });
    else if (rate.value === 0) report.finding({ path: rate.path, found: 0, message: `backend '${resource.name}' logs none of its requests`, fix: 1 });
  },
};
