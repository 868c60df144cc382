import { App, Chart } from 'cdk8s';
import { type Manifest, synthesize } from '../../../../constructs/core';
import { InferenceService, type InferenceServiceProps, LLMInferenceService, type LLMInferenceServiceProps } from '../../../../constructs/workloads/inference-service';

/** A model that differs from test to test only in what matters. */
export const MODEL = { format: 'sklearn', storageUri: 'gs://bucket/model' } as const;
export const IMAGE = { registry: 'docker.io', repository: 'team/program', tag: '1' };
export const RESOURCES = { cpu: { request: '1' }, memory: { request: '1Gi' } };
export const OWN = { name: 'kserve-container', image: IMAGE, resources: RESOURCES };

/** Objects of one InferenceService in namespace `team`. */
export function inferenceService(props: InferenceServiceProps, id = 'iris'): { readonly construct: InferenceService; readonly objects: Manifest[]; readonly object: Manifest } {
  const chart = new Chart(new App(), 'chart', { namespace: 'team' });
  const construct = new InferenceService(chart, id, props);
  const objects = synthesize(chart).map(({ manifest }) => manifest);
  return { construct, objects, object: objects.find(({ kind }) => kind === 'InferenceService') as Manifest };
}

/** The object of one LLMInferenceService in namespace `team`. */
export function llmInferenceService(props: LLMInferenceServiceProps, id = 'llama'): Manifest {
  const chart = new Chart(new App(), 'chart', { namespace: 'team' });
  new LLMInferenceService(chart, id, props);
  return synthesize(chart)[0]?.manifest as Manifest;
}
