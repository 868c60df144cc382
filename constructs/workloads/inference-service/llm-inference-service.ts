import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checkDnsLabel, checkWholeNumber, environmentJson, InvalidInputError, namespaceOf, useImage, waiverAnnotations } from '../../core';
import type { LLMInferenceServiceProps, LlmRouter, LlmWorkload } from './llm-props';
import { resourcesWithGpus } from './pod-options';
import { checkStorageUri } from './storage-uri';

/** Schemes KServe's LLM controller knows. */
const SCHEMES = ['hf', 's3', 'pvc', 'oci'];

/**
 * A language model served by vLLM, completed from the platform's presets.
 *
 * ```ts
 * new LLMInferenceService(chart, 'llama', { model: { uri: 'hf://meta-llama/Llama-3.1-8B-Instruct' }, gpus: 1, router: { scheduler: true } });
 * ```
 *
 * @throws InvalidInputError for anything the cluster would refuse
 * @see https://github.com/kserve/kserve/blob/v0.17.0/pkg/apis/serving/v1alpha2/llm_inference_service_types.go
 */
export class LLMInferenceService extends Construct {
  readonly name: string;
  readonly namespace: string;

  constructor(scope: Construct, id: string, props: LLMInferenceServiceProps) {
    super(scope, id);
    const where = this.node.path;
    const namespace = namespaceOf(this, props.namespace);
    this.name = props.name ?? id;
    this.namespace = namespace;
    checkDnsLabel('name', this.name, where);
    checkDnsLabel('namespace', namespace, where);
    checkStorageUri('model.uri', props.model.uri, where, SCHEMES);
    props.adapters?.forEach(({ uri }, index) => checkStorageUri(`adapters[${index}].uri`, uri, where, SCHEMES));
    checkWorkload('', props, where);
    if (props.prefill) checkWorkload('prefill.', props.prefill, where);

    new ApiObject(this, 'llm-inference-service', {
      apiVersion: 'serving.kserve.io/v1alpha2',
      kind: 'LLMInferenceService',
      metadata: {
        name: this.name,
        namespace,
        labels: { ...props.labels },
        annotations: { ...props.annotations, ...(props.stopped && { 'serving.kserve.io/stop': 'true' }), ...waiverAnnotations(props.waivers, where) },
      },
      spec: {
        model: { uri: props.model.uri, name: props.model.name ?? this.name, lora: props.adapters && { adapters: props.adapters.map((adapter) => ({ ...adapter })) } },
        ...this.workload(props),
        prefill: props.prefill && this.workload(props.prefill),
        router: props.router && router(props.router),
        baseRefs: props.configs?.map((name) => ({ name })),
      },
    });
  }

  private workload(workload: LlmWorkload): object {
    const { dataParallel, tensorParallel, expertParallel } = workload;
    const parallel = dataParallel !== undefined || tensorParallel !== undefined || expertParallel !== undefined;
    return {
      replicas: workload.replicas ?? 1,
      parallelism: parallel
        ? { tensor: tensorParallel, data: dataParallel?.size, dataLocal: dataParallel?.perNode, dataRPCPort: dataParallel?.rpcPort, expert: expertParallel }
        : undefined,
      template: this.pod(workload),
      worker: dataParallel && this.pod(workload),
    };
  }

  /** What differs from the preset's pod; KServe merges it by the container's name. */
  private pod(workload: LlmWorkload): object {
    const { image, args, env, resources, gpus } = workload;
    const where = `${this.node.path}, container main`;
    return {
      containers: [
        {
          name: 'main',
          image: image && useImage(this, image),
          args,
          env: env && environmentJson(env),
          // Without amounts of their own, servers have the preset's.
          resources: resources ? resourcesWithGpus(resources, gpus, where) : gpusOnly(gpus, where),
        },
      ],
      serviceAccountName: workload.serviceAccount,
      nodeSelector: workload.nodeSelector,
      tolerations: workload.tolerations,
    };
  }
}

function gpusOnly(gpus: LlmWorkload['gpus'], where: string): object | undefined {
  if (gpus === undefined) return undefined;
  const { resource, count } = typeof gpus === 'object' ? gpus : { resource: 'nvidia.com/gpu', count: gpus };
  checkWholeNumber('gpus', count, where, { least: 1 });
  return { requests: { [resource]: String(count) }, limits: { [resource]: String(count) } };
}

function router({ route = 'managed', gateways, scheduler = false }: LlmRouter): object {
  return {
    route: route === 'managed' ? {} : { http: { refs: route.routes.map((name) => ({ name })) } },
    gateway: gateways ? { refs: gateways.map(({ namespace, name }) => ({ namespace, name })) } : {},
    scheduler: scheduler === false ? undefined : scheduler === true ? {} : { replicas: scheduler.replicas },
  };
}

function checkWorkload(prefix: string, workload: LlmWorkload, where: string): void {
  const { replicas = 1, tensorParallel, dataParallel } = workload;
  checkWholeNumber(`${prefix}replicas`, replicas, where, { least: 0 });
  if (tensorParallel !== undefined) checkWholeNumber(`${prefix}tensorParallel`, tensorParallel, where, { least: 1 });
  if (!dataParallel) return;
  checkWholeNumber(`${prefix}dataParallel.size`, dataParallel.size, where, { least: 1 });
  checkWholeNumber(`${prefix}dataParallel.perNode`, dataParallel.perNode, where, { least: 1 });
  if (dataParallel.size % dataParallel.perNode !== 0) {
    throw new InvalidInputError({ property: `${prefix}dataParallel.size`, value: dataParallel.size, expected: `a multiple of perNode, which is ${dataParallel.perNode}`, where });
  }
}
