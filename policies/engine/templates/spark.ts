import { type FieldPath, read } from '../field-path';
import type { KubernetesObject } from '../object';
import type { ResourceFields } from '../pod-template';
import { all, expand, overrideAt, type TemplateFinder } from './shape';

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

/**
 * Driver and executor of a Spark application: container and pod settings stand side by side in one section, volumes of
 * both in the application, and a `template` may hold what has no setting.
 *
 * @see https://www.kubeflow.org/docs/components/spark-operator/reference/api/
 */
export function sparkApplicationAt(pattern: string): TemplateFinder {
  const volumes: TemplateFinder = (object) => expand(object, pattern).map((spec) => ({ spec, partial: true }));
  return all(volumes, roleAt(pattern, 'driver'), roleAt(pattern, 'executor'));
}

function roleAt(pattern: string, role: 'driver' | 'executor'): TemplateFinder {
  const name = `spark-kubernetes-${role}`;
  const section: TemplateFinder = (object) =>
    expand(object, `${pattern}.${role}`).map((path) => ({
      spec: path,
      metadata: path,
      securityContext: ['podSecurityContext'],
      lists: [{ path: ['sidecars'] }],
      singles: [{ path: [], name, resources: resources(object, path) }],
    }));
  return all(section, overrideAt(`${pattern}.${role}.template`, name));
}
