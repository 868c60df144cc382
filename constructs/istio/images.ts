import type { Image } from '../core';
import { ISTIO_VERSION } from './versions';

/** Flavour of Istio's images: `distroless` has no shell and no package manager. */
export type IstioImageVariant = 'default' | 'distroless';

/** The images of an Istio release. */
export interface IstioImages {
  /** istiod. */
  readonly pilot: Image;
  /** Envoy with its agent: gateways, and every injected sidecar. */
  readonly proxy: Image;
  /** The node agent that installs the CNI plugin. */
  readonly cni: Image;
}

/** Images of the deployed release in a flavour. */
export function istioImages(variant: IstioImageVariant = 'default'): IstioImages {
  const image = (name: string): Image => ({
    registry: 'registry.istio.io',
    repository: `release/${name}`,
    tag: variant === 'default' ? ISTIO_VERSION : `${ISTIO_VERSION}-${variant}`,
  });
  return { pilot: image('pilot'), proxy: image('proxyv2'), cni: image('install-cni') };
}
