import { withContainer } from '../../objects';
import { check, findings, inPreview, MAIN, UNKNOWN, violated, WINDOWS, WINDOWS_BY_SELECTOR } from './verdicts';

const ADD = `${MAIN}.securityContext.capabilities.add`;
const DROP = `${MAIN}.securityContext.capabilities.drop`;
const withCapabilities = (capabilities: unknown, podSpec: object = {}) => withContainer({ securityContext: { capabilities } }, { ...podSpec });

describe('net-raw-capability', () => {
  it.each<[unknown, object, string[]]>([
    [undefined, {}, [`${DROP} | null | container 'main' keeps the NET_RAW capability`]],
    [null, {}, [`${DROP} | null | container 'main' keeps the NET_RAW capability`]],
    [{ drop: null }, {}, [`${DROP} | null | container 'main' keeps the NET_RAW capability`]],
    [{ drop: ['CHOWN', null] }, {}, [`${DROP} | ["CHOWN",null] | container 'main' keeps the NET_RAW capability`]],
    [{ drop: ['NET_RAW'] }, {}, []],
    [{ drop: ['net_raw'] }, {}, []],
    [{ drop: ['all'] }, {}, []],
    [{ drop: ['ALL'], add: ['NET_RAW'] }, {}, [`${ADD} | ["NET_RAW"] | container 'main' adds NET_RAW`]],
    [{ drop: ['ALL'], add: ['ALL'] }, {}, [`${ADD} | ["ALL"] | container 'main' adds ALL`]],
    [{ drop: ['ALL'], add: 'NET_RAW' }, {}, [`${ADD} | "NET_RAW" | container 'main' adds NET_RAW`]],
    [{ drop: ['ALL'], add: ['CAP_NET_RAW'] }, {}, [`${ADD} | ["CAP_NET_RAW"] | container 'main' adds CAP_NET_RAW`]],
    [{ drop: ['ALL'], add: ['NET_ADMIN'] }, {}, []],
    [{ drop: 'ALL' }, {}, [`${DROP} | "ALL" | container 'main' keeps the NET_RAW capability`]],
    [undefined, WINDOWS, []],
    [undefined, WINDOWS_BY_SELECTOR, []],
  ])('of %j, pod %j: %j', (capabilities, pod, expected) => {
    expect(check('net-raw-capability', withCapabilities(capabilities, pod))).toEqual(expected);
  });
});

describe('capabilities', () => {
  it.each<[unknown, object, string[]]>([
    [undefined, {}, [`${DROP} | null | container 'main' does not drop all capabilities`]],
    [{ drop: ['NET_RAW'] }, {}, [`${DROP} | ["NET_RAW"] | container 'main' does not drop all capabilities`]],
    [{ drop: 'ALL' }, {}, [`${DROP} | "ALL" | container 'main' does not drop all capabilities`]],
    [{ drop: ['ALL'] }, {}, []],
    [{ drop: ['ALL'], add: [] }, {}, []],
    [{ drop: ['ALL'], add: [null] }, {}, []],
    [{ drop: ['ALL'], add: ['NET_BIND_SERVICE'] }, {}, []],
    [{ drop: ['ALL'], add: ['NET_BIND_SERVICE', 'SYS_ADMIN'] }, {}, [`${ADD} | ["NET_BIND_SERVICE","SYS_ADMIN"] | container 'main' adds SYS_ADMIN`]],
    [{ drop: ['ALL'], add: 'SYS_ADMIN' }, {}, [`${ADD} | "SYS_ADMIN" | container 'main' adds SYS_ADMIN`]],
    [{ add: ['SYS_TIME', 7] }, {}, [
      `${ADD} | ["SYS_TIME",7] | container 'main' adds SYS_TIME, 7`,
      `${DROP} | null | container 'main' does not drop all capabilities`,
    ]],
    [undefined, WINDOWS, []],
  ])('of %j, pod %j: %j', (capabilities, pod, expected) => {
    expect(check('capabilities', withCapabilities(capabilities, pod))).toEqual(expected);
  });

  it.each<[string, unknown, object, string, string]>([
    ['beyond the default', { drop: ['ALL'], add: ['NET_RAW'] }, {}, '1.0', 'cis baseline restricted'],
    ['of the default', { drop: ['ALL'], add: ['CHOWN'] }, {}, 'latest', 'cis restricted'],
    ['of the default, before 1.22', { drop: ['ALL'], add: ['CHOWN'] }, {}, '1.21', 'cis'],
    ['NET_BIND_SERVICE in small letters', { drop: ['ALL'], add: ['net_bind_service'] }, {}, 'latest', 'baseline restricted'],
    ['all, in small letters', { drop: ['all'] }, {}, 'latest', 'restricted'],
    ['not all', { drop: ['NET_RAW'] }, {}, '1.22', 'cis restricted'],
    ['not all, before 1.22', { drop: ['NET_RAW'] }, {}, '1.21', 'cis'],
    ['Windows', undefined, WINDOWS, '1.25', ''],
    ['Windows, before it was exempt', undefined, WINDOWS, '1.24', 'restricted'],
    ['Windows, by the node selector', undefined, WINDOWS_BY_SELECTOR, 'latest', 'restricted'],
    ['Windows that adds', { add: ['SYS_ADMIN'] }, WINDOWS, 'latest', 'baseline'],
  ])('%s', (_title, capabilities, pod, release, expected) => {
    expect(violated('capabilities', withCapabilities(capabilities, pod), release)).toBe(expected);
  });

  it('tells what is added from what is kept where older benchmarks do', () => {
    const old = (capabilities: object) =>
      findings('capabilities', withCapabilities(capabilities)).map(({ controls }) => controls.filter((control) => control.startsWith('cis-kubernetes-1.11:')));
    expect(old({ drop: ['ALL'], add: ['SYS_TIME'] })).toEqual([['cis-kubernetes-1.11:5.2.9', 'cis-kubernetes-1.11:5.2.10']]);
    expect(old({})).toEqual([['cis-kubernetes-1.11:5.2.10']]);
  });

  it('takes away what is too much, and keeps the rest', () => {
    const [finding] = findings('capabilities', withCapabilities({ drop: ['ALL'], add: ['NET_BIND_SERVICE', 'SYS_ADMIN'] }));
    expect(finding?.patch).toMatchObject({ spec: { template: { spec: { containers: [{ securityContext: { capabilities: { add: ['NET_BIND_SERVICE'] } } }] } } } });
  });

  it('is undecided where a list is not known yet', () => {
    expect(inPreview('capabilities', withCapabilities({ drop: ['ALL'], add: UNKNOWN }))).toEqual({ undecided: [`main ${ADD}`], findings: [] });
  });
});
