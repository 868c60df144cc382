import { App } from 'cdk8s';
import type { z } from 'zod';
import { InvalidInputError } from '../constructs/core/errors';
import { aks } from './aks';
import { configFault, parseConfig, suggestion } from './config';
import { eks } from './eks';
import { gke } from './gke';
import { local } from './local';
import { onprem } from './onprem';
import type { ConfiguredStack, Stack } from './stack';

export { plan } from './plan';
export type { Cloud, ConfiguredStack, Declared, Facts, Provisioned, Stack, Target } from './stack';

/** A stack by a name nobody knows. */
export class UnknownStackError extends Error {
  override readonly name = 'UnknownStackError';
  constructor(stack: string) {
    super(`there is no stack '${stack}'${suggestion(stack, STACK_NAMES)}; stacks: ${STACK_NAMES.join(', ')}`);
  }
}

/** Names of all stacks. */
export const STACK_NAMES: readonly string[] = [local, onprem, eks, gke, aks].map(({ name }) => name);

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
    case eks.name:
      return configure(eks, values);
    case gke.name:
      return configure(gke, values);
    case aks.name:
      return configure(aks, values);
    default:
      throw new UnknownStackError(name);
  }
}

function configure<Schema extends z.ZodObject>(stack: Stack<Schema>, values: Readonly<Record<string, unknown>>): ConfiguredStack {
  const config = parseConfig(stack.name, stack.config, values);
  return {
    name: stack.name,
    target: stack.target(config),
    declare: async (facts) => {
      const app = new App();
      try {
        const provisioned = await stack.declare(app, config, facts);
        return { app, ...(provisioned && { provisioned }) };
      } catch (error) {
        throw error instanceof InvalidInputError ? configFault(stack.name, stack.config, error) : error;
      }
    },
    preflight: async (app, place) => stack.preflight?.(app, config, place),
  };
}
