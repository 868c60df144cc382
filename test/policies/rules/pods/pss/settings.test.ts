import type { KubernetesObject } from '../../../../../policies';
import { deployment, withContainer } from '../../../objects';
import { check, container, inPreview, MAIN, POD, UNKNOWN, violated } from '../verdicts';

const own = (securityContext: object) => withContainer({ securityContext });
const ofPod = (securityContext: unknown, more: object = {}) => withContainer({}, { securityContext, ...more });
const annotated = (annotations: unknown): KubernetesObject => deployment({ containers: [container('main')] }, {}, { annotations });
const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/';
const METADATA = 'spec.template.metadata.annotations';

it.each<[string, KubernetesObject, string[]]>([
  ['apparmor-profile', own({ appArmorProfile: { type: 'Unconfined' } }), [`${MAIN}.securityContext.appArmorProfile.type | "Unconfined" | container 'main' runs under the AppArmor profile Unconfined`]],
  ['apparmor-profile', ofPod({ appArmorProfile: {} }), [`${POD}.securityContext.appArmorProfile.type | null | the pod names an AppArmor profile without a type`]],
  ['apparmor-profile', ofPod({ appArmorProfile: 'Unconfined' }), [`${POD}.securityContext.appArmorProfile.type | null | the pod names an AppArmor profile without a type`]],
  ['apparmor-profile', own({ appArmorProfile: { type: 'Localhost', localhostProfile: 'a' } }), []],
  ['apparmor-profile', ofPod({ appArmorProfile: { type: 'RuntimeDefault' } }), []],
  ['apparmor-profile', ofPod({ appArmorProfile: null }), []],
  ['apparmor-profile', annotated({ [`${APPARMOR}main`]: 'unconfined' }), [`${METADATA}["${APPARMOR}main"] | "unconfined" | container 'main' is given the AppArmor profile unconfined`]],
  ['apparmor-profile', annotated({ [`${APPARMOR}gone`]: 7 }), [`${METADATA}["${APPARMOR}gone"] | 7 | container 'gone' is given the AppArmor profile 7`]],
  ['apparmor-profile', annotated({ [`${APPARMOR}a`]: '', [`${APPARMOR}b`]: 'runtime/default', [`${APPARMOR}c`]: 'localhost/x', [`${APPARMOR}d`]: null, other: 'unconfined' }), []],
  ['apparmor-profile', annotated('none'), []],

  ['selinux-options', own({ seLinuxOptions: { type: 'spc_t' } }), [`${MAIN}.securityContext.seLinuxOptions.type | "spc_t" | container 'main' runs as SELinux type spc_t`]],
  ['selinux-options', ofPod({ seLinuxOptions: { user: 'root', role: 'sysadm_r', type: 'container_t' } }), [
    `${POD}.securityContext.seLinuxOptions.user | "root" | the pod sets the SELinux user root`,
    `${POD}.securityContext.seLinuxOptions.role | "sysadm_r" | the pod sets the SELinux role sysadm_r`,
  ]],
  ['selinux-options', ofPod({ seLinuxOptions: { type: ['container_t'] } }), [`${POD}.securityContext.seLinuxOptions.type | ["container_t"] | the pod runs as SELinux type ["container_t"]`]],
  ['selinux-options', own({ seLinuxOptions: { type: '', user: '', role: null, level: 's0' } }), []],
  ['selinux-options', own({ seLinuxOptions: null }), []],

  ['proc-mount', own({ procMount: 'Unmasked' }), [`${MAIN}.securityContext.procMount | "Unmasked" | container 'main' mounts /proc as Unmasked`]],
  ['proc-mount', own({ procMount: true }), [`${MAIN}.securityContext.procMount | true | container 'main' mounts /proc as true`]],
  ['proc-mount', own({ procMount: 'Default' }), []],
  ['proc-mount', own({ procMount: null }), []],

  ['unsafe-sysctls', ofPod({ sysctls: [{ name: 'kernel.shm_rmid_forced', value: '1' }, { name: 'kernel.msgmax', value: '1' }] }), [
    `${POD}.securityContext.sysctls[1] | {"name":"kernel.msgmax","value":"1"} | the pod sets the kernel parameter kernel.msgmax`,
  ]],
  ['unsafe-sysctls', ofPod({ sysctls: [null, { value: '1' }] }), [`${POD}.securityContext.sysctls[1] | {"value":"1"} | the pod sets the kernel parameter (no name)`]],
  ['unsafe-sysctls', ofPod({ sysctls: { name: 'kernel.msgmax' } }), []],
  ['unsafe-sysctls', ofPod(null), []],

  ['volume-types', ofPod({}, { volumes: [{ name: 'a', emptyDir: {} }, { name: 'data', nfs: { server: 'x', path: '/' } }] }), [`${POD}.volumes[1].nfs | {"server":"x","path":"/"} | volume 'data' is of type nfs`]],
  ['volume-types', ofPod({}, { volumes: [{ name: 'a', futureType: {} }] }), [`${POD}.volumes[0].futureType | {} | volume 'a' is of type futureType`]],
  ['volume-types', ofPod({}, { volumes: [{ name: 'a', nfs: {}, csi: { driver: 'x' } }] }), []],
  ['volume-types', ofPod({}, { volumes: [{ name: 'none' }, { name: 'gone', nfs: null }, null, 'text'] }), []],
  ['volume-types', ofPod({}, { volumes: [{ name: 'run', hostPath: { path: '/' } }] }), []],
  ['volume-types', ofPod({}, { volumes: { nfs: {} } }), []],

  ['probe-host', withContainer({ readinessProbe: { httpGet: { host: '10.0.0.1', port: 80 } } }), [`${MAIN}.readinessProbe.httpGet.host | "10.0.0.1" | readinessProbe of container 'main' calls 10.0.0.1 from the node`]],
  ['probe-host', withContainer({ livenessProbe: { tcpSocket: { host: 'a' } }, startupProbe: { tcpSocket: { host: 'b' } } }), [
    `${MAIN}.livenessProbe.tcpSocket.host | "a" | livenessProbe of container 'main' calls a from the node`,
    `${MAIN}.startupProbe.tcpSocket.host | "b" | startupProbe of container 'main' calls b from the node`,
  ]],
  ['probe-host', withContainer({ lifecycle: { preStop: { httpGet: { host: 'a' } }, postStart: { tcpSocket: { host: 'b' } } } }), [
    `${MAIN}.lifecycle.postStart.tcpSocket.host | "b" | postStart of container 'main' calls b from the node`,
    `${MAIN}.lifecycle.preStop.httpGet.host | "a" | preStop of container 'main' calls a from the node`,
  ]],
  ['probe-host', withContainer({ livenessProbe: { httpGet: { host: '', port: 80 } }, readinessProbe: { httpGet: { host: null } }, startupProbe: { exec: {} }, lifecycle: 'x' }), []],
])('%s of %j: %j', (id, object, expected) => {
  expect(check(id, object)).toEqual(expected);
});

