import { oneWaiverEach, WAIVER_ANNOTATION, waiverAnnotations } from '../../../constructs/core';
import { refusalOf } from './refusals';

const REASON = 'needs the host\'s device nodes to find GPUs';

test('a plain waiver is its reason', () => {
  expect(waiverAnnotations([{ policy: 'host-path', reason: REASON }], 'chart')).toEqual({ 'waiver.kubeflow-cdk.dev/host-path': REASON });
});

test('what else it says is kept beside the reason', () => {
  const waiver = { policy: 'host-path', reason: REASON, containers: ['driver'], expires: '2027-01-31', owner: 'gpu-team' };
  const { policy, ...rest } = waiver;
  expect(JSON.parse(waiverAnnotations([waiver], 'chart')[WAIVER_ANNOTATION + policy] ?? '')).toEqual(rest);
});

test('no waivers, no annotations', () => {
  expect(waiverAnnotations(undefined, 'chart')).toEqual({});
  expect(waiverAnnotations([], 'chart')).toEqual({});
});

test('waivers of the parts of an object are joined, one a policy', () => {
  const [policy, other] = ['host-path', 'host-ports'];
  expect(
    oneWaiverEach([
      { policy, reason: 'Finds GPUs.', containers: ['driver'] }, { policy, reason: 'Keeps models.', containers: ['cache', 'driver'] },
      { policy: other, reason: 'Is a door.', containers: ['a'] }, { policy: other, reason: 'Is a door.' }, { policy: other, reason: 'Is a door.', containers: ['b'] },
    ]),
  ).toEqual([{ policy, reason: 'Finds GPUs. Keeps models.', containers: ['driver', 'cache'] }, { policy: other, reason: 'Is a door.' }]);
});

test.each([
  ['waivers[host-path].reason', [{ policy: 'host-path', reason: 'needed' }]],
  ['waivers[host-path].reason', [{ policy: 'host-path', reason: ' '.repeat(40) }]],
  ['waivers[host-path].expires', [{ policy: 'host-path', reason: REASON, expires: 'next year' }]],
  ['waivers[host-path].expires', [{ policy: 'host-path', reason: REASON, expires: '31-01-2027' }]],
  ['waivers', [{ policy: 'host-path', reason: REASON }, { policy: 'host-path', reason: `${REASON} too` }]],
])('refuses %s', (property, waivers) => {
  expect(() => waiverAnnotations(waivers, 'chart/pod')).toThrow(refusalOf(property, 'chart/pod'));
});
