import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { environmentJson, type SecurityOverrides, useImage } from '../../core';
import { DEFAULT_RESOURCES, resourcesWithGpus } from './pod-options';
import type { ModelProps } from './props';

/** The `model` section of a predictor: what differs from the runtime, which KServe merges it over. */
export function modelSection(scope: Construct, model: ModelProps): object {
  const { format, storage } = model;
  return {
    modelFormat: typeof format === 'string' ? { name: format } : { ...format },
    runtime: model.runtime,
    runtimeVersion: model.runtimeVersion,
    protocolVersion: model.protocol,
    storageUri: model.storageUri,
    storage: storage && { key: storage.key, path: storage.path, parameters: storage.parameters, schemaPath: storage.schemaPath },
    image: model.image && useImage(scope, model.image),
    args: model.args,
    env: model.env && environmentJson(model.env),
    resources: resourcesWithGpus(model.resources ?? DEFAULT_RESOURCES, model.gpus, `${scope.node.path}, predictor.model`),
    readinessProbe: model.readiness && k8s.toJson_Probe(model.readiness),
    livenessProbe: model.liveness && k8s.toJson_Probe(model.liveness),
    startupProbe: model.startup && k8s.toJson_Probe(model.startup),
    securityContext: securityContext(model.security ?? {}),
  };
}

/** All that Pod Security `restricted` asks for, also where a runtime of someone's own leaves it out. The user is the runtime's. */
export function securityContext({ addCapabilities, privileged, writableRoot, ...rest }: SecurityOverrides): object {
  return {
    allowPrivilegeEscalation: privileged ?? false,
    runAsNonRoot: true,
    privileged,
    // What is not said here is the runtime's.
    readOnlyRootFilesystem: writableRoot === undefined ? undefined : false,
    capabilities: { drop: ['ALL'], ...(addCapabilities && { add: [...addCapabilities] }) },
    seccompProfile: { type: 'RuntimeDefault' },
    ...rest,
  };
}
