import { isObject } from '../../components/apiserver/objects';
import type { CheckFailure } from '../../components/apiserver/plugin/messages';
import { isUnknown, plain } from '../../components/apiserver/plugin/values';

/** Configuration of the provider, as the official one names it. */
export interface ProviderConfig {
  readonly kubeconfig?: string;
  readonly context?: string;
  /** Namespace of namespaced objects that name none. */
  readonly namespace?: string;
  /** Take over objects that exist already and belong to someone else. */
  readonly upsertExistingObjects: boolean;
}

/** Keys of the official provider that mean nothing here, or only what is done anyway. */
const IGNORED = new Set([
  'version', 'pluginDownloadURL', 'cluster', 'clusterIdentifier', 'suppressDeprecationWarnings', 'suppressHelmHookWarnings', 'deleteUnreachable',
  'skipUpdateUnreachable', 'enableConfigMapMutable', 'enableSecretMutable', 'kubeClientSettings', 'helmReleaseSettings', 'enableReplaceCRD',
  'enableServerSideApply', 'strictMode',
]);
const USED = ['kubeconfig', 'context', 'namespace', 'upsertExistingObjects'];

/** What is wrong with a configuration. */
export function checkConfig(inputs: Record<string, unknown>): CheckFailure[] {
  const failures: CheckFailure[] = [];
  for (const [property, value] of Object.entries(inputs)) {
    if (isUnknown(value)) continue;
    if (property === 'enableServerSideApply' && flag(value) === false) {
      failures.push({ property, reason: 'is false, but this provider only applies on the server; leave it out or set it to true' });
    } else if (property === 'renderYamlToDirectory') {
      failures.push({ property, reason: 'is not supported by this provider; write YAML with `kubeflow-cdk synth`' });
    } else if (!IGNORED.has(property) && !USED.includes(property)) {
      failures.push({ property, reason: `is not a setting of the Kubernetes provider; it has ${USED.join(', ')}` });
    } else if (property === 'upsertExistingObjects' && flag(value) === undefined) {
      failures.push({ property, reason: `is ${JSON.stringify(plain(value))}, must be true or false` });
    } else if (['context', 'namespace'].includes(property) && typeof plain(value) !== 'string') {
      failures.push({ property, reason: `is ${JSON.stringify(plain(value))}, must be a string` });
    }
  }
  return failures;
}

/** Reads a checked configuration. */
export function readConfig(inputs: Record<string, unknown>): ProviderConfig {
  const values = plain(inputs);
  const get = (key: string): unknown => (isObject(values) ? values[key] : undefined);
  const kubeconfig = get('kubeconfig');
  return {
    kubeconfig: typeof kubeconfig === 'string' ? kubeconfig : isObject(kubeconfig) ? JSON.stringify(kubeconfig) : undefined,
    context: text(get('context')),
    namespace: text(get('namespace')),
    upsertExistingObjects: flag(get('upsertExistingObjects') ?? process.env['PULUMI_K8S_UPSERT_EXISTING_OBJECTS']) ?? false,
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Provider configuration carries booleans as text. */
function flag(value: unknown): boolean | undefined {
  const bare = plain(value);
  if (bare === true || bare === 'true') return true;
  if (bare === false || bare === 'false') return false;
  return undefined;
}
