import { InvalidInputError } from '../../constructs/core';

/** What Pulumi adds to a name it makes: a dash and seven random characters. @see https://www.pulumi.com/docs/iac/concepts/resources/names/ */
export const AUTO_NAME_SUFFIX = 8;

/** What a cloud says of the names of one kind of thing. */
export interface NameRule {
  /** What has the name, e.g. `bucket`. */
  readonly noun: string;
  readonly maxLength: number;
  readonly pattern: RegExp;
  /** The pattern in words. */
  readonly form: string;
}

/**
 * Checks the name of a component whose resources are named after it.
 *
 * @throws InvalidInputError if what Pulumi makes of it would be no name, or too long
 */
export function checkComponentName(name: string, { noun, maxLength, pattern, form }: NameRule): void {
  const most = maxLength - AUTO_NAME_SUFFIX;
  if (name.length <= most && pattern.test(name)) return;
  throw new InvalidInputError({
    property: 'name',
    value: name,
    expected: `${form}, at most ${most} characters: the name of a ${noun} has up to ${maxLength}, and ends in ${AUTO_NAME_SUFFIX} that make it unique`,
    where: name,
  });
}

/**
 * Checks a name that is used as it is given.
 *
 * @throws InvalidInputError if it is none
 */
export function checkName(property: string, value: string, rule: NameRule & { readonly minLength: number }, where: string): void {
  if (value.length >= rule.minLength && value.length <= rule.maxLength && rule.pattern.test(value)) return;
  throw new InvalidInputError({ property, value, expected: `the name of a ${rule.noun}: ${rule.form}, ${rule.minLength} to ${rule.maxLength} characters`, where });
}
