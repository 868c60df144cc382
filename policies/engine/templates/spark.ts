import { type FieldPath, read } from '../field-path';
import type { KubernetesObject } from '../object';
import type { ResourceFields } from '../pod-template';
import { expand, type TemplateFinder, type TemplateShape } from './shape';

/**
 * Spark turns `memory` into a request and an equal limit, and takes the CPU request from `coreRequest`, else `cores`.
 *
 * @see https://spark.apache.org/docs/latest/running-on-kubernetes.html#spark-properties
 */
function resources(object: KubernetesObject, path: FieldPath): ResourceFields {
  const cpuRequest = read(object, ...path, 'coreRequest') === undefined ? 'cores' : 'coreRequest';
  return {
    requests: { cpu: [cpuRequest], memory: ['memory'] },
    limits: { cpu: ['coreLimit'], memory: ['memory'] },
  };
}

/** Driver and executor of a Spark application: container and pod settings stand side by side in one section. */
export function sparkApplicationAt(pattern: string): TemplateFinder {
  return (object) =>
    ['driver', 'executor'].flatMap((role) =>
      expand(object, `${pattern}.${role}`).map((path): TemplateShape => ({
        spec: path,
        metadata: path,
        securityContext: ['podSecurityContext'],
        lists: [['sidecars']],
        singles: [{ path: [], name: `spark-kubernetes-${role}`, resources: resources(object, path) }],
      })),
    );
}
