import { readWaiverFile, WaiverFileError } from '../../../policies';
import { scratchFolder } from './files';

const { write } = scratchFolder();
const read = (content: string) => readWaiverFile(write('waivers.yaml', content));

describe('readWaiverFile', () => {
  it('reads every field, and where each waiver stands', () => {
    expect(
      read(`waivers:
  - policy: host-path
    object: { apiVersion: apps/v1, kind: DaemonSet, namespace: kube-system, name: cni }
    reason: installs the network plugin
    containers: [install]
    expires: 2027-01-31
    owner: network
  - policy: privileged
    object: { kind: Pod, name: p }
    reason: vendor
`),
    ).toEqual([
      {
        policy: 'host-path', reason: 'installs the network plugin', containers: ['install'], expires: '2027-01-31', owner: 'network',
        object: { apiVersion: 'apps/v1', kind: 'DaemonSet', namespace: 'kube-system', name: 'cni' },
        source: { file: expect.stringContaining('waivers.yaml'), line: 2, column: 5 },
      },
      { policy: 'privileged', reason: 'vendor', object: { kind: 'Pod', name: 'p' }, source: expect.objectContaining({ line: 8 }) },
    ]);
  });

  it.each([
    ['waivers: no', "waivers.yaml:1:1: expected a list 'waivers'"],
    ['- a', "expected a list 'waivers'"],
    ['waivers:\n- x', 'waivers.yaml:2:3: waivers[0]: expected policy, object and reason'],
    ['waivers:\n- {object: {kind: a, name: b}, reason: r}', 'policy is missing'],
    ['waivers:\n- {policy: p, reason: r}', 'object is missing; expected its kind and name'],
    ['waivers:\n- {policy: p, reason: r, object: {kind: a}}', 'object.kind and object.name must be text'],
    ['waivers:\n- {policy: p, reason: r, object: {kind: a, name: b, ns: c}}', 'object.ns is no field of it; expected apiVersion, kind, namespace, name'],
    ['waivers:\n- {policy: p, object: {kind: a, name: b}}', 'reason is missing'],
    ['waivers:\n- {policy: p, object: {kind: a, name: b}, reason: r, expires: 2026-13-01}', 'expires is "2026-13-01"; expected a day as YYYY-MM-DD'],
    ['waivers: [', 'not valid YAML'],
  ])('refuses %j', (content, message) => {
    expect(() => read(content)).toThrow(WaiverFileError);
    expect(() => read(content)).toThrow(message);
  });

  it('refuses a file that is not there', () => {
    expect(() => readWaiverFile('/nowhere/waivers.yaml')).toThrow('/nowhere/waivers.yaml cannot be read');
  });
});
