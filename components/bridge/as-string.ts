import * as pulumi from '@pulumi/pulumi';
import { createToken } from '../../constructs/core/token';

/**
 * Lets a value that Pulumi knows only at deploy time into constructs: the result stands for it wherever a string may
 * stand, also inside a longer string or JSON in a ConfigMap. It may not be part of an object's name, namespace or kind.
 *
 * Secret outputs stay secret; unknown ones are unknown where they stand and nowhere else.
 *
 * @param output what the string will be
 * @param description what it is, for error messages
 */
export function asString(output: pulumi.Output<string>, description = 'a Pulumi Output'): string {
  return createToken(output, description);
}
