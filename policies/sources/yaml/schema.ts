import { FAILSAFE_SCHEMA, Type } from 'js-yaml';
import { plainScalar } from './scalar';

/** A tag that says what a scalar is to be read as. */
function scalar(name: string, accepts: (value: unknown) => boolean): Type {
  return new Type(`tag:yaml.org,2002:${name}`, {
    kind: 'scalar',
    resolve: (text: unknown) => accepts(text === null ? null : plainScalar(String(text))),
    construct: (text: unknown) => (text === null ? null : plainScalar(String(text))),
  });
}

/** Every scalar that is not text. One type for all, because the parser asks each type about each scalar. */
const NOT_TEXT = new Type('not-text', { kind: 'scalar', resolve: (text: string) => plainScalar(text) !== text, construct: plainScalar });

/** Tags nobody here knows say nothing to `kubectl` either: it reads the value as if it had none, a scalar as text. */
const UNKNOWN_TAGS = (['scalar', 'sequence', 'mapping'] as const).map(
  (kind) => new Type('', { kind, multi: true, construct: (data: unknown) => data ?? (kind === 'scalar' ? '' : data) }),
);

/**
 * YAML as Kubernetes' own tools read it: `privileged: yes` is true there, `0644` is octal, dates are text, and merge keys
 * are merged.
 *
 * @see https://github.com/yaml/go-yaml/blob/v2.4.2/resolve.go
 */
export const KUBERNETES_SCHEMA = FAILSAFE_SCHEMA.extend({
  implicit: [new Type('tag:yaml.org,2002:merge', { kind: 'scalar', resolve: (text: unknown) => text === '<<' }), NOT_TEXT],
  explicit: [
    scalar('null', (value) => value === null),
    scalar('bool', (value) => typeof value === 'boolean'),
    scalar('int', (value) => Number.isInteger(value)),
    scalar('float', (value) => typeof value === 'number'),
    ...UNKNOWN_TAGS,
  ],
});
