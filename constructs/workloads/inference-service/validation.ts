import { checkDnsLabel, checkWholeNumber, InvalidInputError } from '../../core';
import type { ServingComponent, InferenceServiceProps, ModelProps } from './props';
import { checkStorageUri } from './storage-uri';

type ComponentName = 'predictor' | 'transformer' | 'explainer';

/** Longest value of a label, and longest name of a Service. */
const LONGEST_LABEL = 63;

/**
 * Checks what the webhooks, the API server or KServe's controller would refuse, some of them only after the object was accepted.
 *
 * @throws InvalidInputError naming the property
 */
export function checkInferenceService(name: string, namespace: string, props: InferenceServiceProps, where: string): void {
  checkDnsLabel('namespace', namespace, where);
  checkName(name, props, where);
  for (const component of componentsOf(props)) {
    const options = props[component];
    if (options) checkComponent(component, options, props, where);
  }
  const { predictor } = props;
  if (predictor.model) checkModel(predictor.model, where);
  if (predictor.worker) checkWorkers(predictor, props, where);
}

/** The components an InferenceService has. */
export function componentsOf(props: InferenceServiceProps): ComponentName[] {
  return (['predictor', 'transformer', 'explainer'] as const).filter((component) => props[component] !== undefined);
}

/** KServe puts `isvc.<name>-<component>` into a label of the pods it selects; a name too long fails only in the controller. */
function checkName(name: string, props: InferenceServiceProps, where: string): void {
  const affixes = componentsOf(props).map((component) => `isvc.-${component}`);
  if (props.predictor.worker) affixes.push('isvc.-predictor-worker');
  const room = LONGEST_LABEL - Math.max(...affixes.map(({ length }) => length));
  checkDnsLabel('name', name, where, room);
  if (!/^[a-z]/.test(name)) throw new InvalidInputError({ property: 'name', value: name, expected: 'a name that starts with a letter', where });
}

function checkComponent(component: ComponentName, options: ServingComponent, props: InferenceServiceProps, where: string): void {
  const { minReplicas = 1, maxReplicas = minReplicas, timeoutSeconds, scaleTarget, scaleMetric, containerConcurrency, canaryTrafficPercent } = options;
  const check = (property: string, value: number | undefined, least: number, most?: number): void => {
    if (value !== undefined) checkWholeNumber(`${component}.${property}`, value, where, { least, most });
  };
  if (options.apiAccess !== undefined && options.serviceAccount === undefined) {
    const expected = 'a ServiceAccount of its own, as apiAccess is given: what `default` may do, every pod of the namespace may';
    throw new InvalidInputError({ property: `${component}.serviceAccount`, value: options.serviceAccount, expected, where });
  }
  const canIdle = props.deploymentMode === 'Knative' || (props.autoscaler !== undefined && props.autoscaler !== 'hpa');
  check('minReplicas', minReplicas, canIdle ? 0 : 1);
  check('maxReplicas', maxReplicas, 1);
  if (maxReplicas < minReplicas) {
    throw new InvalidInputError({ property: `${component}.maxReplicas`, value: maxReplicas, expected: `at least minReplicas, which is ${minReplicas}`, where });
  }
  if (props.autoscaler === 'none' && maxReplicas !== minReplicas) {
    throw new InvalidInputError({ property: `${component}.maxReplicas`, value: maxReplicas, expected: `minReplicas (${minReplicas}), as autoscaler is 'none'`, where });
  }
  if (props.autoscaler === 'keda' && scaleMetric !== undefined) {
    throw new InvalidInputError({ property: `${component}.scaleMetric`, value: scaleMetric, expected: "nothing, as autoscaler is 'keda'", where });
  }
  if (scaleMetric === 'memory' && scaleTarget === undefined) {
    throw new InvalidInputError({ property: `${component}.scaleTarget`, value: scaleTarget, expected: 'a percentage: there is no default for memory', where });
  }
  check('scaleTarget', scaleTarget, 1, props.deploymentMode === 'Knative' ? undefined : 100);
  check('timeoutSeconds', timeoutSeconds, 1);
  check('containerConcurrency', containerConcurrency, 0);
  check('canaryTrafficPercent', canaryTrafficPercent, 0, 100);
  check('batcher.maxBatchSize', options.batcher?.maxBatchSize, 1);
  check('batcher.maxLatencyMilliseconds', options.batcher?.maxLatencyMilliseconds, 1);
}

function checkModel(model: ModelProps, where: string): void {
  if (model.storageUri !== undefined) checkStorageUri('predictor.model.storageUri', model.storageUri, where);
  if (model.storageUris) checkMounts(model.storageUris, where);
  const format = typeof model.format === 'string' ? model.format : model.format.name;
  if (format.trim() === '') throw new InvalidInputError({ property: 'predictor.model.format', value: format, expected: 'the name of a format', where });
}

function checkMounts(mounts: NonNullable<ModelProps['storageUris']>, where: string): void {
  const property = 'predictor.model.storageUris';
  if (mounts.length === 0) throw new InvalidInputError({ property, value: mounts, expected: 'at least one', where });
  const paths = mounts.map(({ mountPath = '/mnt/models' }) => mountPath);
  mounts.forEach(({ uri }, index) => checkStorageUri(`${property}[${index}].uri`, uri, where));
  paths.forEach((path, index) => {
    if (/^\/[^/]/.test(path) && !path.split('/').includes('..')) return;
    throw new InvalidInputError({ property: `${property}[${index}].mountPath`, value: path, expected: "an absolute path below '/', without '..'", where });
  });
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined) throw new InvalidInputError({ property, value: twice, expected: 'a mountPath of its own for each', where });
  const downloaded = paths.filter((_, index) => !mounts[index]?.uri.startsWith('pvc://')).map((path) => path.split('/')[1]);
  if (new Set(downloaded).size > 1) throw new InvalidInputError({ property, value: paths, expected: 'mount paths of downloads below one directory, such as /mnt', where });
}

/** KServe keeps these rules for models over several nodes. */
function checkWorkers(predictor: InferenceServiceProps['predictor'], props: InferenceServiceProps, where: string): void {
  const { worker, model } = predictor;
  for (const property of ['pipelineParallelSize', 'tensorParallelSize'] as const) {
    const value = worker?.[property];
    if (value !== undefined) checkWholeNumber(`predictor.worker.${property}`, value, where, { least: 1 });
  }
  checkStorageUri('predictor.model.storageUri', model?.storageUri ?? '', where, ['pvc', 'oci']);
  if (props.deploymentMode === 'Knative') {
    throw new InvalidInputError({ property: 'deploymentMode', value: 'Knative', expected: "'Standard', for a model over several nodes", where });
  }
  if (props.autoscaler !== undefined && props.autoscaler !== 'none') {
    throw new InvalidInputError({ property: 'autoscaler', value: props.autoscaler, expected: "'none', for a model over several nodes", where });
  }
}
