import type { EdgeCollector } from '../edge-collector';
import { fieldsOf, isFields, listOf, textOf } from '../fields';
import type { BarrierNode, ObjectNode } from '../model';
import type { ObjectIndex } from '../object-index';
import type { EdgeRule } from '../rule';

const GROUP = 'serving.kserve.io';

/**
 * What KServe picks by itself, before what it picks for: runtimes by model format where an InferenceService names none,
 * storage containers, and the presets every LLMInferenceService is merged with.
 *
 * @see https://github.com/kserve/kserve/blob/v0.17.0/pkg/apis/serving/v1beta1/predictor_model.go
 */
export const servingDefaultRule: EdgeRule = (index, edges) => {
  const runtimes = autoSelectedRuntimes(index, edges);
  const containers = index.ofKind(GROUP, 'ClusterStorageContainer');
  const storage = edges.barrier('serving/storage', 'storage containers of KServe');
  for (const node of containers) edges.require(storage, node, { kind: 'serving-default', detail: '' });
  for (const node of index.ofKind(GROUP, 'InferenceService')) {
    const model = fieldsOf(fieldsOf(fieldsOf(node.object.manifest.spec).predictor).model);
    const format = textOf(fieldsOf(model.modelFormat).name);
    const { namespace } = node.object.manifest.metadata;
    if (format && !textOf(model.runtime)) {
      for (const barrier of [runtimes.get(`/${format}`), namespace ? runtimes.get(`${namespace}/${format}`) : undefined]) {
        if (barrier) edges.require(node, barrier, { kind: 'serving-default', detail: 'spec.predictor.model.modelFormat' });
      }
    }
    if (textOf(model.storageUri)) edges.require(node, storage, { kind: 'serving-default', detail: 'spec.predictor.model.storageUri' });
  }
  presets(index, edges);
};

/** Runtimes that may be picked, by `namespace/format`; the namespace of a cluster's runtimes is empty. */
function autoSelectedRuntimes(index: ObjectIndex, edges: EdgeCollector): ReadonlyMap<string, BarrierNode> {
  const barriers = new Map<string, BarrierNode>();
  const add = (node: ObjectNode): void => {
    const namespace = node.object.manifest.metadata.namespace ?? '';
    listOf(fieldsOf(node.object.manifest.spec).supportedModelFormats).forEach((value, i) => {
      const format = isFields(value) && value.autoSelect === true ? textOf(value.name) : undefined;
      if (!format) return;
      const key = `${namespace}/${format}`;
      const barrier = edges.barrier(`serving/${key}`, `serving runtimes for ${format}${namespace ? ` in Namespace/${namespace}` : ''}`);
      barriers.set(key, barrier);
      edges.require(barrier, node, { kind: 'serving-default', detail: `spec.supportedModelFormats[${i}]` });
    });
  };
  index.ofKind(GROUP, 'ClusterServingRuntime').forEach(add);
  index.ofKind(GROUP, 'ServingRuntime').forEach(add);
  return barriers;
}

function presets(index: ObjectIndex, edges: EdgeCollector): void {
  const namespaces = new Set(index.controllerNamespaces(GROUP, 'LLMInferenceService'));
  const barrier = edges.barrier('serving/presets', 'presets of LLMInferenceService');
  for (const node of index.ofKind(GROUP, 'LLMInferenceServiceConfig')) {
    if (namespaces.has(node.object.manifest.metadata.namespace ?? '')) edges.require(barrier, node, { kind: 'serving-default', detail: '' });
  }
  for (const node of index.ofKind(GROUP, 'LLMInferenceService')) edges.require(node, barrier, { kind: 'serving-default', detail: 'spec' });
}
