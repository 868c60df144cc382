import type { EngineEvent } from '@pulumi/pulumi/automation/events';
import type { Declarations } from './declarations';

/** How far one component is. */
export interface ComponentProgress {
  readonly component: string;
  readonly done: number;
  readonly failed: number;
}

/** What the engine's events add up to. */
export interface RunSummary {
  /** Steps by operation: create, update, delete, same, ... */
  readonly changes: Readonly<Record<string, number>>;
  readonly policyViolations: readonly PolicyViolation[];
  readonly errors: readonly string[];
}

/** A policy violation the engine reported. */
export interface PolicyViolation {
  readonly policy: string;
  readonly mandatory: boolean;
  readonly message: string;
  readonly resource: string;
}

const OBJECT_TYPE = /^(kubernetes:|kubeflow-cdk:index:CustomResourceDefinitions)/;

/** Follows the engine's events, by component. */
export class ProgressTracker {
  private readonly counts = new Map<string, { done: number; failed: number }>();
  private readonly violations: PolicyViolation[] = [];
  private readonly faults: string[] = [];
  private changeCounts: Record<string, number> = {};

  /**
   * @param declarations where what is deployed was declared
   * @param onProgress called at every step
   */
  constructor(
    private readonly declarations: Declarations,
    private readonly onProgress: (progress: ComponentProgress) => void,
  ) {}

  /** Takes in one event. */
  handle(event: EngineEvent): void {
    if (event.resOutputsEvent) this.step(event.resOutputsEvent.metadata.urn, event.resOutputsEvent.metadata.type, false);
    if (event.resOpFailedEvent) this.step(event.resOpFailedEvent.metadata.urn, event.resOpFailedEvent.metadata.type, true);
    if (event.summaryEvent) this.changeCounts = { ...event.summaryEvent.resourceChanges } as Record<string, number>;
    if (event.policyEvent) {
      const { policyName, enforcementLevel, message, resourceUrn } = event.policyEvent;
      this.violations.push({ policy: policyName, mandatory: enforcementLevel === 'mandatory', message, resource: resourceUrn ?? '' });
    }
    if (event.diagnosticEvent?.severity === 'error') this.faults.push(this.declarations.explain(withoutColor(event.diagnosticEvent.message).trim(), event.diagnosticEvent.urn));
  }

  summary(): RunSummary {
    return { changes: this.changeCounts, policyViolations: this.violations, errors: this.faults };
  }

  private step(urn: string, type: string, failed: boolean): void {
    if (!OBJECT_TYPE.test(type)) return;
    const component = this.declarations.componentOf(urn, type);
    if (component === undefined) return;
    const count = this.counts.get(component) ?? { done: 0, failed: 0 };
    if (failed) count.failed += 1;
    else count.done += 1;
    this.counts.set(component, count);
    this.onProgress({ component, ...count });
  }
}

/** The engine colours its messages with `<{%…%}>` directives, whatever it is told about colour. */
function withoutColor(text: string): string {
  return text.replaceAll(/<\{%[^%]*%\}>/g, '');
}
