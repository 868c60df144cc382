import type { KubernetesObject } from '../../engine/object';

type Fields = Readonly<Record<string, unknown>>;

/** A pod of a ServiceAccount, for the examples of a policy. */
export function examplePodAs(account: string | undefined, pod: Fields): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'example', namespace: 'team-a' },
    spec: { ...(account !== undefined && { serviceAccountName: account }), ...pod, containers: [{ name: 'main', image: 'registry.example.com/app:1.0' }] },
  };
}

/** A ServiceAccount, for the examples of a policy. */
export function exampleAccount(name: string, fields: Fields = {}): KubernetesObject {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: 'team-a' }, ...fields };
}
