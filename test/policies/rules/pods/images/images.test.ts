import { evaluate, type KubernetesObject, POLICIES } from '../../../../../policies';
import { deployment } from '../../../objects';
import { check, findings, inPreview, MAIN, POD, UNKNOWN } from '../verdicts';

const pod = (image: unknown, more: object = {}): KubernetesObject => deployment({ containers: [{ name: 'main', image }], ...more });
const volume = (reference: unknown) => pod('quay.io/team/app:1@sha256:abcdef', { volumes: [{ name: 'data', emptyDir: {} }, { name: 'model', image: { reference } }] });
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const FIRST = `${MAIN}.image`;

describe('image-tag', () => {
  it.each<[unknown, string[]]>([
    ['nginx', [`${FIRST} | "nginx" | container 'main' runs an image without a tag`]],
    ['registry:5000/nginx', [`${FIRST} | "registry:5000/nginx" | container 'main' runs an image without a tag`]],
    ['nginx:latest', [`${FIRST} | "nginx:latest" | container 'main' runs an image with the tag latest`]],
    ['an image', [`${FIRST} | "an image" | container 'main' runs "an image", which is no image's name`]],
    [7, [`${FIRST} | 7 | container 'main' runs 7, which is no image's name`]],
    ['nginx:latest-1', []],
    [`nginx@${DIGEST}`, []],
    [`nginx:latest@${DIGEST}`, []],
    [undefined, []],
    [null, []],
    ['', []],
  ])('of %j: %j', (image, expected) => {
    expect(check('image-tag', pod(image))).toEqual(expected);
  });

  it('looks at images mounted as volumes, and at containers of every role', () => {
    expect(check('image-tag', volume('quay.io/team/model'))).toEqual([`${POD}.volumes[1].image.reference | "quay.io/team/model" | volume 'model' holds an image without a tag`]);
    expect(check('image-tag', volume('quay.io/team/model:1'))).toEqual([]);
    const bad = { name: 'x', image: 'x' };
    expect(findings('image-tag', deployment({ containers: [bad], initContainers: [bad], ephemeralContainers: [bad] }))).toHaveLength(3);
  });

  it('is undecided about placeholders, and what is not known yet', () => {
    for (const image of ['{{inputs.parameters.image}}', 'quay.io/app:${TAG}', '$(IMAGE)', '<image>']) {
      expect(inPreview('image-tag', pod(image))).toEqual({ undecided: [`main ${FIRST}`], findings: [] });
    }
    expect(inPreview('image-tag', pod(UNKNOWN))).toEqual({ undecided: [`main ${FIRST}`], findings: [] });
  });
});

describe('image-registry', () => {
  it('asks nothing until registries are named', () => {
    expect(check('image-registry', pod('evil.example/app:1'))).toEqual([]);
    expect(check('image-registry', pod('evil.example/app:1'), { allowedRegistries: [] })).toEqual([]);
  });

  it('asks for one of those that are', () => {
    const allowedRegistries = ['quay.io/team', 'registry.example.com'];
    expect(check('image-registry', pod('quay.io/team/app:1'), { allowedRegistries })).toEqual([]);
    expect(check('image-registry', pod('nginx'), { allowedRegistries })).toEqual([
      `${FIRST} | "nginx" | container 'main' runs an image of docker.io/library/nginx, which is not in allowedRegistries`,
    ]);
    expect(check('image-registry', volume('quay.io/other/model:1'), { allowedRegistries })).toEqual([
      `${POD}.volumes[1].image.reference | "quay.io/other/model:1" | volume 'model' holds an image of quay.io/other/model, which is not in allowedRegistries`,
    ]);
  });

  it('has the control of EKS for approved registries', () => {
    expect(findings('image-registry', pod('x'), { allowedRegistries: ['quay.io'] })[0]).toMatchObject({
      enforcement: 'mandatory',
      controls: expect.arrayContaining(['cis-kubernetes-2.0.1:5.5.1', 'cis-gke-1.9:4.5.1', 'cis-eks-1.8:5.1.4']),
    });
  });
});

describe('image-digest', () => {
  const policies = POLICIES.filter(({ id }) => id === 'image-digest');
  const withOthers = (...others: KubernetesObject[]) => evaluate([pod('nginx:1'), ...others], { policies }).findings.length;
  const object = (apiVersion: string, kind: string, metadata: object = {}, spec: object = {}): KubernetesObject => ({ apiVersion, kind, metadata: { name: 'verify', ...metadata }, spec });
  const VERIFY = { rules: [{ name: 'a', match: {} }, { name: 'verify', verifyImages: [{ imageReferences: ['*'] }] }] };

  it('is advice on images without a digest', () => {
    expect(findings('image-digest', pod('nginx:1'))).toMatchObject([{ path: FIRST, enforcement: 'advisory', message: "container 'main' runs an image without a digest" }]);
    expect(check('image-digest', pod(`nginx:1@${DIGEST}`))).toEqual([]);
    expect(check('image-digest', volume('quay.io/team/model:1'))).toHaveLength(1);
  });

  it.each<[string, KubernetesObject]>([
    ['Kyverno', object('kyverno.io/v1', 'ClusterPolicy', {}, VERIFY)],
    ['Kyverno in the namespace', object('kyverno.io/v1', 'Policy', { namespace: 'team-a' }, VERIFY)],
    ["Kyverno's own kind", object('policies.kyverno.io/v1', 'ImageValidatingPolicy')],
    ["Kyverno's own kind in the namespace", object('policies.kyverno.io/v1', 'NamespacedImageValidatingPolicy', { namespace: 'team-a' })],
    ['sigstore', object('policy.sigstore.dev/v1beta1', 'ClusterImagePolicy')],
    ['Ratify', object('config.ratify.deislabs.io/v1beta1', 'Verifier')],
    ['Ratify in the namespace', object('config.ratify.deislabs.io/v1beta1', 'NamespacedVerifier', { namespace: 'team-a' })],
    ['Connaisseur', object('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', { name: 'connaisseur-webhook' })],
  ])('is content with verification by %s', (_title, other) => {
    expect(withOthers(other)).toBe(0);
  });

  it.each<[string, KubernetesObject]>([
    ['a policy that verifies nothing', object('kyverno.io/v1', 'ClusterPolicy', {}, { rules: [{ name: 'a', validate: {} }, null] })],
    ['a policy without rules', object('kyverno.io/v1', 'ClusterPolicy', {}, { rules: 'none' })],
    ['a policy of another namespace', object('kyverno.io/v1', 'Policy', { namespace: 'team-b' }, VERIFY)],
    ['a kind of the same name', object('example.com/v1', 'Verifier')],
    ['another webhook', object('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', { name: 'injector' })],
    ['a webhook without a name', object('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', { name: null })],
  ])('is not content with %s', (_title, other) => {
    expect(withOthers(other)).toBe(1);
  });
});
