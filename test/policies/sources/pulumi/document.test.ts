import { dump } from 'js-yaml';
import { objectsIn } from '../../../../policies/sources/documents';
import { readPulumi } from '../../../../policies/sources/pulumi/document';
import { ignored, names, place, problems } from '../read';
import { exported, preview, STACK, state, step, urn } from './states';

const BUCKET = 'aws:s3/bucketV2:BucketV2';
const bucket = (name: string, inputs: object = { acl: 'private' }, more: object = {}) => state(BUCKET, name, inputs, more);
const pod = (name: string) => state('kubernetes:core/v1:Pod', name, { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { hostPID: true } });

describe('pulumi stack export', () => {
  it('holds objects and cloud resources; components, providers and what goes are not judged', () => {
    const text = exported(
      STACK,
      state('pulumi:providers:aws', 'default', { region: 'x' }),
      state('my:component:Thing', 'thing', {}, { custom: false }),
      pod('p'),
      bucket('b'),
      bucket('old', {}, { delete: true }),
      bucket('replaced', {}, { pendingReplacement: true }),
      bucket('read', {}, { external: true }),
      state('kubernetes:helm.sh/v4:Chart', 'chart', {}, { custom: false }),
      state('kubernetes:yaml/v2:ConfigGroup', 'group', {}, { custom: undefined }),
    );
    expect(names(text)).toEqual(['Pod/p:43', `${BUCKET}/b:71`]);
    expect(objectsIn(text, 'f')).toMatchObject({ documents: 1, unevaluated: [], ignored: [] });
  });

  it('says that the objects of a Helm release are not in it', () => {
    expect(problems(exported(state('kubernetes:helm.sh/v3:Release', 'r', { chart: 'x' })))).toEqual([
      '13:13 a Helm release: its objects are not among its inputs; check what `helm template` prints',
    ]);
    expect(objectsIn(exported(state('kubernetes:helm.sh/v3:Release', 'r', { chart: 'x' })), 'f').unevaluated).toMatchObject([{ object: { kind: 'kubernetes:helm.sh/v3:Release', name: 'r' } }]);
  });

  it('gives each input its place, and the resource that of its state', () => {
    const text = exported(STACK, pod('p'), bucket('b', { acl: 'public-read', tags: { a: 'b' } }));
    const lines = text.split('\n');
    const [object, resource] = objectsIn(text, 'f').objects;
    expect(lines[(object?.locate('spec.hostPID').line ?? 0) - 1]).toContain('"hostPID"');
    expect(lines[(resource?.locate('acl').line ?? 0) - 1]).toContain('"acl": "public-read"');
    expect(resource?.locate('logging')).toEqual({ line: (resource?.locate('acl').line ?? 0) - 1, column: 17 });
    expect(resource?.locate('')).toEqual({ line: resource?.line, column: resource?.column });
    expect(lines[(resource?.line ?? 0) - 1]).toBe('            {');
    expect(place(text, 'tags.a', 1)).toBe(`${(resource?.locate('acl').line ?? 0) + 2}:25`);
  });

  it('may be YAML, a state file, or empty', () => {
    const yaml = dump({ version: 3, deployment: { manifest: {}, resources: [bucket('b')] } });
    expect(names(yaml)).toEqual([`${BUCKET}/b:5`]);
    expect(place(yaml, 'acl')).toBe('10:9');
    expect(names(JSON.stringify({ version: 3, checkpoint: { stack: 'prod', latest: { manifest: {}, resources: [bucket('b')] } } }))).toEqual([`${BUCKET}/b:1`]);
    for (const nothing of [{ version: 3, deployment: { manifest: {} } }, { version: 3, checkpoint: { stack: 'prod' } }]) {
      expect(objectsIn(JSON.stringify(nothing), 'f')).toMatchObject({ objects: [], unevaluated: [], documents: 1 });
    }
  });

  it('opens objects that are lists', () => {
    const list = state('kubernetes:core/v1:PodList', 'l', { items: [{ metadata: { name: 'a' } }, { metadata: { name: 'b' } }] });
    expect(objectsIn(exported(list), 'f').objects.map(({ object }) => object)).toEqual(['a', 'b'].map((name) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name } })));
    expect(place(exported(list), 'metadata.name', 1)).toBe('27:33');
  });
});

