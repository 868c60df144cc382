import type { FieldPath } from '../../engine/field-path';
import type { CloudResource, Fields } from '../../engine/object';
import type { PolicyDescription, ResourcePolicy } from '../../engine/policy';
import { input } from './inputs';

/** A rule over one input of a resource. */
interface RequiredSetting extends Omit<PolicyDescription, 'reach' | 'enforcement'> {
  /** @default mandatory */
  readonly enforcement?: PolicyDescription['enforcement'];
  readonly resourceTypes: readonly string[];
  readonly path: FieldPath;
  /** Whether a value is right; it is `undefined` if nothing is set. */
  isRight(value: unknown): boolean;
  /** Whether the setting means nothing for a resource. @default none is exempt */
  isExempt?(resource: CloudResource): boolean;
  /** What is wrong, given the resource's name in the stack. */
  message(name: string, value: unknown): string;
  /** What would be right. @default no patch is offered */
  readonly fix?: unknown;
}

/** A policy that asks for one input, and is decided by it alone. */
export function requiredSetting({ path, isRight, isExempt, message, fix, enforcement = 'mandatory', ...rest }: RequiredSetting): ResourcePolicy {
  return {
    ...rest,
    enforcement,
    check(resource, report) {
      if (isExempt?.(resource)) return;
      const value = input(resource, ...path);
      if (isRight(value)) return;
      report.finding({ path, found: value, message: message(resource.name, value), fix });
    },
  };
}

/** A resource for an example, called `main`. */
export function example(type: string, properties: Fields, name = 'main'): CloudResource {
  return { type, name, properties };
}