describe('by release', () => {
  const BOTH = 'baseline restricted';
  const sysctl = (name: string) => ofPod({ sysctls: [{ name, value: '1' }] });
  const unmasked = withContainer({ securityContext: { procMount: 'Unmasked' } }, { hostUsers: false });

  it.each<[string, KubernetesObject, string, string]>([
    ['apparmor-profile', own({ appArmorProfile: { type: 'Unconfined' } }), '1.0', BOTH],
    ['selinux-options', own({ seLinuxOptions: { type: 'container_engine_t' } }), '1.30', BOTH],
    ['selinux-options', own({ seLinuxOptions: { type: 'container_engine_t' } }), '1.31', ''],
    ['selinux-options', own({ seLinuxOptions: { type: 'spc_t' } }), 'latest', BOTH],
    ['unsafe-sysctls', sysctl('net.ipv4.ip_local_reserved_ports'), '1.26', BOTH],
    ['unsafe-sysctls', sysctl('net.ipv4.ip_local_reserved_ports'), '1.27', ''],
    ['unsafe-sysctls', sysctl('net.ipv4.tcp_fin_timeout'), '1.28', BOTH],
    ['unsafe-sysctls', sysctl('net.ipv4.tcp_fin_timeout'), '1.29', ''],
    ['unsafe-sysctls', sysctl('net.ipv4.tcp_wmem'), '1.31', BOTH],
    ['unsafe-sysctls', sysctl('net.ipv4.tcp_wmem'), 'v1.32', ''],
    ['unsafe-sysctls', sysctl('kernel.msgmax'), 'latest', BOTH],
    ['proc-mount', unmasked, '1.34', BOTH],
    ['proc-mount', unmasked, '1.35', 'restricted'],
    ['proc-mount', own({ procMount: 'Unmasked' }), '1.35', BOTH],
    ['volume-types', ofPod({}, { volumes: [{ name: 'a', nfs: {} }] }), '1.0', 'restricted'],
    ['probe-host', withContainer({ livenessProbe: { tcpSocket: { host: 'a' } } }), '1.33', ''],
    ['probe-host', withContainer({ livenessProbe: { tcpSocket: { host: 'a' } } }), '1.34', BOTH],
  ])('%s of %j in %s: %s', (id, object, release, expected) => {
    expect(violated(id, object, release)).toBe(expected);
  });
});

describe('everywhere', () => {
  it.each(['initContainers', 'ephemeralContainers'])('looks into %s', (list) => {
    const bad = { ...container('x', { procMount: 'Unmasked', appArmorProfile: { type: 'Unconfined' }, seLinuxOptions: { user: 'u' } }), livenessProbe: { tcpSocket: { host: 'a' } } };
    const object = deployment({ containers: [], [list]: [bad] });
    for (const id of ['proc-mount', 'apparmor-profile', 'selinux-options', 'probe-host']) expect(check(id, object)[0]).toContain(`${POD}.${list}[0]`);
  });

  it('is undecided where a value is not known yet', () => {
    expect(inPreview('proc-mount', own({ procMount: UNKNOWN }))).toEqual({ undecided: [`main ${MAIN}.securityContext.procMount`], findings: [] });
    expect(inPreview('volume-types', ofPod({}, { volumes: [{ name: UNKNOWN, nfs: {} }] }))).toEqual({ undecided: [], findings: [`${POD}.volumes[0].nfs`] });
  });

  it('names the container that an annotation is about', () => {
    expect(inPreview('apparmor-profile', annotated({ [`${APPARMOR}main`]: 'unconfined' })).findings).toEqual([`main ${METADATA}["${APPARMOR}main"]`]);
    expect(inPreview('apparmor-profile', annotated({ [`${APPARMOR}gone`]: 'unconfined' })).findings).toEqual([`${METADATA}["${APPARMOR}gone"]`]);
  });
});
