import * as pulumi from '@pulumi/pulumi';
import { record } from '../../record';

export { chart, objectsOf, textOf } from '../../rendered';

export const REGION = 'eu-central-1';
export const KEY = 'arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-4333-8444-555555555555';
export const CLUSTER_GROUP = 'sg-0123456789abcdef0';

/** A network with three zones, or as many as given. */
export function network(zones = 3) {
  const names = ['a', 'b', 'c'].slice(0, zones).map((letter) => `${REGION}${letter}`);
  return {
    vpcId: pulumi.output('vpc-0123456789abcdef0'),
    cidr: pulumi.output('10.0.0.0/16'),
    zones: names,
    privateSubnetIds: names.map((zone) => pulumi.output(`subnet-private-${zone}`)),
    publicSubnetIds: names.map((zone) => pulumi.output(`subnet-public-${zone}`)),
  };
}

/** Why a program was refused, and what it had registered by then. */
export async function refusal(program: () => unknown): Promise<{ readonly message: string; readonly registered: readonly string[] }> {
  let message = 'it was not refused';
  const { resources } = await record(() => {
    try {
      program();
    } catch (error) {
      message = String(error);
    }
  });
  return { message, registered: resources.map(({ type }) => type) };
}
