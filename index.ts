import * as pulumi from '@pulumi/pulumi';
import { ClusterTarget, PlatformDeployment } from './components';
import { reachCluster } from './local/target';
import { configureStack } from './stacks';
import { CONFIG_NAMESPACE } from './stacks/config';

/** The program the ordinary Pulumi CLI runs: the stack of that name, with the configuration of `Pulumi.<stack>.yaml`. */
async function program(): Promise<void> {
  const prefix = `${CONFIG_NAMESPACE}:`;
  const values = Object.entries(pulumi.runtime.allConfig()).flatMap(([key, value]) => (key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : []));
  const stack = configureStack(pulumi.getStack(), Object.fromEntries(values));
  const app = stack.synthesize();
  const { kubeconfig, context } = await reachCluster(stack.target, { cluster: 'kubeflow' });
  new PlatformDeployment('platform', app, { cluster: new ClusterTarget('cluster', { kubeconfig, context }) });
}

export = program;
