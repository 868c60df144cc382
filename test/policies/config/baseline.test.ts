import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { evaluate, isBlocking, type KubernetesObject } from '../../../policies';
import { applyBaseline, baselineOf } from '../../../policies/config/baseline';
import { readBaseline, writeBaseline } from '../../../policies/config/baseline-file';
import { PolicyConfigError } from '../../../policies/config/policy-config';

const pod = (...names: string[]): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'team-a' },
  spec: { hostPID: true, containers: names.map((name) => ({ name, image: 'x', ports: [{ hostPort: 1 }, { hostPort: 2 }] })) },
});
const policies = (object: KubernetesObject) => evaluate([object]).findings.filter(({ policy }) => policy === 'host-pid' || policy === 'host-port');

describe('a baseline', () => {
  it('holds what was found, alike findings once with their number, without list positions', () => {
    expect(baselineOf(policies(pod('main')))).toEqual({
      version: 1,
      findings: [
        { policy: 'host-pid', kind: 'Pod', namespace: 'team-a', name: 'web', path: 'spec.hostPID', found: expect.stringMatching(/^[0-9a-f]{16}$/), count: 1 },
        { policy: 'host-port', kind: 'Pod', namespace: 'team-a', name: 'web', container: 'main', path: 'spec.containers[].ports[].hostPort', found: expect.any(String), count: 1 },
        { policy: 'host-port', kind: 'Pod', namespace: 'team-a', name: 'web', container: 'main', path: 'spec.containers[].ports[].hostPort', found: expect.any(String), count: 1 },
      ],
    });
  });

  it('leaves only new findings blocking, wherever the old ones have moved', () => {
    const baseline = baselineOf(policies(pod('main')));
    const { findings, gone } = applyBaseline(policies(pod('new', 'main')), baseline);
    expect(findings.filter(isBlocking).map(({ container, path: at }) => [container, at])).toEqual([
      ['new', 'spec.containers[0].ports[0].hostPort'],
      ['new', 'spec.containers[0].ports[1].hostPort'],
    ]);
    expect(gone).toBe(0);
  });

  it('does not know a worse value in the place of a known one', () => {
    const mounting = (directory: string): KubernetesObject => ({ ...pod('main'), spec: { containers: [], volumes: [{ name: 'a', hostPath: { path: directory } }] } });
    const found = (directory: string) => evaluate([mounting(directory)]).findings.filter(({ policy }) => policy === 'host-path');
    const { findings } = applyBaseline([...found('/var/log'), ...found('/')], baselineOf(found('/var/log')));
    expect(findings.map(isBlocking)).toEqual([false, true]);
  });

  it('tells how many of its findings are gone', () => {
    expect(applyBaseline([], baselineOf(policies(pod('main'))))).toEqual({ findings: [], gone: 3 });
  });

  it('does not hold more findings of a kind than there were', () => {
    const known = policies(pod('main'));
    const { findings } = applyBaseline([...known, ...known.filter(({ policy }) => policy === 'host-pid')], baselineOf(known));
    expect(findings.filter(isBlocking)).toHaveLength(1);
  });

  it('knows nothing of waivers: what is wrong with them is always new', () => {
    const object = pod('main');
    const waived = { ...object, metadata: { ...object.metadata, annotations: { 'waiver.kubeflow-cdk.dev/host-pid': 'debugging', 'waiver.kubeflow-cdk.dev/host-path': 'nothing' } } };
    const { findings } = evaluate([waived]);
    expect(baselineOf(findings).findings.map(({ policy }) => policy)).toEqual(expect.not.arrayContaining(['host-pid', 'waiver-unused']));
  });
});

describe('its file', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'baseline-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is read as it was written, and the same each time', () => {
    const file = path.join(folder, 'baseline.json');
    const baseline = baselineOf(policies(pod('b', 'a')));
    writeBaseline(file, baseline);
    expect(readBaseline(file)).toEqual(baseline);
    writeBaseline(`${file}.2`, baselineOf(policies(pod('a', 'b'))));
    expect(readFileSync(`${file}.2`, 'utf8')).toBe(readFileSync(file, 'utf8'));
  });

  it.each([
    ['{', /cannot be read: /],
    ['{"version":2,"findings":[]}', /is no baseline: version: /],
    ['{"version":1,"findings":[{"policy":"a","kind":"Pod","name":"x","path":"","count":0}]}', /is no baseline: findings\.0\.count: /],
  ])('is refused if it is none: %s', (text, message) => {
    const file = path.join(folder, 'baseline.json');
    writeFileSync(file, text);
    expect(() => readBaseline(file)).toThrow(PolicyConfigError);
    expect(() => readBaseline(file)).toThrow(message);
  });
});
