import { type Manifest, synthesize } from '../../../constructs/core';
import { type ConfiguredStack, configureStack, type Declared, plan } from '../../../stacks';
import { record } from '../../components/record';

// Each deployment is a whole platform.
jest.setTimeout(60_000);

export type Values = Readonly<Record<string, unknown>>;

/** What everybody must say. */
export const MINIMAL = {
  project: 'my-project',
  region: 'europe-west4',
  domain: 'ml.example.com',
  cluster: { securityGroup: 'gke-security-groups@example.com' },
  signIn: { clientId: '123456789012-abc123.apps.googleusercontent.com', clientSecret: 'hush', hostedDomain: 'example.com' },
};

/** Everything that can be taken as it is. */
export const EXISTING = {
  ...MINIMAL,
  network: { existing: { subnetwork: 'shared' } },
  cluster: { existing: { name: 'shared' } },
  objectStore: { existing: { bucketName: 'shared' } },
  database: { existing: { instance: 'shared', engine: 'mysql' } },
  sharedFiles: { existing: { instance: 'shared', location: 'europe-west4-a' } },
  signIn: { existing: { issuer: 'https://login.example.com/realms/ml', clientId: 'kubeflow', clientSecret: 'hush' } },
};

/** The stack with a configuration. */
export const configured = (values: Values): ConfiguredStack => configureStack('gke', values);

/** A deployment over the doubles: what is registered, and the objects that would be applied. */
export async function deploy(values: Values = MINIMAL, options: { readonly preview?: boolean } = {}) {
  const made = await record(() => configured(values).declare('live'), options);
  return { ...made, objects: objectsOf(made.result), provisioned: provisionedOf(made.result) };
}

/** What there is to see without an account. */
export async function rehearse(values: Values = MINIMAL) {
  const declared = await plan(configured(values));
  return { objects: objectsOf(declared), provisioned: provisionedOf(declared), app: declared.app };
}

export function objectsOf({ app }: Declared): readonly Manifest[] {
  return synthesize(app).map(({ manifest }) => manifest);
}

function provisionedOf({ provisioned }: Declared) {
  if (!provisioned) throw new Error('no cluster');
  return provisioned;
}
