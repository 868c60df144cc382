import type { App } from 'cdk8s';
import { type ConfiguredStack, configureStack, type Facts, type Provisioned } from '../../../stacks';
import { record, type Recording } from '../../components/record';

/** The least there is to say. */
export const MINIMAL = { location: 'westeurope', domain: 'ml.example.com', dns: { zone: 'existing', resourceGroup: 'dns' } };

export const EXISTING_NETWORK = { existing: { resourceGroup: 'kubeflow', virtualNetwork: { resourceGroup: 'hub', name: 'spoke', subnets: { nodes: 'nodes', apiServer: 'api', endpoints: 'endpoints', database: 'mysql' } } } };

/** The stack with a configuration. */
export const configured = (values: Readonly<Record<string, unknown>>): ConfiguredStack => configureStack('aks', values);

export interface Declared {
  readonly app: App;
  readonly provisioned: Provisioned;
}

/** What a deployment registers, with Azure's answers from the doubles and {@link managementApi}. */
export async function deployed(values: Readonly<Record<string, unknown>> = {}, options: { readonly preview?: boolean; readonly facts?: Facts } = {}): Promise<Recording<Declared>> {
  return record(async () => {
    const { app, provisioned } = await configured({ ...MINIMAL, ...values }).declare(options.facts ?? 'live');
    if (!provisioned) throw new Error('the stack made no cluster');
    return { app, provisioned };
  }, options);
}

/** What a program is refused with, and what it had registered by then. */
export async function refusal(values: Readonly<Record<string, unknown>>): Promise<{ readonly message: string; readonly registered: readonly string[] }> {
  // What fails inside a stack fails the process: it is caught there.
  const { result, resources } = await record(async () => {
    try {
      await configured({ ...MINIMAL, ...values }).declare('live');
      return 'it was not refused';
    } catch (error) {
      return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    }
  });
  return { message: result, registered: resources.filter(({ custom, type }) => custom && !type.startsWith('pulumi:')).map(({ type }) => type) };
}

const { fetchDouble }: { fetchDouble: typeof fetch } = require('../../doubles/azure-management');

/** Azure's management API, which is asked for sizes and versions: answers in place of the network. */
export function managementApi(): void {
  jest.spyOn(globalThis, 'fetch').mockImplementation(fetchDouble);
}
