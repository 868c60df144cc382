import type { KubernetesObject, ObjectKind } from './object';
import type { Container, PodTemplate } from './pod-template';
import type { ObjectPolicy, PolicyContext, Report } from './policy';
import { builtInTemplate, isBuiltIn } from './templates/built-in';
import { UnknownValueError } from './unknown-value';

/** A policy over pods: everything but how it walks an object. */
export type PodPolicy = Omit<ObjectPolicy, 'appliesTo' | 'check'> & {
  /** Looks at the pod as a whole. */
  checkPod?(template: PodTemplate, report: Report, context: PolicyContext, object: KubernetesObject): void;
  /** Looks at one container, of whichever role. */
  checkContainer?(container: Container, report: Report, context: PolicyContext, object: KubernetesObject): void;
};

/** Makes a policy that looks at every pod template of an object, and at every container in it. */
export function podPolicy({ checkPod, checkContainer, ...about }: PodPolicy): ObjectPolicy {
  return {
    ...about,
    appliesTo: mayHoldPods,
    check(object: KubernetesObject, report: Report, context: PolicyContext): void {
      for (const template of context.podTemplates(object)) {
        for (const path of template.opaque ?? []) report.undecided({ at: template, path, reason: 'pods in text are not looked into' });
        if (checkPod) decide(template, report, () => checkPod(template, report, context, object));
        if (!checkContainer) continue;
        for (const container of template.containers) decide(container, report, () => checkContainer(container, report, context, object));
      }
    },
  };
}

/** Whether an object's kind makes pods, or is a custom one that may. */
export function mayHoldPods(object: ObjectKind): boolean {
  return !isBuiltIn(object) || builtInTemplate(object) !== undefined;
}

/** One unknown value leaves one container undecided, not the others. */
function decide(at: Container | PodTemplate, report: Report, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof UnknownValueError)) throw error;
    report.undecided({ at, path: error.path ?? at.path, reason: error.message });
  }
}
