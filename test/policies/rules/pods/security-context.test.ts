import type { KubernetesObject } from '../../../../policies';
import { deployment } from '../../objects';
import { check, findings, inPreview, MAIN, POD, UNKNOWN } from './verdicts';

const ID = 'security-context';
const pod = (own: unknown, ofPod: unknown, more: object = {}) => deployment({ securityContext: ofPod, containers: [{ name: 'main', image: 'x', securityContext: own }], ...more });
const MISSING = "neither container 'main' nor its pod has a security context";

it.each<[unknown, unknown, string[]]>([
  [undefined, undefined, [`${MAIN}.securityContext | null | ${MISSING}`]],
  [null, null, [`${MAIN}.securityContext | null | ${MISSING}`]],
  [{}, {}, [`${MAIN}.securityContext | {} | ${MISSING}`]],
  [{ runAsUser: null }, undefined, [`${MAIN}.securityContext | {"runAsUser":null} | ${MISSING}`]],
  ['root', undefined, [`${MAIN}.securityContext | "root" | ${MISSING}`]],
  [{ runAsUser: 1 }, undefined, []],
  [undefined, { fsGroup: 1 }, []],
])('container %j, pod %j: %j', (own, ofPod, expected) => {
  expect(check(ID, pod(own, ofPod))).toEqual(expected);
});

it('asks each container, of every role', () => {
  const bare = { name: 'bare', image: 'x' };
  expect(check(ID, pod({ runAsUser: 1 }, undefined, { initContainers: [bare], ephemeralContainers: [bare] })).map((line) => line.split(' ')[0])).toEqual([
    `${POD}.initContainers[0].securityContext`,
    `${POD}.ephemeralContainers[0].securityContext`,
  ]);
});

it('is numbered 5.7.3 up to 1.10', () => {
  const [finding] = findings(ID, pod(undefined, undefined));
  expect(finding?.controls).toEqual(expect.arrayContaining(['cis-kubernetes-1.11:5.6.3', 'cis-kubernetes-1.10:5.7.3', 'cis-gke-1.9:4.6.3', 'cis-aks-1.8:4.6.2']));
});

it('is undecided where the other half is elsewhere, or not known yet', () => {
  const runtime: KubernetesObject = { apiVersion: 'example.com/v1', kind: 'Thing', spec: { containers: [{ name: 'main', env: [] }] } };
  expect(inPreview(ID, runtime)).toEqual({ undecided: ['main spec.containers[0].securityContext'], findings: [] });
  expect(inPreview(ID, pod(UNKNOWN, undefined))).toEqual({ undecided: [`main ${MAIN}.securityContext`], findings: [] });
});
