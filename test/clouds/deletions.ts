import { readFileSync } from 'node:fs';

interface AuditEvent {
  readonly stage: string;
  readonly verb: string;
  readonly stageTimestamp: string;
  readonly user: { readonly username: string };
  readonly objectRef?: { readonly resource: string; readonly namespace?: string; readonly name?: string };
}

/** What we deleted in a cluster, by its audit log: `<resource>/<namespace>/<name>`, and when (milliseconds since the epoch). */
export function deletedInCluster(auditLog: string): readonly { readonly name: string; readonly at: number }[] {
  return readFileSync(auditLog, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as AuditEvent)
    .filter(({ stage, verb, user }) => stage === 'ResponseComplete' && verb === 'delete' && user.username === 'kubeflow-cdk:admin')
    .map(({ objectRef, stageTimestamp }) => ({ name: [objectRef?.resource, objectRef?.namespace, objectRef?.name].filter(Boolean).join('/'), at: Date.parse(stageTimestamp) }));
}
