import { compare, formatPath } from '../../../../components/apiserver/plugin/diff';
import { DiffKind } from '../../../../components/apiserver/plugin/messages';
import { copySecrets, isSecret, isUnknown, plain, secret } from '../../../../components/apiserver/plugin/values';

const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

describe('property values', () => {
  it('unwrap secrets at any depth', () => {
    expect(plain({ a: secret('x'), b: [secret({ c: secret(1) })] })).toEqual({ a: 'x', b: [{ c: 1 }] });
  });

  it('are marked secret once', () => {
    expect(secret(secret('x'))).toEqual(secret('x'));
    expect(isSecret({ value: 'x' })).toBe(false);
  });

  it('take over secret marks from where they were', () => {
    expect(copySecrets({ a: 'new', b: { c: 1, d: 2 }, e: ['x'] }, { a: secret('old'), b: { c: secret(0) }, e: [secret('x'), 'y'] }))
      .toEqual({ a: secret('new'), b: { c: secret(1), d: 2 }, e: secret(['x']) });
  });

  it('know the engine\'s unknown', () => {
    expect(isUnknown(UNKNOWN)).toBe(true);
    expect(isUnknown(`prefix ${UNKNOWN}`)).toBe(false);
  });
});

describe('comparison of property trees', () => {
  it('finds every place that differs, with what happens there', () => {
    const changes = compare({ a: 1, gone: 1, list: [1, { x: 1 }] }, { a: 2, come: 1, list: [1, { x: 2 }, 3] });
    expect(changes.map(({ path, kind }) => [formatPath(path), kind])).toEqual([
      ['a', DiffKind.Update], ['gone', DiffKind.Delete], ['list[1].x', DiffKind.Update], ['list[2]', DiffKind.Add], ['come', DiffKind.Add],
    ]);
  });

  it('takes becoming secret for no change, and not being known yet for one', () => {
    expect(compare({ a: 'x' }, { a: secret('x') })).toEqual([]);
    expect(compare({ a: UNKNOWN }, { a: UNKNOWN })).toHaveLength(1);
  });

  it('writes paths as Pulumi does', () => {
    expect(formatPath(['metadata', 'labels', 'app.kubernetes.io/name'])).toBe('metadata.labels["app.kubernetes.io/name"]');
    expect(formatPath(['spec', 'containers', 0, 'image'])).toBe('spec.containers[0].image');
  });
});
