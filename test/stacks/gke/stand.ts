import { type ConfiguredStack, configureStack } from '../../../stacks';
import { deployStack, rehearseStack, type Values } from '../deployment';

// Each deployment is a whole platform.
jest.setTimeout(60_000);

export type { Values };

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
export const deploy = (values: Values = MINIMAL, options: { readonly preview?: boolean } = {}) => deployStack('gke', values, options);

/** What there is to see without an account. */
export const rehearse = (values: Values = MINIMAL) => rehearseStack('gke', values);
