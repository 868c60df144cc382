import type { KubernetesObject } from '../../../../policies';
import { deployment, withContainer } from '../../objects';
import { check, container, findings, inPreview, MAIN, POD, UNKNOWN, violated, WINDOWS, WINDOWS_BY_SELECTOR } from './verdicts';

const ID = 'run-as-non-root';
const security = (securityContext: object, pod: object = {}, podSpec: object = {}) => withContainer({ securityContext }, { securityContext: pod, ...podSpec });
const NON_ROOT = `${MAIN}.securityContext.runAsNonRoot`;

it.each<[object, object, string[]]>([
  [{}, {}, [`${NON_ROOT} | null | container 'main' may run as root`]],
  [{ runAsNonRoot: null }, {}, [`${NON_ROOT} | null | container 'main' may run as root`]],
  [{ runAsNonRoot: 'true' }, {}, [`${NON_ROOT} | "true" | container 'main' is allowed to run as root`]],
  [{ runAsNonRoot: false }, {}, [`${NON_ROOT} | false | container 'main' is allowed to run as root`]],
  [{ runAsNonRoot: true }, {}, []],
  [{}, { runAsNonRoot: true }, []],
  [{}, { runAsNonRoot: false }, [`${POD}.securityContext.runAsNonRoot | false | container 'main' is allowed to run as root`]],
  [{ runAsNonRoot: false }, { runAsNonRoot: true }, [`${NON_ROOT} | false | container 'main' is allowed to run as root`]],
  [{ runAsNonRoot: true, runAsUser: 0 }, {}, [`${MAIN}.securityContext.runAsUser | 0 | container 'main' runs as user 0 (root)`]],
  [{}, { runAsUser: 0, runAsNonRoot: true }, [`${POD}.securityContext.runAsUser | 0 | container 'main' runs as user 0 (root)`]],
  [{ runAsUser: 1000 }, {}, [`${NON_ROOT} | null | container 'main' names a user, but does not set runAsNonRoot`]],
  [{ runAsUser: 1000, runAsNonRoot: true }, { runAsUser: 0 }, [`${POD}.securityContext.runAsUser | 0 | the pod states user 0 (root), though each of its containers states another`]],
  [{ runAsNonRoot: true }, { runAsNonRoot: false }, [`${POD}.securityContext.runAsNonRoot | false | the pod allows root, though each of its containers states otherwise`]],
])('container %j in pod %j: %j', (own, pod, expected) => {
  expect(check(ID, security(own, pod))).toEqual(expected);
});

describe('whom it violates', () => {
  it.each<[string, object, object, string, string]>([
    ['nothing stated', {}, {}, '1.0', 'cis restricted'],
    ['a user other than 0', { runAsUser: 1000 }, {}, 'latest', 'restricted'],
    ['a user other than 0, root allowed', { runAsUser: 1000, runAsNonRoot: false }, {}, 'latest', 'restricted'],
    ['a user of the wrong type', { runAsUser: '1000' }, {}, 'latest', 'cis restricted'],
    ['user 0', { runAsUser: 0, runAsNonRoot: true }, {}, 'latest', 'cis restricted'],
    ['user 0 before 1.23', { runAsUser: 0, runAsNonRoot: true }, {}, '1.22', 'cis'],
    ['user 0 and no word before 1.23', { runAsUser: 0 }, {}, '1.22', 'cis restricted'],
    ['user 0 of the pod, overridden', { runAsUser: 1, runAsNonRoot: true }, { runAsUser: 0 }, 'latest', 'restricted'],
    ['user 0 of the pod, overridden, before 1.23', { runAsUser: 1, runAsNonRoot: true }, { runAsUser: 0 }, '1.22', ''],
    ['root allowed by the pod, overridden', { runAsNonRoot: true }, { runAsNonRoot: false }, '1.0', 'restricted'],
  ])('%s', (_title, own, pod, release, expected) => {
    expect(violated(ID, security(own, pod), release)).toBe(expected);
  });

  it.each<[string, object, string]>([
    ['1.34', { hostUsers: false }, 'cis restricted'],
    ['1.35', { hostUsers: false }, 'cis'],
    ['latest', { hostUsers: false }, 'cis'],
    ['latest', { hostUsers: true }, 'cis restricted'],
    ['latest', { hostUsers: 'false' }, 'cis restricted'],
  ])('release %s, pod %j', (release, pod, expected) => {
    for (const own of [{}, { runAsUser: 0, runAsNonRoot: true }, { runAsUser: 0 }]) expect(violated(ID, security(own, {}, pod), release)).toBe(expected);
  });

  it('lets a pod with its own users state root if its containers do not', () => {
    expect(check(ID, security({ runAsUser: 1, runAsNonRoot: true }, { runAsUser: 0, runAsNonRoot: false }, { hostUsers: false }))).toEqual([]);
  });
});

