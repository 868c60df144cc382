import { App, Testing } from 'cdk8s';
import type { Construct } from 'constructs';
import { type CertificateIssuer, objectName, type ServingCertificateRequest, synthesize } from '../../../constructs/core';
import { JobSet, type JobSetProps } from '../../../constructs/jobset';

/** Any field of an object, for looking into what came out. */
export type Json = ReturnType<typeof Testing.synth>[number];

/** An issuer that remembers what was asked of it. */
export function recordingIssuer() {
  const requests: ServingCertificateRequest[] = [];
  const issuer: CertificateIssuer = {
    servingCertificate: (_scope, _id, request) => {
      requests.push(request);
      return { secretName: request.secretName, injectCa: { 'test/inject-ca-from': `${request.namespace}/${request.name}` } };
    },
  };
  return { issuer, requests };
}

/** The objects below a construct, and the one of a kind and name. */
export function objectsOf(scope: Construct) {
  const all: Json[] = synthesize(scope).map(({ manifest }) => manifest);
  return {
    all,
    names: all.map((object) => objectName(object)),
    ofKind: (kind: string) => all.filter((object) => object.kind === kind),
    one: (kind: string, name: string): Json => {
      const found = all.filter((object) => object.kind === kind && object.metadata.name === name);
      if (found.length !== 1) throw new Error(`${found.length} objects ${kind}/${name}`);
      return found[0];
    },
  };
}

/** Every string in a value. */
export function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(stringsOf);
}

/** Verbs that a role's rules give on a resource. */
export function verbsOn(role: Json, group: string, resource: string): string[] {
  const rules: Json[] = role.rules.filter((rule: Json) => rule.apiGroups?.includes(group) && rule.resources?.includes(resource));
  return [...new Set(rules.flatMap((rule) => rule.verbs as string[]))].sort();
}

/** A JobSet in an app of its own. */
export function jobSet(props: Partial<JobSetProps> = {}) {
  const app = new App();
  const { issuer, requests } = recordingIssuer();
  const component = new JobSet(app, 'jobset', { certificates: issuer, ...props });
  return { app, component, requests, ...objectsOf(component) };
}
