import * as pulumi from '@pulumi/pulumi';
import { App, Chart } from 'cdk8s';
import { type Manifest, synthesize } from '../../../../constructs/core';
import { resourceInputs } from '../../../../components/bridge/inputs';
import { record } from '../../record';

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

export function chart(): Chart {
  return new Chart(new App(), 'consumer', { disableResourceNameHashes: true });
}

/** Objects of a chart with their deploy-time values put in, as the bridge does. */
export function objectsOf(scope: Chart): Promise<readonly Manifest[]> {
  const manifests = synthesize(scope).map((object) => resourceInputs(object.manifest));
  return new Promise((resolve) => void pulumi.output(manifests).apply((objects) => (resolve(objects as unknown as readonly Manifest[]), objects)));
}

/** A value of constructs with its deploy-time parts put in. */
export function textOf(text: string): Promise<string> {
  const { text: value } = resourceInputs({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, text });
  return new Promise((resolve) => void pulumi.output(value).apply((known) => (resolve(String(known)), known)));
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
