export { ConfigError, CONFIG_NAMESPACE, parseConfig } from './parse';
export { localConfig, onpremConfig, platformConfig, type LocalConfig, type OnpremConfig, type PlatformConfig } from './schema';
export { readStackFile } from './stack-file';
export { suggestion } from './suggestion';
