import { App, Chart } from 'cdk8s';
import * as pulumi from '@pulumi/pulumi';
import { resourceInputs } from '../../components/bridge/inputs';
import { type Manifest, synthesize } from '../../constructs/core';

/** A chart that consumers of a component declare their objects in. */
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
