import { deployment } from '../../objects';
import { check, container, inPreview, MAIN, POD, UNKNOWN, violated, WINDOWS, WINDOWS_BY_SELECTOR } from './verdicts';

const ID = 'seccomp-profile';
const POD_ANNOTATION = 'seccomp.security.alpha.kubernetes.io/pod';
const MAIN_ANNOTATION = 'container.seccomp.security.alpha.kubernetes.io/main';
const TYPE = 'securityContext.seccompProfile.type';

const pod = (own: unknown, ofPod: unknown = undefined, annotations: object = {}, spec: object = {}) =>
  deployment(
    { ...spec, ...(ofPod === undefined ? {} : { securityContext: { seccompProfile: ofPod } }), containers: [container('main', own === undefined ? {} : { seccompProfile: own })] },
    {},
    { annotations },
  );
const DEFAULT = { type: 'RuntimeDefault' };
const UNCONFINED = { type: 'Unconfined' };

it.each<[unknown, unknown, object, string[]]>([
  [undefined, undefined, {}, [`${MAIN}.${TYPE} | null | container 'main' runs without a seccomp profile`]],
  [null, null, {}, [`${MAIN}.${TYPE} | null | container 'main' runs without a seccomp profile`]],
  [DEFAULT, undefined, {}, []],
  [{ type: 'Localhost', localhostProfile: 'a.json' }, undefined, {}, []],
  [undefined, DEFAULT, {}, []],
  [UNCONFINED, DEFAULT, {}, [`${MAIN}.${TYPE} | "Unconfined" | container 'main' runs under the seccomp profile Unconfined`]],
  [{}, DEFAULT, {}, [`${MAIN}.${TYPE} | null | container 'main' runs under a seccomp profile without a type`]],
  ['RuntimeDefault', undefined, {}, [`${MAIN}.${TYPE} | null | container 'main' runs under a seccomp profile without a type`]],
  [undefined, UNCONFINED, {}, [`${POD}.${TYPE} | "Unconfined" | container 'main' runs under the seccomp profile Unconfined`]],
  [DEFAULT, UNCONFINED, {}, [`${POD}.${TYPE} | "Unconfined" | the pod runs under the seccomp profile Unconfined, though each of its containers states a profile`]],
  [UNCONFINED, undefined, { [POD_ANNOTATION]: 'runtime/default' }, [`${MAIN}.${TYPE} | "Unconfined" | container 'main' runs under the seccomp profile Unconfined`]],
])('container %j in pod %j, annotations %j: %j', (own, ofPod, annotations, expected) => {
  expect(check(ID, pod(own, ofPod, annotations))).toEqual(expected);
});

it.each<[string, unknown, unknown, object, string, string]>([
  ['nothing', undefined, undefined, {}, 'latest', 'cis restricted'],
  ['nothing, before the field', undefined, undefined, {}, '1.18', 'cis'],
  ['unconfined', UNCONFINED, undefined, {}, 'latest', 'cis baseline restricted'],
  ['unconfined, before the field', UNCONFINED, undefined, {}, '1.18', 'cis'],
  ['a pod unconfined, overridden', DEFAULT, UNCONFINED, {}, 'latest', 'baseline restricted'],
  ['a pod unconfined, overridden, before the field', DEFAULT, UNCONFINED, {}, '1.18', ''],
  ['the annotation of the pod', undefined, undefined, { [POD_ANNOTATION]: 'runtime/default' }, 'latest', 'restricted'],
  ['the annotation of the pod, Docker', undefined, undefined, { [POD_ANNOTATION]: 'docker/default' }, '1.18', ''],
  ['the annotation of the container over that of the pod', undefined, undefined, { [POD_ANNOTATION]: 'unconfined', [MAIN_ANNOTATION]: 'localhost/a.json' }, 'latest', 'restricted'],
  ['a wrong annotation', undefined, undefined, { [POD_ANNOTATION]: 'unconfined' }, 'latest', 'cis restricted'],
  ['a wrong annotation, before the field', undefined, undefined, { [POD_ANNOTATION]: 'unconfined' }, '1.18', 'cis baseline restricted'],
  ['a wrong annotation of another container', DEFAULT, undefined, { 'container.seccomp.security.alpha.kubernetes.io/other': 'unconfined' }, '1.18', ''],
])('violates by %s', (_title, own, ofPod, annotations, release, expected) => {
  expect(violated(ID, pod(own, ofPod, annotations), release)).toBe(expected);
});

it('names the annotation at fault', () => {
  expect(check(ID, pod(DEFAULT, undefined, { [MAIN_ANNOTATION]: 'unconfined' }), { podSecurityVersion: '1.18' })).toEqual([
    `spec.template.metadata.annotations["${MAIN_ANNOTATION}"] | "unconfined" | annotation ${MAIN_ANNOTATION} sets the seccomp profile unconfined`,
  ]);
});

it.each<[object, unknown, string, string]>([
  [WINDOWS, undefined, 'latest', ''],
  [WINDOWS, undefined, '1.24', 'restricted'],
  [WINDOWS_BY_SELECTOR, undefined, 'latest', 'restricted'],
  [WINDOWS, UNCONFINED, 'latest', 'baseline'],
])('Windows pod %j, profile %j, release %s: %s', (spec, own, release, expected) => {
  expect(violated(ID, pod(own, undefined, {}, spec), release)).toBe(expected);
});

it('asks containers of every role', () => {
  const object = deployment({ containers: [container('main', { seccompProfile: DEFAULT })], initContainers: [container('init')], ephemeralContainers: [container('debug')] });
  expect(check(ID, object).map((line) => line.split(' ')[0])).toEqual([`${POD}.initContainers[0].${TYPE}`, `${POD}.ephemeralContainers[0].${TYPE}`]);
});

it('is undecided where the profile is not known yet', () => {
  expect(inPreview(ID, pod(UNKNOWN)).undecided).toContain(`main ${MAIN}.securityContext.seccompProfile`);
});
