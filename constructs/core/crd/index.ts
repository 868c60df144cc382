export { CustomResourceDefinitions, type CrdAddition, type CrdSpec, type CustomResourceDefinitionsProps } from './custom-resource-definitions';
