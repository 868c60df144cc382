export { installedOfficialProvider, installPlugin, pluginDirectory } from './install';
export { KubernetesProvider, PROVIDER_VERSION } from './provider';
export { serveProvider, type RunningProvider } from '../../components/apiserver/plugin/server';
