/** URN of a resource in the stack `prod` of the project `shop`. */
export function urn(type: string, name: string): string {
  return `urn:pulumi:prod::shop::${type}::${name}`;
}

/** State of a resource, as `pulumi stack export` writes it. */
export function state(type: string, name: string, inputs: object, more: object = {}): object {
  return { urn: urn(type, name), custom: true, id: `${name}-1234`, type, inputs, outputs: { ...inputs, status: {} }, parent: urn('pulumi:pulumi:Stack', 'shop-prod'), ...more };
}

/** Output of `pulumi stack export`. */
export function exported(...resources: object[]): string {
  const manifest = { time: '2026-01-01T00:00:00Z', magic: 'x', version: 'v3.259.0' };
  return JSON.stringify({ version: 3, deployment: { manifest, secrets_providers: { type: 'passphrase' }, resources, metadata: {} } }, undefined, 4);
}

/** Output of `pulumi preview --json`. */
export function preview(steps: readonly object[], same = 0): string {
  return JSON.stringify({ config: { 'aws:region': 'eu-west-1' }, steps, diagnostics: [{ message: 'x', severity: 'info' }], duration: 12, changeSummary: { create: 1, same } }, undefined, 4);
}

/** Step of a preview. */
export function step(op: string, newState: object | undefined, oldState: object | undefined = undefined): object {
  return { op, urn: Reflect.get(newState ?? oldState ?? {}, 'urn'), ...(oldState && { oldState }), ...(newState && { newState }), detailedDiff: null };
}

export const STACK = { urn: urn('pulumi:pulumi:Stack', 'shop-prod'), custom: false, type: 'pulumi:pulumi:Stack' };
export const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
