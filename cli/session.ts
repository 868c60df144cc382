import type { App } from 'cdk8s';
import { componentsOf, synthesize, type SynthesizedObject } from '../constructs/core';
import { ReleaseGraph } from '../constructs/core/release';
import { configureStack, plan, type ConfiguredStack, type Provisioned } from '../stacks';
import { readStackFile, withOverrides } from '../stacks/config';

/** A stack with all that is derived from it; everything that can be wrong with it has been said by now. */
export interface Session {
  readonly stack: ConfiguredStack;
  /** Configuration as it was given, by key. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly app: App;
  /** The cluster, if the stack makes it: its outputs are not known here. */
  readonly provisioned?: Provisioned;
  readonly objects: readonly SynthesizedObject[];
  readonly graph: ReleaseGraph;
}

/** Options that choose and configure a stack. */
export interface StackOptions {
  readonly stack: string;
  /** `key=value` pairs that go over the stack's file. */
  readonly config?: readonly string[];
}

/**
 * Configures and synthesises a stack; its file `Pulumi.<stack>.yaml` is read from the working directory.
 *
 * @throws ConfigError, UnknownStackError, InvalidInputError, DuplicateObjectError, ReleaseCycleError
 */
export async function openSession(options: StackOptions): Promise<Session> {
  const values = withOverrides(readStackFile(process.cwd(), options.stack), options.config ?? []);
  const stack = configureStack(options.stack, values);
  const { app, provisioned } = await plan(stack);
  const objects = synthesize(app);
  return { stack, values, app, objects, graph: ReleaseGraph.of(objects, componentsOf(app)), ...(provisioned && { provisioned }) };
}
