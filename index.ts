import * as pulumi from '@pulumi/pulumi';
import { reachCluster } from './local/target';
import { configureStack } from './stacks';
import { CONFIG_NAMESPACE } from './stacks/config';
import { deployStack } from './stacks/program';

/** The program the ordinary Pulumi CLI runs: the stack of that name, with the configuration of `Pulumi.<stack>.yaml`. */
async function program(): Promise<Record<string, unknown>> {
  const prefix = `${CONFIG_NAMESPACE}:`;
  const values = Object.fromEntries(Object.entries(pulumi.runtime.allConfig()).flatMap(([key, value]) => (key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [])));
  const { name, target } = configureStack(pulumi.getStack(), values);
  return { ...(await deployStack(name, values, target.kind === 'provisioned' ? undefined : await reachCluster(target, { cluster: 'kubeflow' }))) };
}

export = program;
