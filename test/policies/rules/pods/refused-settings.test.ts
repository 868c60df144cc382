import type { KubernetesObject } from '../../../../policies';
import { CLEAN_CONTAINER, deployment, withContainer } from '../../objects';
import { check, container, findings, inPreview, MAIN, POD, UNKNOWN, violated, WINDOWS } from './verdicts';

const security = (securityContext: object, podSpec: object = {}) => withContainer({ securityContext }, { ...podSpec });
const ALL = 'cis baseline restricted';

describe('what no pod may have', () => {
  it.each<[string, KubernetesObject, string[]]>([
    ['privileged', security({ privileged: true }), [`${MAIN}.securityContext.privileged | true | container 'main' is privileged`]],
    ['privileged', security({ privileged: false }), []],
    ['privileged', security({ privileged: null }), []],
    ['privileged', withContainer({ securityContext: null }), []],
    ['privileged', security({ privileged: 'true' }), [`${MAIN}.securityContext.privileged | "true" | container 'main' is privileged`]],

    ['host-pid', withContainer({}, { hostPID: true }), [`${POD}.hostPID | true | the pod shares the node's process namespace`]],
    ['host-pid', withContainer({}, { hostPID: false, hostIPC: true }), []],
    ['host-pid', withContainer({}, { hostPID: 'yes' }), [`${POD}.hostPID | "yes" | the pod shares the node's process namespace`]],
    ['host-ipc', withContainer({}, { hostIPC: true }), [`${POD}.hostIPC | true | the pod shares the node's IPC namespace`]],
    ['host-ipc', withContainer({}, { hostNetwork: true }), []],
    ['host-network', withContainer({}, { hostNetwork: true }), [`${POD}.hostNetwork | true | the pod shares the node's network`]],
    ['host-network', withContainer({}, { hostNetwork: null }), []],

    ['windows-host-process', security({ windowsOptions: { hostProcess: true } }, WINDOWS), [`${MAIN}.securityContext.windowsOptions.hostProcess | true | container 'main' is a HostProcess container`]],
    ['windows-host-process', security({}, { ...WINDOWS, securityContext: { windowsOptions: { hostProcess: true } } }), [`${POD}.securityContext.windowsOptions.hostProcess | true | the pod is a HostProcess pod`]],
    ['windows-host-process', security({ windowsOptions: { hostProcess: false } }, { securityContext: { windowsOptions: null } }), []],
    ['windows-host-process', security({ windowsOptions: { hostProcess: 'true' } }), [`${MAIN}.securityContext.windowsOptions.hostProcess | "true" | container 'main' is a HostProcess container`]],

    ['host-path', withContainer({}, { volumes: [{ name: 'a', emptyDir: {} }, { name: 'run', hostPath: { path: '/var/run' } }] }), [`${POD}.volumes[1].hostPath | {"path":"/var/run"} | volume 'run' mounts /var/run of the node`]],
    ['host-path', withContainer({}, { volumes: [{ hostPath: {} }] }), [`${POD}.volumes[0].hostPath | {} | volume '0' mounts a directory of the node`]],
    ['host-path', withContainer({}, { volumes: [null, { name: 'a', hostPath: null }] }), []],
    ['host-path', withContainer({}, { volumes: 'none' }), []],

    ['host-port', withContainer({ ports: [{ containerPort: 1 }, { containerPort: 80, hostPort: 8080 }] }), [`${MAIN}.ports[1].hostPort | 8080 | container 'main' takes port 8080 of the node`]],
    ['host-port', withContainer({ ports: [{ containerPort: 80, hostPort: '8080' }] }), [`${MAIN}.ports[0].hostPort | "8080" | container 'main' takes port 8080 of the node`]],
    ['host-port', withContainer({ ports: [null, { containerPort: 80, hostPort: 0 }, { containerPort: 81, hostPort: null }] }), []],
    ['host-port', withContainer({ ports: { hostPort: 80 } }), []],
  ])('%s of %j: %j', (id, object, expected) => {
    expect(check(id, object)).toEqual(expected);
  });

  it.each<[string, KubernetesObject]>([
    ['privileged', security({ privileged: true })],
    ['host-pid', withContainer({}, { hostPID: true })],
    ['host-ipc', withContainer({}, { hostIPC: true })],
    ['host-network', withContainer({}, { hostNetwork: true })],
    ['windows-host-process', security({ windowsOptions: { hostProcess: true } })],
    ['host-path', withContainer({}, { volumes: [{ name: 'run', hostPath: { path: '/run' } }] })],
    ['host-port', withContainer({ ports: [{ hostPort: 80 }] })],
  ])('%s is refused by CIS and both standards, in every release', (id, object) => {
    for (const release of ['1.0', '1.24', 'latest']) expect(violated(id, object, release)).toBe(ALL);
  });

  it('leaves a hostPath volume that is of an allowed type too to the baseline standard', () => {
    expect(violated('host-path', withContainer({}, { volumes: [{ name: 'run', hostPath: { path: '/run' }, emptyDir: {} }] }))).toBe('cis baseline');
  });

  it('offers nothing in place of a hostPath volume, whose files the program wants', () => {
    const object = withContainer({}, { volumes: [{ name: 'run', hostPath: { path: '/run/docker.sock' } }] });
    expect(findings('host-path', object)[0]?.patch).toBeUndefined();
  });

  it('calls a volume by its name if that can be one', () => {
    const message = (name: unknown) => findings('host-path', withContainer({}, { volumes: [{ name, hostPath: { path: '/run' } }] }))[0]?.message;
    expect([5, false, {}, ['a'], ''].map(message)).toEqual(['5', 'false', '0', '0', '0'].map((name) => `volume '${name}' mounts /run of the node`));
  });
});

