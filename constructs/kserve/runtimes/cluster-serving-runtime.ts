import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkWholeNumber, containerWaivers, InvalidInputError, templateContainer, waiverAnnotations } from '../../core';
import { HTTP_PORT, SERVER_CONTAINER, type ServingRuntime, WORKER_CONTAINER } from './types';

/** A runtime that every namespace may use. */
export class ClusterServingRuntime extends Construct {
  /** @throws InvalidInputError for container names KServe does not know, or parallel sizes below 1 */
  constructor(scope: Construct, id: string, runtime: ServingRuntime) {
    super(scope, id);
    checkRuntime(runtime, this.node.path);
    new ApiObject(this, 'runtime', {
      apiVersion: 'serving.kserve.io/v1alpha1',
      kind: 'ClusterServingRuntime',
      metadata: {
        name: runtime.name,
        annotations: {
          'serving.kserve.io/server-type': runtime.serverType ?? runtime.name.replace(/^kserve-/, ''),
          ...waiverAnnotations([...containerWaivers([runtime.container, ...(runtime.worker ? [runtime.worker.container] : [])]), ...(runtime.waivers ?? [])], this.node.path),
        },
      },
      spec: runtimeSpec(this, runtime),
    });
  }
}

function runtimeSpec(scope: Construct, runtime: ServingRuntime): object {
  const { worker } = runtime;
  return {
    annotations: { 'prometheus.kserve.io/port': String(runtime.metricsPort ?? HTTP_PORT), 'prometheus.kserve.io/path': '/metrics' },
    supportedModelFormats: runtime.formats.map((format) => ({ ...format })),
    protocolVersions: [...runtime.protocols],
    ...(runtime.disabled && { disabled: true }),
    containers: [templateContainer(scope, runtime.container)],
    ...(runtime.volumes && { volumes: runtime.volumes.map(k8s.toJson_Volume) }),
    ...(worker && {
      workerSpec: {
        pipelineParallelSize: worker.pipelineParallelSize,
        tensorParallelSize: worker.tensorParallelSize,
        containers: [templateContainer(scope, worker.container)],
        ...(worker.volumes && { volumes: worker.volumes.map(k8s.toJson_Volume) }),
      },
    }),
  };
}

function checkRuntime(runtime: ServingRuntime, where: string): void {
  const { worker } = runtime;
  expectContainer('container.name', runtime.container.name, SERVER_CONTAINER, where);
  if (!worker) return;
  expectContainer('worker.container.name', worker.container.name, WORKER_CONTAINER, where);
  for (const property of ['pipelineParallelSize', 'tensorParallelSize'] as const) {
    checkWholeNumber(`worker.${property}`, worker[property], where, { least: 1 });
  }
}

function expectContainer(property: string, value: string, expected: string, where: string): void {
  if (value !== expected) throw new InvalidInputError({ property, value, expected: `'${expected}', the name KServe looks for`, where });
}

/**
 * Checks runtimes against each other, as KServe's webhook would refuse them one by one: two that could be chosen for the same model
 * must not have the same priority.
 *
 * @throws InvalidInputError naming the two
 */
export function checkRuntimes(runtimes: readonly ServingRuntime[], where: string): void {
  const taken = new Map<string, string>();
  for (const { name, formats, protocols, disabled } of runtimes) {
    for (const format of disabled ? [] : formats) {
      if (!format.autoSelect || format.priority === undefined) continue;
      for (const protocol of protocols) {
        const key = `${format.name.toLowerCase()} ${format.version ?? ''} ${protocol} ${format.priority}`;
        const other = taken.get(key);
        if (other !== undefined && other !== name) {
          throw new InvalidInputError({
            property: `runtimes[${name}].formats[${format.name}].priority`,
            value: format.priority,
            expected: `a priority other than that of ${other}, which could be chosen for the same models`,
            where,
          });
        }
        taken.set(key, name);
      }
    }
  }
  const names = runtimes.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new InvalidInputError({ property: 'runtimes', value: twice, expected: 'each runtime once', where });
}
