import type { EngineEvent } from '@pulumi/pulumi/automation/events';
import { ProgressTracker, type ComponentProgress } from '../../../local/engine/progress';

const done = (type: string, name: string): EngineEvent =>
  ({ sequence: 0, timestamp: 0, resOutputsEvent: { metadata: { op: 'create', type, urn: `urn:pulumi:local::kubeflow-cdk::kubeflow-cdk:index:Component$${type}::${name}`, provider: '' } } }) as unknown as EngineEvent;

function track(events: EngineEvent[]) {
  const seen: ComponentProgress[] = [];
  const tracker = new ProgressTracker((type, name) => (`${type}::${name}` === 'kubernetes:core/v1:ConfigMap::a/b' ? 'base' : undefined), (progress) => seen.push(progress));
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
});
