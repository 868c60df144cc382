import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { environmentJson, namespaceOf, parseImage, useImage, waiverAnnotations } from '../../core';
import { patchJson, patchOfNodes, type RuntimePatch } from './patches';
import type { InitializerProps, TrainJobProps } from './props';
import { resourcesPerNode } from './resources';
import { checkPatches, checkTrainJob } from './validation';

/**
 * A distributed training job.
 *
 * ```ts
 * new TrainJob(chart, 'mnist', { runtime: existingRuntime('torch-distributed'), nodes: 4, gpus: 1, command: ['torchrun', '/work/mnist.py'] });
 * ```
 *
 * @throws InvalidInputError for anything the cluster would refuse, as far as the runtime is known
 * @see https://github.com/kubeflow/trainer/blob/v2.2.0/pkg/apis/trainer/v1alpha1/trainjob_types.go
 */
export class TrainJob extends Construct {
  readonly name: string;
  readonly namespace: string;

  constructor(scope: Construct, id: string, props: TrainJobProps) {
    super(scope, id);
    const where = this.node.path;
    this.name = props.name ?? id;
    this.namespace = namespaceOf(this, props.namespace);
    checkTrainJob(this.name, this.namespace, props, where);
    const patches: readonly RuntimePatch[] = [...(props.pods ? [patchOfNodes(props.pods, props.runtime)] : []), ...(props.runtimePatches ?? [])];
    checkPatches(patches, props, where);

    new ApiObject(this, 'train-job', {
      apiVersion: 'trainer.kubeflow.org/v1alpha1',
      kind: 'TrainJob',
      metadata: { name: this.name, namespace: this.namespace, labels: { ...props.labels }, annotations: { ...props.annotations, ...waiverAnnotations(props.waivers, where) } },
      spec: {
        runtimeRef: { apiGroup: 'trainer.kubeflow.org', kind: props.runtime.kind, name: props.runtime.name },
        ...((props.dataset || props.model) && {
          initializer: { dataset: props.dataset && initializer(props.dataset), model: props.model && initializer(props.model) },
        }),
        trainer: this.trainer(props),
        ...(patches.length > 0 && { runtimePatches: patches.map(patchJson) }),
        suspend: props.suspend,
        activeDeadlineSeconds: props.activeDeadlineSeconds,
        managedBy: props.managedBy,
      },
    });
  }

  private trainer(props: TrainJobProps): Record<string, unknown> {
    const { image, gpus } = props;
    return {
      image: image === undefined ? undefined : useImage(this, typeof image === 'string' ? parseImage(image) : image),
      command: props.command,
      args: props.args,
      env: props.env && environmentJson(props.env),
      numNodes: props.nodes,
      numProcPerNode: props.processesPerNode,
      resourcesPerNode: resourcesPerNode({ ...props.resources, gpus }, props.runtime.nodeResources, this.node.path),
    };
  }
}

function initializer(props: InitializerProps): Record<string, unknown> {
  return {
    storageUri: props.storageUri,
    env: props.env && environmentJson(props.env),
    secretRef: props.secretName === undefined ? undefined : { name: props.secretName },
  };
}
