import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Manifest, synthesize } from '../../../constructs/core';
import { type ConfiguredStack, configureStack, type Declared, plan } from '../../../stacks';
import { AUTHORITY } from '../../components/aws/database/certificates';
import { record } from '../../components/record';

// Each deployment is a whole platform.
jest.setTimeout(60_000);

export type Values = Readonly<Record<string, unknown>>;

/** What everybody must say. */
export const MINIMAL = { region: 'eu-central-1', domain: 'ml.example.com' };

const CA_FILE = path.join(mkdtempSync(path.join(tmpdir(), 'eks-')), 'sql-ca.crt');
writeFileSync(CA_FILE, AUTHORITY);

/** Private subnets in three zones, of a VPC of the account. */
export const EXISTING_NETWORK = { existing: { vpcId: 'vpc-0aaaaaaaaaaaaaaaa', privateSubnetIds: ['subnet-0a000000000000001', 'subnet-0a000000000000002', 'subnet-0a000000000000003'] } };

/** Everything that can be taken as it is. */
export const EXISTING = {
  ...MINIMAL,
  network: EXISTING_NETWORK,
  cluster: { existing: { name: 'main' } },
  objectStore: { existing: { name: 'models', keyArn: 'arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-4333-8444-555555555555' } },
  database: {
    existing: { engine: 'mysql', version: '8.0', host: 'sql.corp.example.com', cidr: '10.20.0.0/16', username: 'kubeflow', password: 'hush', caFile: CA_FILE },
  },
  sharedFiles: { existing: { fileSystemId: 'fs-0123456789abcdef0' } },
  signIn: { existing: { issuer: 'https://login.example.com/realms/ml', clientId: 'kubeflow', clientSecret: 'hush' } },
};

/** The stack with a configuration. */
export const configured = (values: Values): ConfiguredStack => configureStack('eks', values);

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

/** What a deployment is refused with, and what it had registered of AWS by then. */
export async function refusal(values: Values): Promise<{ readonly message: string; readonly registered: readonly string[] }> {
  // What fails inside a stack fails the process: it is caught there.
  const { result, resources } = await record(async () => {
    try {
      await configured(values).declare('live');
    } catch (error) {
      return String(error);
    }
    throw new Error('was not refused');
  });
  return { message: result, registered: resources.filter(({ custom, type }) => custom && !type.startsWith('pulumi:')).map(({ type }) => type) };
}

function objectsOf({ app }: Declared): readonly Manifest[] {
  return synthesize(app).map(({ manifest }) => manifest);
}

function provisionedOf({ provisioned }: Declared) {
  if (!provisioned) throw new Error('no cluster');
  return provisioned;
}
