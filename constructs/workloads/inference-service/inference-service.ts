import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { disruptionBudget, namespaceOf, templateContainer, waiverAnnotations } from '../../core';
import { modelSection, securityContext } from './model';
import { DEFAULT_RESOURCES, podOptions, resourcesWithGpus } from './pod-options';
import type { ServingComponent, ExplainerSource, InferenceServiceProps } from './props';
import { checkInferenceService, componentsOf } from './validation';
import { inferenceServiceWaivers } from './waivers';

const GROUP = 'serving.kserve.io';

/**
 * A model behind an address, served by a runtime of the platform or by containers of your own.
 *
 * ```ts
 * new InferenceService(chart, 'sklearn-iris', {
 *   predictor: { model: { format: 'sklearn', storageUri: 'gs://kfserving-examples/models/sklearn/1.0/model' } },
 * });
 * ```
 *
 * Containers are hardened as far as Pod Security `restricted` asks, have requests and limits, and get no token for the Kubernetes API.
 *
 * @throws InvalidInputError for anything the cluster would refuse
 * @see https://github.com/kserve/kserve/blob/v0.17.0/pkg/apis/serving/v1beta1/inference_service.go
 */
export class InferenceService extends Construct {
  readonly name: string;
  readonly namespace: string;
  /** Host requests go to inside the cluster, port 80: the transformer's Service where there is one, else the predictor's. */
  readonly serviceHost: string;

  constructor(scope: Construct, id: string, props: InferenceServiceProps) {
    super(scope, id);
    const where = this.node.path;
    this.name = props.name ?? id;
    this.namespace = namespaceOf(this, props.namespace);
    this.serviceHost = `${this.name}-${props.transformer ? 'transformer' : 'predictor'}.${this.namespace}.svc`;
    checkInferenceService(this.name, this.namespace, props, where);
    const mode = props.deploymentMode ?? 'Standard';

    new ApiObject(this, 'inference-service', {
      apiVersion: `${GROUP}/v1beta1`,
      kind: 'InferenceService',
      metadata: {
        name: this.name,
        namespace: this.namespace,
        labels: { ...(props.visibility === 'cluster-local' && { 'networking.kserve.io/visibility': 'cluster-local' }), ...props.labels },
        annotations: { ...props.annotations, ...modeAnnotations(props), ...waiverAnnotations(inferenceServiceWaivers(props), where) },
      },
      spec: {
        predictor: this.predictor(props.predictor, mode),
        transformer: props.transformer && { containers: props.transformer.containers.map((each) => templateContainer(this, each)), ...podOptions(props.transformer, mode) },
        explainer: props.explainer && { ...this.explainer(props.explainer), ...podOptions(props.explainer, mode) },
      },
    });
    this.disruptionBudgets(props);
  }

  private predictor(predictor: InferenceServiceProps['predictor'], mode: 'Standard' | 'Knative'): object {
    const options = podOptions(predictor, mode);
    if (predictor.containers) return { containers: predictor.containers.map((each) => templateContainer(this, each)), ...options };
    const { model, worker, sidecars } = predictor;
    return {
      model: modelSection(this, model),
      storageUris: model.storageUris?.map((mount) => ({ ...mount })),
      workerSpec: worker && { ...worker },
      containers: sidecars?.map((each) => templateContainer(this, each)),
      ...options,
    };
  }

  private explainer(explainer: ExplainerSource): object {
    if (explainer.containers) return { containers: explainer.containers.map((each) => templateContainer(this, each)) };
    const { type = 'SquareAttack', config, runtimeVersion, resources = DEFAULT_RESOURCES } = explainer.art;
    return {
      art: {
        type,
        config,
        runtimeVersion,
        resources: resourcesWithGpus(resources, undefined, `${this.node.path}, explainer.art`),
        securityContext: securityContext({}),
      },
    };
  }

  /** KServe makes none. Where one pod can go while others answer, a drained node takes one at a time. */
  private disruptionBudgets(props: InferenceServiceProps): void {
    if (props.deploymentMode === 'Knative') return;
    for (const component of componentsOf(props)) {
      if ((props[component]?.minReplicas ?? 1) < 2) continue;
      const name = `${this.name}-${component}`;
      disruptionBudget(new Construct(this, component), { name, namespace: this.namespace, selector: { app: `isvc.${name}` } });
    }
  }
}

/** The mode is always said: KServe's webhook would otherwise check a Standard service's scaling by Knative's rules. */
function modeAnnotations(props: InferenceServiceProps): Record<string, string> {
  const mode = props.deploymentMode ?? 'Standard';
  const scales = componentsOf(props).some((component) => spread(props[component]));
  return {
    [`${GROUP}/deploymentMode`]: mode,
    // An autoscaler that can change nothing only complains about metrics it cannot get.
    ...(mode === 'Standard' && { [`${GROUP}/autoscalerClass`]: props.autoscaler ?? (scales ? 'hpa' : 'none') }),
    ...(props.stopped && { [`${GROUP}/stop`]: 'true' }),
  };
}

function spread(options: ServingComponent | undefined): boolean {
  const { minReplicas = 1, maxReplicas = minReplicas } = options ?? {};
  return maxReplicas > minReplicas;
}
