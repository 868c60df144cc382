import { type FieldPath, read } from '../../engine/field-path';
import { apiGroup, type KubernetesObject } from '../../engine/object';
import type { PodTemplate } from '../../engine/pod-template';
import type { PolicyContext } from '../../engine/policy';
import { type Setting, setting } from '../../engine/setting';
import { isBuiltIn } from '../../engine/templates/built-in';

/** The account of pods that name none. */
export const DEFAULT_ACCOUNT = 'default';

/** The ServiceAccount that a pod names. */
export interface PodAccount {
  /** Where it is named, or should be. */
  readonly path: FieldPath;
  /** `undefined` if the pod names none, so that it runs as `default`. */
  readonly name: string | undefined;
}

const TOKEN = 'automountServiceAccountToken';
/** The second is the field's old name, which the API server still reads. */
const ACCOUNT_FIELDS = ['serviceAccountName', 'serviceAccount'] as const;
const SPARK = 'sparkoperator.k8s.io';

/** Kinds whose pods get their account from the object that uses them: there is no field for it. */
const WITHOUT_ACCOUNT: ReadonlySet<string> = new Set(['ServingRuntime', 'ClusterServingRuntime', 'ClusterStorageContainer']);
/** Kinds whose pods complete those of a configuration, or are completed by it. */
const COMPLETED: ReadonlySet<string> = new Set(['LLMInferenceService', 'LLMInferenceServiceConfig']);

/** Where a pod template leaves its account, and whether to mount the token, to the workflow around it. */
const isSilent = (template: PodTemplate): boolean => [TOKEN, ...ACCOUNT_FIELDS].every((field) => !isStated(setting(template, field).value));

/** Whether a value stands there; the API server takes an empty name for none. */
function isStated(value: unknown): boolean {
  return value !== undefined && value !== '';
}

/**
 * Whether the account of a template is to be judged: it makes pods of its own, and is not one more of several that leave
 * everything to the same workflow.
 */
export function hasOwnPod(template: PodTemplate, object: KubernetesObject, context: PolicyContext): boolean {
  if (isKServe(object) && WITHOUT_ACCOUNT.has(object.kind)) return false;
  // The settings that the templates of a workflow have in common are no pod.
  if (template.containers.length === 0 && !isBuiltIn(object)) return template.partial;
  if (!template.outer || !isSilent(template)) return true;
  return context.podTemplates(object).find((other) => other.outer && other.containers.length > 0 && isSilent(other)) === template;
}

/** Whether what a template does not say about its account may be said in another object. */
export function isCompleted(template: PodTemplate, object: KubernetesObject): boolean {
  if (template.partial || (isKServe(object) && COMPLETED.has(object.kind))) return true;
  // A model server is completed by a runtime, which cannot name an account.
  if (isKServe(object)) return false;
  const containers = template.containers.filter(({ role }) => role === 'container');
  return containers.length > 0 && containers.every(({ partial }) => partial);
}

/**
 * The ServiceAccount that a pod names, itself or through the workflow around it.
 *
 * @throws UnknownValueError if it is not known yet
 */
export function accountOf(template: PodTemplate, object: KubernetesObject): PodAccount {
  const spark = apiGroup(object) === SPARK;
  for (const place of template.outer ? [template, template.outer] : [template]) {
    for (const field of ACCOUNT_FIELDS) {
      const { path, value } = setting(place, field);
      if (isStated(value)) return { path, name: typeof value === 'string' ? value : undefined };
    }
  }
  if (spark && template.path.at(-1) === 'executor') {
    // Executors run as the account of their driver, unless they name one.
    const path = [...template.path.slice(0, -1), 'driver', 'serviceAccount'];
    const value = read(object, ...path);
    if (typeof value === 'string' && value !== '') return { path, name: value };
  }
  return { path: [...(template.outer ?? template).path, spark ? 'serviceAccount' : 'serviceAccountName'], name: undefined };
}

/** Whether a pod gets the token of its account, as far as it, or the workflow around it, says. */
export function tokenOf(template: PodTemplate): Setting {
  const own = setting(template, TOKEN);
  return own.value === undefined && template.outer ? setting(template.outer, TOKEN) : own;
}

/** Whether a pod mounts a token of its account by itself, whatever it says about the one that is mounted automatically. */
export function projectsToken(template: PodTemplate): boolean {
  const volumes = setting(template, 'volumes').value;
  if (!Array.isArray(volumes)) return false;
  return volumes.some((_, index) => {
    const sources = setting(template, 'volumes', index, 'projected', 'sources').value;
    return Array.isArray(sources) && sources.some((__, source) => setting(template, 'volumes', index, 'projected', 'sources', source, 'serviceAccountToken').value !== undefined);
  });
}

/** The patch that keeps the token out of the pod; none where the kind has no field for it. */
export function withoutToken(object: KubernetesObject, { path }: Setting): { fix?: false; fixAt?: FieldPath } {
  return apiGroup(object) === SPARK ? {} : { fix: false, fixAt: path };
}

function isKServe(object: KubernetesObject): boolean {
  return apiGroup(object) === 'serving.kserve.io';
}
