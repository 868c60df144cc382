import path from 'node:path';
import type { Construct } from 'constructs';
import { checkVersion, Component, CustomResourceDefinitions, type CrdAddition, type Provided } from '../core';
import { GATEWAY_API_VERSION } from './versions';

/** The Gateway API's kinds (Gateway, HTTPRoute, ...), which some implementation in the cluster serves. */
export interface GatewayApiKinds extends Provided {
  /** Version of the bundle, e.g. `1.4.0`. */
  readonly gatewayApiVersion: string;
}

/** Reviewed by Kubernetes' API machinery; the API server refuses CRDs of a `k8s.io` group without it. */
const APPROVED_IN = 'https://github.com/kubernetes-sigs/gateway-api/pull/3328';

/**
 * CRDs of the Gateway API, standard channel. It has no controller of its own: a mesh or an ingress controller serves it.
 *
 * @see https://github.com/kubernetes-sigs/gateway-api/tree/v1.4.0/config/crd/standard
 */
export class GatewayApi extends Component implements GatewayApiKinds {
  readonly gatewayApiVersion = GATEWAY_API_VERSION;

  constructor(scope: Construct, id: string) {
    super(scope, id, { version: GATEWAY_API_VERSION });
    new CustomResourceDefinitions(this, 'crds', { file: path.join(__dirname, 'crds.json'), add: bundleMetadata });
  }
}

/** Implementations read the bundle's version and channel from every CRD; kubectl and policy controllers the policy label. */
function bundleMetadata(name: string): CrdAddition {
  return {
    annotations: {
      'api-approved.kubernetes.io': APPROVED_IN,
      'gateway.networking.k8s.io/bundle-version': `v${GATEWAY_API_VERSION}`,
      'gateway.networking.k8s.io/channel': 'standard',
    },
    ...(name.startsWith('backendtlspolicies.') && { labels: { 'gateway.networking.k8s.io/policy': 'Direct' } }),
  };
}

/** Oldest bundle that has everything the platform uses: HTTPRoute `v1` with request timeouts (1.2). */
const OLDEST = '1.2.0';

/**
 * The Gateway API as it is in the cluster already, installed by a mesh or a cloud.
 *
 * @param version version of the bundle, as the CRDs' annotation `gateway.networking.k8s.io/bundle-version` says
 * @throws InvalidInputError for a version that is none, or older than 1.2
 */
export function existingGatewayApi(version: string): GatewayApiKinds {
  const expected = `a version of the Gateway API from ${OLDEST} on, such as '${GATEWAY_API_VERSION}'`;
  return { gatewayApiVersion: checkVersion(version, { range: `^${OLDEST}`, expected, where: 'existingGatewayApi' }) };
}
