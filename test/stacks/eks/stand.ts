import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ConfiguredStack, configureStack } from '../../../stacks';
import { AUTHORITY } from '../../components/aws/database/certificates';
import { record } from '../../components/record';
import { deployStack, rehearseStack, type Values } from '../deployment';

// Each deployment is a whole platform.
jest.setTimeout(60_000);

export type { Values };

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
export const deploy = (values: Values = MINIMAL, options: { readonly preview?: boolean } = {}) => deployStack('eks', values, options);

/** What there is to see without an account. */
export const rehearse = (values: Values = MINIMAL) => rehearseStack('eks', values);

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
