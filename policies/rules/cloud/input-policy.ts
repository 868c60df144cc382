import type { FieldPath } from '../../engine/field-path';
import type { CloudResource } from '../../engine/object';
import type { PolicyDescription, Problem, ResourcePolicy } from '../../engine/policy';
import { input } from './inputs';

/** A policy that one input of a resource decides. */
export interface InputPolicy extends Omit<PolicyDescription, 'reach' | 'enforcement'> {
  /** @default mandatory */
  readonly enforcement?: PolicyDescription['enforcement'];
  readonly resourceTypes: readonly string[];
  /** What people call such a resource, e.g. `storage account`. */
  readonly noun: string;
  readonly path: FieldPath;
  /** Where else the input may stand: in other versions of the API or of the provider. @default nowhere */
  readonly otherwise?: readonly FieldPath[];
  /** Whether the policy has anything to say about a resource. @default about all */
  applies?(resource: CloudResource): boolean;
  /** Whether a value is right; `undefined` is an absent one. */
  meets(value: unknown, resource: CloudResource): boolean;
  /** Whether the input is left to a default that is right: that is reported as advice. @default never */
  isDefaulted?(value: unknown, resource: CloudResource): boolean;
  /** What is wrong with the resource: how the sentence `storage account 'x' …` goes on. */
  readonly problem: string | ((value: unknown) => string);
  /** What would be right. @default no patch is offered */
  readonly fix?: unknown;
  /** The patch, where it takes more than the input alone. @default `fix` */
  mend?(resource: CloudResource): Pick<Problem, 'fix' | 'fixAt'>;
}

/** Makes the policy over one input. */
export function inputPolicy({ noun, path: stated, otherwise = [], applies, meets, isDefaulted, problem, fix, mend, enforcement = 'mandatory', ...description }: InputPolicy): ResourcePolicy {
  return {
    ...description,
    enforcement,
    check(resource, report) {
      if (applies && !applies(resource)) return;
      const path = [stated, ...otherwise].find((each) => input(resource, ...each) !== undefined) ?? stated;
      const value = input(resource, ...path);
      const finding = (said: string) => ({ path, found: value, message: `${noun} '${resource.name}' ${said}`, ...(mend?.(resource) ?? { fix }) });
      if (isDefaulted?.(value, resource)) report.finding({ ...finding(`leaves ${path.join('.')} to the default of the provider`), enforcement: 'advisory' });
      else if (!meets(value, resource)) report.finding(finding(typeof problem === 'string' ? problem : problem(value)));
    },
  };
}
