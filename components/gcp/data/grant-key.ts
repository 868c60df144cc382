import type { ServiceAccountRef } from '../../../constructs/core';

/** What a grant is called: by who may do what on what, so that it stays itself when constructs are renamed or asked twice. */
export function grantKey(component: string, { namespace, name }: ServiceAccountRef, ...what: readonly string[]): string {
  return [component, namespace, name, ...what].join('/');
}
