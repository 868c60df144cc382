import { type Manifest, synthesize } from '../../constructs/core';
import { configureStack, type Declared, plan } from '../../stacks';
import { record } from '../components/record';

/** A configuration by key. */
export type Values = Readonly<Record<string, unknown>>;

/** Deploys a stack over the doubles: what is registered, and the objects that would be applied. */
export async function deployStack(stack: string, values: Values, options: { readonly preview?: boolean } = {}) {
  const made = await record(() => configureStack(stack, values).declare('live'), options);
  return { ...made, objects: objectsOf(made.result), provisioned: provisionedOf(made.result) };
}

/** What there is to see of a stack without an account. */
export async function rehearseStack(stack: string, values: Values) {
  const declared = await plan(configureStack(stack, values));
  return { objects: objectsOf(declared), provisioned: provisionedOf(declared), app: declared.app };
}

function objectsOf({ app }: Declared): readonly Manifest[] {
  return synthesize(app).map(({ manifest }) => manifest);
}

function provisionedOf({ provisioned }: Declared) {
  if (!provisioned) throw new Error('no cluster');
  return provisioned;
}
