import { App } from 'cdk8s';
import type { Construct } from 'constructs';
import { type CertificateIssuer, type Manifest, type Mesh, type ServingCertificate, type ServingCertificateRequest, synthesize } from '../../../constructs/core';
import { KServe, type KServeProps } from '../../../constructs/kserve';

/** An issuer that remembers what it was asked for. */
export class RememberedCertificates implements CertificateIssuer {
  readonly requests: ServingCertificateRequest[] = [];

  servingCertificate(_: Construct, __: string, request: ServingCertificateRequest): ServingCertificate {
    this.requests.push(request);
    return { secretName: request.secretName, injectCa: { 'test/inject-ca-from': `${request.namespace}/${request.name}` } };
  }
}

export const MESH: Mesh = {
  meshVersion: '1.30.1',
  controlPlaneNamespace: 'istio-system',
  trustDomain: 'cluster.local',
  ingressGateway: { gateway: 'kubeflow/kubeflow-gateway', namespace: 'istio-system', service: 'istio-ingressgateway', pods: { istio: 'ingressgateway' } },
  clusterLocalGateway: { gateway: 'istio-system/cluster-local-gateway', namespace: 'istio-system', service: 'cluster-local-gateway', pods: { app: 'cluster-local-gateway' } },
};

type Given = Partial<KServeProps>;

/** KServe in an app of its own, with what a test cares about; through a mesh unless the test says otherwise. */
export function kserve(given: Given = {}): { readonly app: App; readonly component: KServe; readonly manifests: Manifest[]; readonly certificates: RememberedCertificates } {
  const app = new App();
  const certificates = new RememberedCertificates();
  const exposure = 'ingress' in given || 'mesh' in given ? {} : { mesh: MESH };
  const component = new KServe(app, 'kserve', { certificates, ...exposure, ...given } as KServeProps);
  return { app, component, certificates, manifests: synthesize(app).map(({ manifest }) => manifest) };
}

/** The one object of a kind and name. */
export function find(manifests: readonly Manifest[], kind: string, name: string): Manifest {
  const found = manifests.filter((manifest) => manifest.kind === kind && manifest.metadata.name === name);
  if (found.length !== 1) throw new Error(`${found.length} objects are ${kind}/${name}`);
  return found[0] as Manifest;
}

/** A value deep in an object, by path. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown> | undefined)?.[key], value);
}
