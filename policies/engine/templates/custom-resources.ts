import { apiGroup, type KubernetesObject, type ObjectKind } from '../object';
import { BATCH } from './batch';
import { KUBEFLOW } from './kubeflow';
import { OPERATORS } from './operators';
import { SERVING } from './serving';
import type { TemplateFinder } from './shape';

const CUSTOM_RESOURCES: ReadonlyMap<string, TemplateFinder> = new Map([...KUBEFLOW, ...SERVING, ...BATCH, ...OPERATORS]);

/** Where a custom resource keeps its pod templates, if its kind is known. */
export function customResourceTemplates(object: KubernetesObject): TemplateFinder | undefined {
  return CUSTOM_RESOURCES.get(key(object));
}

/** Whether a kind is among the custom ones whose pod templates are known. */
export function isKnownCustomResource(kind: ObjectKind): boolean {
  return CUSTOM_RESOURCES.has(key(kind));
}

function key(object: ObjectKind): string {
  return `${apiGroup(object)}/${object.kind}`;
}
