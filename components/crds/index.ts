export { CustomResourceDefinitions, type CustomResourceDefinitionsArgs } from './definitions';
