import { mergePatches } from '../../../policies/report/merge-patches';

const at = (path: string, patch: Record<string, unknown> | undefined, found: unknown = null) => ({ path, patch, found });
const container = (name: string, fields: object) => ({ spec: { containers: [{ name, ...fields }] } });

describe('patches of one object', () => {
  it('are one, list elements by name, in the order of the findings', () => {
    expect(
      mergePatches([
        at('a', container('main', { securityContext: { privileged: false } })),
        at('b', container('proxy', { securityContext: { runAsNonRoot: true } })),
        at('c', container('main', { securityContext: { runAsNonRoot: true } })),
        at('d', { metadata: { labels: { x: 'y' } } }),
        at('e', undefined),
      ]),
    ).toEqual([
      {
        spec: { containers: [{ name: 'main', securityContext: { privileged: false, runAsNonRoot: true } }, { name: 'proxy', securityContext: { runAsNonRoot: true } }] },
        metadata: { labels: { x: 'y' } },
      },
    ]);
  });

  it('are none if there are none', () => {
    expect(mergePatches([])).toEqual([]);
    expect(mergePatches([at('a', undefined)])).toEqual([]);
  });

  it('keep two that agree as one', () => {
    expect(mergePatches([at('a', { spec: { drop: ['ALL'] } }), at('b', { spec: { drop: ['ALL'] } })])).toEqual([{ spec: { drop: ['ALL'] } }]);
  });

  it('come one after the other where they disagree, and only there', () => {
    expect(mergePatches([at('a', { spec: { n: 1, x: true } }), at('b', { spec: { n: 2 } }), at('c', { spec: { y: true } })])).toEqual([{ spec: { n: 1, x: true, y: true } }, { spec: { n: 2 } }]);
  });

  it('leave in a list what both leave, of two that take away from it', () => {
    const found = ['NET_RAW', 'SYS_ADMIN', 'CHOWN'];
    const add = (value: unknown) => ({ spec: { add: value } });
    expect(mergePatches([at('add', add(['SYS_ADMIN', 'CHOWN']), found), at('add', add(['NET_RAW', 'CHOWN']), found)])).toEqual([add(['CHOWN'])]);
    expect(mergePatches([at('add', add(['SYS_ADMIN']), found), at('add', add(null), found)])).toEqual([add(null)]);
  });

  it('put into a list what either puts in, of two that add to it', () => {
    const types = (...value: string[]) => ({ enabledClusterLogTypes: value });
    expect(mergePatches([at('logs', types('api', 'audit'), ['api']), at('logs', types('api', 'scheduler'), ['api'])])).toEqual([types('api', 'audit', 'scheduler')]);
    expect(mergePatches([at('logs', types('audit')), at('logs', types('api'))])).toEqual([types('audit', 'api')]);
  });

  it('set no field of what is deleted', () => {
    expect(mergePatches([at('a', container('x', { $patch: 'delete' })), at('b', container('x', { image: 'y' }))])).toEqual([container('x', { $patch: 'delete' })]);
    expect(mergePatches([at('b', container('x', { image: 'y' })), at('a', container('x', { $patch: 'delete' }))])).toEqual([container('x', { $patch: 'delete' })]);
  });
});