describe('Windows', () => {
  const USER = `${MAIN}.securityContext.windowsOptions.runAsUserName`;

  it.each<[object, object, object, string, string[]]>([
    [{ runAsNonRoot: true, windowsOptions: { runAsUserName: 'ContainerAdministrator' } }, {}, WINDOWS, 'cis', [`${USER} | "ContainerAdministrator" | container 'main' runs as ContainerAdministrator`]],
    [{ windowsOptions: { runAsUserName: 'containeradministrator' } }, {}, WINDOWS_BY_SELECTOR, 'cis restricted', [
      `${USER} | "containeradministrator" | container 'main' runs as containeradministrator`,
      `${NON_ROOT} | null | container 'main' names a user, but does not set runAsNonRoot`,
    ]],
    [{}, { windowsOptions: { runAsUserName: 'ContainerUser' } }, WINDOWS, 'restricted', [`${NON_ROOT} | null | container 'main' names a user, but does not set runAsNonRoot`]],
    [{}, { runAsNonRoot: true }, WINDOWS, '', []],
    [{}, {}, WINDOWS, 'cis restricted', [`${NON_ROOT} | null | container 'main' may run as root`]],
    [{ runAsNonRoot: true, windowsOptions: { runAsUserName: 'ContainerAdministrator' } }, {}, {}, '', []],
  ])('container %j in pod %j, %j', (own, pod, spec, expected, lines) => {
    const object = security(own, pod, spec);
    expect(check(ID, object)).toEqual(lines);
    expect(violated(ID, object)).toBe(expected);
  });
});

it('judges each container by its own word', () => {
  const object: KubernetesObject = deployment({
    securityContext: { runAsNonRoot: true },
    containers: [container('a'), container('b', { runAsNonRoot: false })],
    initContainers: [container('c', { runAsUser: 0 })],
    ephemeralContainers: [container('d', { runAsNonRoot: false })],
  });
  expect(findings(ID, object).map(({ container: name }) => name).toSorted()).toEqual(['b', 'c', 'd']);
});

it('offers the fix where the fault is', () => {
  const [finding] = findings(ID, security({}, { runAsNonRoot: false }));
  expect(finding?.patch).toEqual({ spec: { template: { spec: { securityContext: { runAsNonRoot: true } } } } });
});

describe('the fix for user 0', () => {
  const own = (...containers: object[]) => ({ spec: { template: { spec: { containers } } } });
  const patch = (object: KubernetesObject) => findings(ID, object)[0]?.patch;

  it.each<[string, object, object, object]>([
    ['of the container', { runAsUser: 0 }, {}, own({ name: 'main', securityContext: { runAsUser: null, runAsNonRoot: true } })],
    ['of the container, root allowed', { runAsUser: 0, runAsNonRoot: false }, {}, own({ name: 'main', securityContext: { runAsUser: null, runAsNonRoot: true } })],
    ['of the container, root allowed by the pod', { runAsUser: 0 }, { runAsNonRoot: false }, own({ name: 'main', securityContext: { runAsUser: null, runAsNonRoot: true } })],
    ['of the container, root refused', { runAsUser: 0, runAsNonRoot: true }, {}, own({ name: 'main', securityContext: { runAsUser: null } })],
    ['of the pod', {}, { runAsUser: 0, runAsNonRoot: false }, { spec: { template: { spec: { securityContext: { runAsUser: null, runAsNonRoot: true } } } } }],
    ['of the pod, root refused by the container', { runAsNonRoot: true }, { runAsUser: 0 }, { spec: { template: { spec: { securityContext: { runAsUser: null } } } } }],
    ['of the pod, root allowed by the container', { runAsNonRoot: false }, { runAsUser: 0 }, {
      spec: { template: { spec: { securityContext: { runAsUser: null }, containers: [{ name: 'main', securityContext: { runAsNonRoot: true } }] } } },
    }],
  ])('%s, asks for another', (_what, container, pod, expected) => {
    expect(patch(security(container, pod))).toEqual(expected);
  });

  it('is left out where a container cannot be named', () => {
    expect(patch(deployment({ containers: [{ image: 'x', securityContext: { runAsUser: 0 } }] }))).toBeUndefined();
  });
});

it.each<[string, object, { undecided: string[]; findings: string[] }]>([
  ['user unknown', { runAsUser: UNKNOWN, runAsNonRoot: true }, { undecided: [`main ${MAIN}.securityContext.runAsUser`], findings: [] }],
  ['user 0, the rest unknown', { runAsUser: 0, runAsNonRoot: UNKNOWN }, { undecided: [], findings: [`main ${MAIN}.securityContext.runAsUser`] }],
  ['word unknown', { runAsUser: 1000, runAsNonRoot: UNKNOWN }, { undecided: [`main ${NON_ROOT}`], findings: [] }],
])('in a preview: %s', (_title, own, expected) => {
  expect(inPreview(ID, security(own))).toEqual(expected);
});
