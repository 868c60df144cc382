export { Registry, type RegistryArgs } from './registry';
export type { Upstream, UpstreamRegistry } from './upstreams';
