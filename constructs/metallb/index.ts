export type { BgpAdvertisement, BgpPeer, BgpProps, L2Advertisement, NodeSelector } from './advertisements';
export { METALLB_IMAGES } from './images';
export { MetalLb, type MetalLbProps } from './metallb';
export type { IpAddressPool } from './pools';
export { METALLB_VERSION } from './versions';
