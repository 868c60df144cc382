import * as pulumi from '@pulumi/pulumi';
import type { DnsZone } from '../constructs/core';
import type { Provisioned } from './stack';

/** What people need to know of a stack that made its cluster: how to get in, and what the zone above must delegate to. */
export function outputsOf({ kubeconfig, context }: Pick<Provisioned, 'kubeconfig' | 'context'>, zone?: DnsZone): Readonly<Record<string, pulumi.Output<unknown>>> {
  const made = zone && 'nameServers' in zone ? zone.nameServers : undefined;
  return {
    kubeconfig: pulumi.secret(kubeconfig),
    context: pulumi.output(context),
    ...(pulumi.Output.isInstance(made) && { nameServers: made }),
  };
}
