import type { CloudResource } from '../../engine/object';
import { cis } from '../cis';
import { elements, input, isOff, isOn, setting } from '../cloud/inputs';
import { isEverywhere } from '../cloud/network';
import { cluster, clusterPolicy } from './cluster';

const NETWORKS = 'masterAuthorizedNetworksConfig';

/** Whether the control plane has no IP endpoint at all: it is reached by its DNS name, through IAM. */
function hasNoIpEndpoint(resource: CloudResource): boolean {
  return isOff(input(resource, 'controlPlaneEndpointsConfig', 'ipEndpointsConfig', 'enabled'));
}

/** CIS GKE 5.6.3: the control plane answers known networks only. */
export const authorizedNetworks = clusterPolicy({
  id: 'gke-authorized-networks',
  title: 'GKE control planes answer authorised networks only',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ gke: '5.6.3' }),
  rationale:
    'A control plane that anyone can reach is one stolen token, or one flaw in the API server, away from anyone. With ' +
    'authorised networks only the addresses you name get as far as the login.',
  remediation: `Set ${NETWORKS} to the networks from which you administer the cluster, none of them 0.0.0.0/0; without cidrBlocks no external one is let in.`,
  examples: {
    fails: cluster({ masterAuthorizedNetworksConfig: { cidrBlocks: [{ cidrBlock: '0.0.0.0/0' }] } }),
    passes: cluster({ masterAuthorizedNetworksConfig: { cidrBlocks: [{ cidrBlock: '203.0.113.0/24', displayName: 'office' }] } }),
  },
  checkCluster(resource, report) {
    if (hasNoIpEndpoint(resource)) return;
    const { path, value } = setting(resource, NETWORKS);
    if (value === undefined) {
      report.finding({ path, found: value, message: `the control plane of cluster '${resource.name}' is not limited to authorised networks` });
      return;
    }
    for (const block of elements(resource, NETWORKS, 'cidrBlocks')) {
      const range = setting(resource, ...block.path, 'cidrBlock');
      if (!isEverywhere(range.value)) continue;
      report.finding({ ...range, found: range.value, message: `the control plane of cluster '${resource.name}' answers the whole internet` });
    }
  },
});

/** CIS GKE 5.6.4: the control plane has no public endpoint. */
export const privateEndpoint = clusterPolicy({
  id: 'gke-private-endpoint',
  title: 'GKE control planes have no public endpoint',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ gke: '5.6.4' }),
  rationale:
    'A private endpoint is reached from inside the network only, so that an attacker needs a foothold there before even ' +
    'talking to the API server.',
  remediation: 'Set privateClusterConfig.enablePrivateEndpoint to true (and enablePrivateNodes, which it needs).',
  examples: {
    fails: cluster({ privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: false } }),
    passes: cluster({ privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: true } }),
  },
  checkCluster(resource, report) {
    const { path, value } = setting(resource, 'privateClusterConfig', 'enablePrivateEndpoint');
    if (isOn(value)) return;
    const dns = setting(resource, 'controlPlaneEndpointsConfig', 'dnsEndpointConfig', 'allowExternalTraffic');
    if (hasNoIpEndpoint(resource) && !isOn(dns.value)) return;
    report.finding({ path, found: value, message: `the control plane of cluster '${resource.name}' has a public endpoint`, fix: true });
  },
});
