import type { KubernetesObject } from '../../engine/object';

/** A pod for a policy's examples: one container, and whatever pod settings the example is about. */
export function examplePod(container: Readonly<Record<string, unknown>>, pod: Readonly<Record<string, unknown>> = {}): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'example', namespace: 'team-a' },
    spec: { ...pod, containers: [{ name: 'main', image: 'registry.example.com/app:1.0', ...container }] },
  };
}
