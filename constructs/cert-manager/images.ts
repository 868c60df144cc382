import type { Image } from '../core/image';
import { CERT_MANAGER_VERSION } from './versions';

const PLATFORMS = ['linux/amd64', 'linux/arm', 'linux/arm64', 'linux/ppc64le', 'linux/s390x'] as const;

function image(program: string): Image {
  return { registry: 'quay.io', repository: `jetstack/cert-manager-${program}`, tag: `v${CERT_MANAGER_VERSION}`, platforms: PLATFORMS };
}

/** Images of cert-manager. `acmeSolver` stands in an argument of the controller, which starts its pods. */
export const CERT_MANAGER_IMAGES = {
  controller: image('controller'),
  webhook: image('webhook'),
  caInjector: image('cainjector'),
  acmeSolver: image('acmesolver'),
} as const;
