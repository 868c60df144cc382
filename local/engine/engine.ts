import type { PulumiFn } from '@pulumi/pulumi/automation';
import type { EngineEvent } from '@pulumi/pulumi/automation/events';
import type { SynthesizedObject } from '../../constructs/core';
import { Declarations } from './declarations';
import { Journal } from './journal';
import { ProgressTracker, type ComponentProgress, type RunSummary } from './progress';
import { removeStaleLocks } from './stale-lock';
import { type EngineWorkspace, openStack } from './workspace';

/** Resource operations under way at once: as many as the API server is given connections. */
const PARALLEL = 32;

/** What a run needs to know. */
export interface RunOptions {
  readonly workspace: EngineWorkspace;
  readonly program: PulumiFn;
  /** Every object the program deploys. */
  readonly objects: readonly SynthesizedObject[];
  /** Folders of policy packs. @default none */
  readonly policyPacks?: readonly string[];
  /** Folders to look for plugins in, before PATH. @default none */
  readonly pluginPath?: readonly string[];
  readonly onProgress?: (progress: ComponentProgress) => void;
  readonly onEvent?: (event: EngineEvent) => void;
  readonly signal?: AbortSignal;
}

/** A run of the engine that did not succeed; running it again resumes it. */
export class DeploymentError extends Error {
  override readonly name = 'DeploymentError';
  constructor(
    readonly summary: RunSummary,
    readonly output: string,
  ) {
    super(explanation(summary, output));
  }
}

/** What stopped a run: of the engine's words, those that say it. */
function explanation({ errors, policyViolations }: RunSummary, output: string): string {
  const refused = policyViolations.filter(({ mandatory }) => mandatory).map(({ message, resource }) => `  ${resource.slice(resource.lastIndexOf('::') + 2) || 'stack'}: ${message.trim()}`);
  const said = [...errors, ...(refused.length > 0 ? [`the policies refuse it:\n${[...new Set(refused)].join('\n')}`] : [])];
  return said.length > 0 ? said.join('\n') : output;
}

/** Runs the Pulumi engine for one stack. */
export class Engine {
  private readonly journal: Journal | undefined;

  constructor(private readonly options: RunOptions) {
    const { journal } = options.workspace;
    this.journal = journal === undefined ? undefined : new Journal(journal);
  }

  /** Objects that earlier, killed runs may have left on the cluster. */
  leftovers(): ReturnType<Journal['unfinished']> {
    return this.journal?.unfinished() ?? [];
  }

  /**
   * Brings the cluster to what the program says. After a killed run, adopts what that run had made.
   *
   * @throws DeploymentError
   */
  async up(): Promise<RunSummary> {
    const recovering = this.leftovers().length > 0;
    this.journal?.begin(this.options.objects.map(({ manifest }) => manifest));
    return this.run('up', recovering ? { PULUMI_K8S_UPSERT_EXISTING_OBJECTS: 'true' } : {});
  }

  /** Says that the run and what follows it is done: nothing is left over. */
  finish(): void {
    this.journal?.finish();
  }

  /**
   * Shows what {@link up} would do.
   *
   * @throws DeploymentError
   */
  preview(): Promise<RunSummary> {
    return this.run('preview', {});
  }

  /**
   * Removes everything the record knows, last made first gone.
   *
   * @throws DeploymentError
   */
  destroy(): Promise<RunSummary> {
    return this.run('destroy', {});
  }

  private async run(command: 'up' | 'preview' | 'destroy', env: Readonly<Record<string, string>>): Promise<RunSummary> {
    const { workspace, program, policyPacks, pluginPath, onProgress, signal } = this.options;
    if (workspace.fileBackend !== undefined) removeStaleLocks(workspace.fileBackend);
    const stack = await openStack(workspace, program, { ...this.environment(pluginPath), ...env });
    const tracker = new ProgressTracker(new Declarations(this.options.objects), onProgress ?? (() => undefined));
    const onEvent = (event: EngineEvent) => {
      tracker.handle(event);
      this.options.onEvent?.(event);
    };
    const common = { onEvent, parallel: PARALLEL, color: 'never' as const, ...(signal && { signal }), suppressOutputs: true };
    try {
      if (command === 'up') await stack.up({ ...common, policyPacks: [...(policyPacks ?? [])] });
      else if (command === 'preview') await stack.preview({ ...common, policyPacks: [...(policyPacks ?? [])] });
      else await stack.destroy(common);
    } catch (error) {
      throw new DeploymentError(tracker.summary(), error instanceof Error ? error.message : String(error));
    }
    return tracker.summary();
  }

  private environment(pluginPath: readonly string[] = []): Record<string, string> {
    const { fileBackend, journal } = this.options.workspace;
    const skipCheckpoints = fileBackend !== undefined && journal !== undefined;
    return {
      PATH: [...pluginPath, process.env['PATH'] ?? ''].join(':'),
      KUBEFLOW_CDK_NODE: process.execPath,
      // A file backend writes the whole state at every step; the journal makes up for writing it once.
      ...(skipCheckpoints && { PULUMI_SKIP_CHECKPOINTS: process.env['PULUMI_SKIP_CHECKPOINTS'] ?? 'true' }),
    };
  }
}
