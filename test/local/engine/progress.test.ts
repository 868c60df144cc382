import type { EngineEvent } from '@pulumi/pulumi/automation/events';
import type { SynthesizedObject } from '../../../constructs/core';
import { Declarations } from '../../../local/engine/declarations';
import { ProgressTracker, type ComponentProgress } from '../../../local/engine/progress';

const OBJECTS: SynthesizedObject[] = [
  { manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'a', name: 'b' } }, component: 'base', path: 'base/settings' },
  { manifest: { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'widgets.example.com' } }, component: 'base', path: 'base/crds/widgets.example.com' },
];

const done = (type: string, name: string): EngineEvent =>
  ({ sequence: 0, timestamp: 0, resOutputsEvent: { metadata: { op: 'create', type, urn: `urn:pulumi:local::kubeflow-cdk::kubeflow-cdk:index:Component$${type}::${name}`, provider: '' } } }) as unknown as EngineEvent;

function track(events: EngineEvent[]) {
  const seen: ComponentProgress[] = [];
  const tracker = new ProgressTracker(new Declarations(OBJECTS), (progress) => seen.push(progress));
  for (const event of events) tracker.handle(event);
  return { seen, summary: tracker.summary() };
}

describe('ProgressTracker', () => {
  it('counts the steps of a component, and only objects that belong to one', () => {
    const { seen } = track([done('kubernetes:core/v1:ConfigMap', 'a/b'), done('kubernetes:core/v1:ConfigMap', 'x/y'), done('pulumi:pulumi:Stack', 'kubeflow-cdk-local')]);
    expect(seen).toEqual([{ component: 'base', done: 1, failed: 0 }]);
  });

  it('sums up changes, violations and errors', () => {
    const { summary } = track([
      { sequence: 1, timestamp: 0, summaryEvent: { maybeCorrupt: false, durationSeconds: 1, resourceChanges: { create: 3 }, policyPacks: {} } } as unknown as EngineEvent,
      { sequence: 2, timestamp: 0, policyEvent: { message: 'no', color: 'never', policyName: 'host-path', policyPackName: 'all', policyPackVersion: '', policyPackVersionTag: '', enforcementLevel: 'mandatory', resourceUrn: 'urn' } },
      { sequence: 3, timestamp: 0, diagnosticEvent: { message: '<{%fg 1%}>it broke<{%reset%}>\n', color: 'never', severity: 'error' } } as unknown as EngineEvent,
    ]);
    expect(summary).toEqual({ changes: { create: 3 }, policyViolations: [{ policy: 'host-path', mandatory: true, message: 'no', resource: 'urn' }], errors: ['it broke'] });
  });

  it('leads errors back to what was declared', () => {
    const error = (message: string, urn?: string) => ({ sequence: 0, timestamp: 0, diagnosticEvent: { message, color: 'never', severity: 'error', urn } }) as unknown as EngineEvent;
    const { summary } = track([
      error('field is immutable', 'urn:pulumi:local::kubeflow-cdk::kubeflow-cdk:index:Component$kubernetes:core/v1:ConfigMap::a/b'),
      error('CustomResourceDefinition/widgets.example.com: spec.versions: Required value\nCustomResourceDefinition/others.example.com: also'),
    ]);
    expect(summary.errors).toEqual([
      'ConfigMap/a/b (declared at base/settings): field is immutable',
      'CustomResourceDefinition/widgets.example.com (declared at base/crds/widgets.example.com): spec.versions: Required value\nCustomResourceDefinition/others.example.com: also',
    ]);
  });
});
