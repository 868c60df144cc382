import { readFileSync } from 'node:fs';

interface AuditEvent {
  readonly stage: string;
  readonly verb: string;
  readonly requestURI: string;
  readonly user: { readonly username: string };
  readonly objectRef?: { readonly apiGroup?: string; readonly resource: string; readonly namespace?: string; readonly name?: string; readonly subresource?: string };
  readonly responseStatus: { readonly code: number };
}

/** Writes of our own user in an API server's audit log, from a byte offset on: those that failed, and objects that were written more than once. */
export function auditedWrites(file: string, offset: number): { readonly failed: readonly string[]; readonly repeated: readonly string[] } {
  const writes = readFileSync(file)
    .subarray(offset)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as AuditEvent)
    .filter(({ stage, user, verb }) => stage === 'ResponseComplete' && user.username === 'kubeflow-cdk:admin' && ['create', 'update', 'patch', 'delete'].includes(verb))
    .filter(({ objectRef }) => objectRef !== undefined && !objectRef.resource.endsWith('reviews'));
  const times = new Map<string, number>();
  for (const { objectRef } of writes) {
    const key = [objectRef?.apiGroup, objectRef?.resource, objectRef?.namespace, objectRef?.name, objectRef?.subresource].join('/');
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  return {
    failed: writes.filter(({ responseStatus }) => responseStatus.code >= 400).map(({ verb, requestURI, responseStatus }) => `${verb} ${requestURI}: ${responseStatus.code}`),
    repeated: [...times].filter(([, count]) => count > 1).map(([key, count]) => `${key}: ${count} times`),
  };
}
