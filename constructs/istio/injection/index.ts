export { injectorConfig, INJECTOR_CONFIG, type InjectorConfigProps } from './injector-config';
