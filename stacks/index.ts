import { App } from 'cdk8s';
import type { z } from 'zod';
import { parseConfig, suggestion } from './config';
import { local } from './local';
import { onprem } from './onprem';
import type { ConfiguredStack, Stack } from './stack';

export type { ConfiguredStack, Stack, Target } from './stack';

/** A stack by a name nobody knows. */
export class UnknownStackError extends Error {
  override readonly name = 'UnknownStackError';
  constructor(stack: string) {
    super(`there is no stack '${stack}'${suggestion(stack, STACK_NAMES)}; stacks: ${STACK_NAMES.join(', ')}`);
  }
}

/** Names of all stacks. */
export const STACK_NAMES: readonly string[] = [local.name, onprem.name];

/**
 * A stack with its configuration.
 *
 * @param values configuration by key, without prefix
 * @throws UnknownStackError, ConfigError
 */
export function configureStack(name: string, values: Readonly<Record<string, unknown>>): ConfiguredStack {
  switch (name) {
    case local.name:
      return configure(local, values);
    case onprem.name:
      return configure(onprem, values);
    default:
      throw new UnknownStackError(name);
  }
}

function configure<Schema extends z.ZodObject>(stack: Stack<Schema>, values: Readonly<Record<string, unknown>>): ConfiguredStack {
  const config = parseConfig(stack.name, stack.config, values);
  return {
    name: stack.name,
    target: stack.target(config),
    synthesize: () => {
      const app = new App();
      stack.build(app, config);
      return app;
    },
  };
}
