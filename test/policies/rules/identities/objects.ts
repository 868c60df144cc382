import { type KubernetesObject, UnknownValueError } from '../../../../policies';

type Fields = Readonly<Record<string, unknown>>;

/** A Pod in team-a. */
export function pod(spec: Fields, metadata: Fields = { name: 'web', namespace: 'team-a' }): KubernetesObject {
  const containers = { containers: [{ name: 'main', image: 'x' }] };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: Object.defineProperties(containers, Object.getOwnPropertyDescriptors(spec)) };
}

/** A ServiceAccount in team-a. */
export function account(name: string, fields: Fields = {}): KubernetesObject {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: 'team-a' }, ...fields };
}

/** An Argo Workflow of templates with a container each. */
export function workflow(spec: Fields, templates: readonly Fields[]): KubernetesObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    metadata: { name: 'flow', namespace: 'team-a' },
    spec: { ...spec, templates: templates.map((template) => ({ container: { image: 'x' }, ...template })) },
  };
}

/** A TrainJob that completes the pods of its runtime. */
export function trainJob(spec: Fields): KubernetesObject {
  return { apiVersion: 'trainer.kubeflow.org/v1alpha1', kind: 'TrainJob', metadata: { name: 'mnist', namespace: 'team-a' }, spec: { podTemplateOverrides: [{ spec }] } };
}

/** A mapping whose one field a preview does not know. */
export function unknownField(name: string): Fields {
  return Object.defineProperty({}, name, {
    enumerable: true,
    get() {
      throw new UnknownValueError('the value is not known yet');
    },
  });
}
