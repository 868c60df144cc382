export { type ImageReader, Registry, type RegistryArgs } from './registry';
export type { Upstream, UpstreamCredentials, UpstreamRegistry } from './upstreams';
