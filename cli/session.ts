import type { App } from 'cdk8s';
import { componentsOf, synthesize, type SynthesizedObject } from '../constructs/core';
import { ReleaseGraph } from '../constructs/core/release';
import { configureStack, type ConfiguredStack } from '../stacks';
import { readStackFile } from '../stacks/config';

/** A stack with all that is derived from it; everything that can be wrong with it has been said by now. */
export interface Session {
  readonly stack: ConfiguredStack;
  readonly app: App;
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
export function openSession(options: StackOptions): Session {
  const stack = configureStack(options.stack, { ...readStackFile(process.cwd(), options.stack), ...Object.fromEntries((options.config ?? []).map(keyValue)) });
  const app = stack.synthesize();
  const objects = synthesize(app);
  return { stack, app, objects, graph: ReleaseGraph.of(objects, componentsOf(app)) };
}

function keyValue(pair: string): [string, string] {
  const equals = pair.indexOf('=');
  return equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
}
