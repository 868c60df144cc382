import { App } from 'cdk8s';
import { Component, type KubernetesRange } from '../../../constructs/core';
import { requireKubernetes } from '../../../constructs/core/kubernetes-range';

class Thing extends Component {}

function platform(...ranges: (KubernetesRange | undefined)[]): App {
  const app = new App();
  for (const [index, kubernetes] of ranges.entries()) new Thing(app, `thing-${index}`, { version: `${index}.0.0`, ...(kubernetes && { kubernetes }) });
  return app;
}
const said = (app: App, version: string) => () => requireKubernetes(app, version, 'eks');
const TWO = [{ oldest: '1.32', newest: '1.36' }, undefined, { oldest: '1.30', newest: '1.34' }];

it.each(['1.32', '1.34', 'v1.33', '1.34.2', '1.34.1-gke.2037000'])('every component works on %s', (version) => {
  expect(said(platform(...TWO), version)).not.toThrow();
});

it.each([
  ['1.31', 'thing-0 0.0.0 works on 1.32 to 1.36'],
  ['1.35.1', 'thing-2 2.0.0 works on 1.30 to 1.34'],
  ['1.29', 'thing-0 0.0.0 works on 1.32 to 1.36, thing-2 2.0.0 works on 1.30 to 1.34'],
])('on %s some do not, and are named', (version, reasons) => {
  expect(said(platform(...TWO), version)).toThrow(`eks: kubernetesVersion is '${version}'; expected 1.32 to 1.34, on which every component works: ${reasons}`);
});

it.each(['latest', '1', '2.1', '1.34.x', ''])('%j is no version', (version) => {
  expect(said(platform(...TWO), version)).toThrow(new Error(`eks: kubernetesVersion is '${version}'; expected 1.32 to 1.34, on which every component works`));
  expect(said(platform(undefined), version)).toThrow(new Error(`eks: kubernetesVersion is '${version}'; expected a version such as '1.34'`));
});

it('components that do not mind work on any', () => {
  expect(said(platform(undefined), '1.99')).not.toThrow();
});

it('components that have no version in common are named, whatever the version', () => {
  expect(said(platform({ oldest: '1.35', newest: '1.36' }, { oldest: '1.30', newest: '1.33' }), '1.33')).toThrow(
    "eks: kubernetesVersion is '1.33'; expected other components: no version suits all of these (thing-0 0.0.0 works on 1.35 to 1.36, thing-1 1.0.0 works on 1.30 to 1.33)",
  );
});
