import { App, Chart } from 'cdk8s';
import { SystemNamespace, synthesize } from '../../constructs/core';
import { evaluate, type KubernetesObject } from '../../policies';

/** What all policies say of objects. */
export interface Judged {
  /** What is not waived, as sentences. Images are pinned by tag, which is advised against; that is left out. */
  readonly open: readonly string[];
  /** What is waived, as `policy Kind/name`, sorted. */
  readonly waived: readonly string[];
  /** Kinds no policy looked at although it might have had to. */
  readonly unevaluated: readonly unknown[];
}

/** Runs every policy over objects. */
export function judged(objects: readonly KubernetesObject[]): Judged {
  const { findings, coverage } = evaluate(objects);
  const open = findings.filter(({ waived, policy }) => !waived && policy !== 'image-digest').map(({ policy, message, path }) => `${policy}: ${message} (${path})`);
  const waived = findings.filter((finding) => finding.waived).map(({ policy, object }) => `${policy} ${object.kind}/${object.name}`);
  return { open, waived: [...new Set(waived)].sort(), unevaluated: coverage.unevaluated };
}

/** The same for objects of a team, in the team's own namespace. */
export function judgedIn(namespace: string, objects: readonly KubernetesObject[]): Judged {
  const chart = new Chart(new App(), 'team');
  new SystemNamespace(chart, namespace, { quota: { cpu: { request: '8' }, memory: { request: '16Gi' } } });
  return judged([...synthesize(chart).map(({ manifest }) => manifest), ...objects]);
}