describe('what every container must refuse', () => {
  it.each<[string, KubernetesObject, string[]]>([
    ['privilege-escalation', security({}), [`${MAIN}.securityContext.allowPrivilegeEscalation | null | container 'main' does not refuse privilege escalation`]],
    ['privilege-escalation', security({ allowPrivilegeEscalation: null }), [`${MAIN}.securityContext.allowPrivilegeEscalation | null | container 'main' does not refuse privilege escalation`]],
    ['privilege-escalation', security({ allowPrivilegeEscalation: true }), [`${MAIN}.securityContext.allowPrivilegeEscalation | true | container 'main' allows privilege escalation`]],
    ['privilege-escalation', security({ allowPrivilegeEscalation: 'false' }), [`${MAIN}.securityContext.allowPrivilegeEscalation | "false" | container 'main' allows privilege escalation`]],
    ['privilege-escalation', security({ allowPrivilegeEscalation: false }), []],
    ['privilege-escalation', security({}, WINDOWS), []],

    ['read-only-root-filesystem', security({}), [`${MAIN}.securityContext.readOnlyRootFilesystem | null | container 'main' can write to its root file system`]],
    ['read-only-root-filesystem', security({ readOnlyRootFilesystem: false }), [`${MAIN}.securityContext.readOnlyRootFilesystem | false | container 'main' can write to its root file system`]],
    ['read-only-root-filesystem', security({ readOnlyRootFilesystem: 'true' }), [`${MAIN}.securityContext.readOnlyRootFilesystem | "true" | container 'main' can write to its root file system`]],
    ['read-only-root-filesystem', security({ readOnlyRootFilesystem: null }), [`${MAIN}.securityContext.readOnlyRootFilesystem | null | container 'main' can write to its root file system`]],
    ['read-only-root-filesystem', security({ readOnlyRootFilesystem: true }), []],
    ['read-only-root-filesystem', security({}, { securityContext: { readOnlyRootFilesystem: true } }), [`${MAIN}.securityContext.readOnlyRootFilesystem | null | container 'main' can write to its root file system`]],
    ['read-only-root-filesystem', security({}, WINDOWS), []],
  ])('%s of %j: %j', (id, object, expected) => {
    expect(check(id, object)).toEqual(expected);
  });

  it.each<[string, object, string, string]>([
    ['1.7', {}, 'cis', 'before the standard asks for it'],
    ['1.8', {}, 'cis restricted', ''],
    ['latest', {}, 'cis restricted', ''],
    ['1.24', WINDOWS, 'restricted', 'before the standard exempts Windows'],
    ['1.25', WINDOWS, '', ''],
    ['latest', { nodeSelector: { 'kubernetes.io/os': 'windows' } }, 'restricted', 'the standard does not read the node selector'],
    ['latest', { os: { name: 'linux' } }, 'cis restricted', ''],
  ])('privilege escalation in release %s, pod %j: %s %s', (release, pod, expected) => {
    expect(violated('privilege-escalation', security({}, pod), release)).toBe(expected);
  });
});

describe('containers of every role', () => {
  const extra = container('extra', { privileged: true });

  it.each(['initContainers', 'ephemeralContainers', 'containers'])('looks into %s', (list) => {
    const object = deployment({ containers: [], [list]: [extra] });
    const at = `${POD}.${list}[0].securityContext`;
    expect(check('privileged', object)).toEqual([`${at}.privileged | true | container 'extra' is privileged`]);
    expect(check('privilege-escalation', object)).toEqual([`${at}.allowPrivilegeEscalation | null | container 'extra' does not refuse privilege escalation`]);
    expect(check('read-only-root-filesystem', object)).toEqual([`${at}.readOnlyRootFilesystem | null | container 'extra' can write to its root file system`]);
  });

  it('looks into sidecars', () => {
    const object = deployment({ containers: [CLEAN_CONTAINER], initContainers: [{ ...extra, restartPolicy: 'Always' }] });
    expect(check('privileged', object)).toHaveLength(1);
  });
});

describe('what is not known', () => {
  it('leaves one container undecided, and judges the other', () => {
    const object = deployment({ containers: [{ ...CLEAN_CONTAINER, securityContext: { privileged: UNKNOWN } }, container('other', { privileged: true })] });
    expect(inPreview('privileged', object)).toEqual({ undecided: [`main ${MAIN}.securityContext.privileged`], findings: [`other ${POD}.containers[1].securityContext.privileged`] });
  });

  it('finds a hostPath volume whose name and directory are not known', () => {
    const object = deployment({ containers: [CLEAN_CONTAINER], volumes: [{ name: UNKNOWN, hostPath: { path: UNKNOWN } }] });
    expect(inPreview('host-path', object)).toEqual({ undecided: [], findings: [`${POD}.volumes[0].hostPath`] });
  });

  it.each(['privilege-escalation', 'read-only-root-filesystem'])('leaves %s of a container that completes another undecided', (id) => {
    const runtime = { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'x' }, spec: { containers: [{ name: 'main', env: [] }] } };
    expect(inPreview(id, runtime)).toMatchObject({ undecided: [expect.stringContaining('main spec.containers[0].securityContext')], findings: [] });
  });
});