describe('pulumi preview --json', () => {
  it('is what there will be after it', () => {
    const replaced = bucket('replaced', { acl: 'new' });
    const text = preview([
      step('same', STACK),
      step('create', bucket('created')),
      step('update', bucket('updated', { acl: 'new' }), bucket('updated', { acl: 'old' })),
      step('same', bucket('same'), bucket('same')),
      step('delete', undefined, bucket('deleted')),
      step('create-replacement', replaced, bucket('replaced')),
      step('replace', replaced, bucket('replaced')),
      step('delete-replaced', bucket('replaced', { acl: 'old' }), bucket('replaced')),
      step('read', bucket('read', {}, { external: true })),
      step('import', bucket('imported')),
      step('discard', bucket('discarded')),
    ], 2);
    expect(objectsIn(text, 'f').objects.map(({ object }) => object)).toMatchObject([
      { name: 'created' }, { name: 'updated', properties: { acl: 'new' } }, { name: 'same' }, { name: 'replaced', properties: { acl: 'new' } }, { name: 'imported' },
    ]);
    expect(text.split('\n')[(objectsIn(text, 'f').objects[1]?.locate('acl').line ?? 0) - 1]).toContain('"new"');
    expect(ignored(text)).toEqual([]);
  });

  it('says how many resources it does not show', () => {
    expect(ignored(preview([step('same', STACK), step('create', bucket('b'))], 5), true)).toEqual([
      '1:1 4 resources stay as they are and are not in this preview: `pulumi preview --json --show-sames` lists them',
    ]);
    const nothing = '{"duration": 3, "changeSummary": {"same": 7}}';
    expect(objectsIn(nothing, 'f')).toMatchObject({ objects: [], unevaluated: [], documents: 1, ignored: [{ reason: expect.stringContaining('7 resources') }] });
  });

  it('may be a stream of events', () => {
    const event = (sequence: number, content: object) => JSON.stringify({ sequence, timestamp: 1760000000, ...content });
    const change = (op: string, after: object | null) => ({ resourcePreEvent: { metadata: { op, urn: '', type: '', old: null, new: after }, planning: true } });
    const text = [
      event(0, { preludeEvent: { config: {} } }),
      event(1, change('create', { ...bucket('b'), provider: 'x' })),
      event(2, { resOutputsEvent: { metadata: { op: 'create', new: bucket('b') } } }),
      event(3, change('delete', null)),
      event(4, change('create', { urn: urn('my:a:B', 'c'), type: 'my:a:B', inputs: {} })),
      event(5, { summaryEvent: {} }),
    ].join('\n');
    expect(names(text)).toEqual([`${BUCKET}/b:2`]);
    expect(objectsIn(text, 'f')).toMatchObject({ documents: 6, unevaluated: [], ignored: [] });
    expect(place(text, 'acl')).toMatch(/^2:\d+$/);
  });
});

describe('readPulumi', () => {
  it.each<[string, unknown]>([
    ['a Kubernetes object', { apiVersion: 'v1', kind: 'X', version: 3, deployment: { resources: [{ urn: 'x' }] } }],
    ['values of a chart', { version: 3, deployment: { resources: [{ limits: {} }] } }],
    ['values of a chart', { version: 3, deployment: { resources: { limits: {} } } }],
    ['a compose file', { version: '3', services: {} }],
    ['a workflow', { steps: [{ run: 'x' }], duration: 1 }],
    ['no steps', { steps: [] }],
    ['an event of something else', { sequence: 1, timestamp: 2, event: {} }],
    ['a list', []],
    ['nothing', null],
  ])('does not take %s for one of its documents', (_name, value) => {
    expect(readPulumi(value)).toBeUndefined();
  });
});
