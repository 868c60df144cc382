import * as pulumi from '@pulumi/pulumi';
import { ClusterDrain, ClusterTarget, PlatformDeployment } from '../components';
import { synthesize } from '../constructs/core';
import { capacityOf, requireRoom } from './capacity';
import { CONFIG_NAMESPACE } from './config';
import { configureStack } from './index';
import type { Declared, Provisioned, ReachedPlace } from './stack';

/**
 * The Pulumi program of a stack: what the platform stands on, then the platform.
 *
 * @param values configuration by key; secrets among them are read from Pulumi's own configuration, which has decrypted them
 * @param place of a stack that does not make its cluster
 * @returns outputs of the stack
 * @throws RunError whose cause is a ConfigError, a CapacityError or another that is about the input
 */
export async function deployStack(name: string, values: Readonly<Record<string, unknown>>, place?: ReachedPlace): Promise<Provisioned['outputs']> {
  try {
    return await deploy(name, values, place);
  } catch (error) {
    // What is wrong with the input is said in its own words: where in the program it was found helps nobody.
    throw error instanceof Error && INPUT_ERRORS.has(error.name) ? Object.assign(new pulumi.RunError(error.message), { cause: error }) : error;
  }
}

const INPUT_ERRORS: ReadonlySet<string> = new Set(['ConfigError', 'InvalidInputError', 'AwsSignInError', 'GcpSignInError', 'AzureSignInError', 'CapacityError']);

async function deploy(name: string, values: Readonly<Record<string, unknown>>, place: ReachedPlace | undefined): Promise<Provisioned['outputs']> {
  const stack = configureStack(name, decrypted(values));
  const { app, provisioned } = await stack.declare('live');
  if (provisioned) return deployWithCluster(app, provisioned);
  if (!place) throw new Error(`stack '${name}' makes no cluster, and none was reached`);
  await stack.preflight(app, place);
  new PlatformDeployment('platform', app, { cluster: new ClusterTarget('cluster', place) });
  return {};
}

function deployWithCluster(app: Declared['app'], { kubeconfig, context, readyAfter, leftovers, nodePools, outputs }: Provisioned): Provisioned['outputs'] {
  requireRoom(capacityOf(synthesize(app), nodePools));
  const place = { kubeconfig, context };
  if (!leftovers) {
    new PlatformDeployment('platform', app, { cluster: new ClusterTarget('cluster', { ...place, readyAfter }) });
    return outputs;
  }
  const drain = new ClusterDrain('volumes', { ...place, leftovers }, { dependsOn: [...readyAfter] });
  const platform = new PlatformDeployment('platform', app, { cluster: new ClusterTarget('cluster', { ...place, readyAfter: [drain, ...readyAfter] }) });
  new ClusterDrain('workloads', { ...place, leftovers }, { dependsOn: [platform] });
  return outputs;
}

function decrypted(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const config = pulumi.runtime.allConfig();
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, hasSecret(value) ? (config[`${CONFIG_NAMESPACE}:${key}`] ?? value) : value]));
}

/** Whether there is a value in it that `pulumi config set --secret` wrote. */
function hasSecret(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return 'secure' in value || Object.values(value).some(hasSecret);
}
