import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { type Image, imageReference, imagesOf, parseImage, rewriteImages, useImage } from '../../../constructs/core';
import { refusalOf } from './refusals';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const IMAGE: Image = { registry: 'quay.io', repository: 'jetstack/cert-manager-webhook', tag: 'v1.20.2' };

describe('parseImage', () => {
  test.each([
    'quay.io/jetstack/cert-manager-webhook:v1.20.2',
    `docker.io/library/python@${DIGEST}`,
    `registry.example.com:5000/a/b/c:1.2@${DIGEST}`,
    'localhost:5000/app:dev',
  ])('%s is written again as it was read', (reference) => {
    expect(imageReference(parseImage(reference))).toBe(reference);
  });

  test('takes a reference apart', () => {
    expect(parseImage(`quay.io/a/b:1@${DIGEST}`)).toEqual({ registry: 'quay.io', repository: 'a/b', tag: '1', digest: DIGEST });
  });

  test.each(['python:3.12', 'library/python:3.12', 'quay.io/a/b', 'quay.io/a/b@sha256:short', ''])('refuses %j', (reference) => {
    expect(() => parseImage(reference)).toThrow(refusalOf('image'));
  });
});

describe('use', () => {
  const app = () => {
    const root = new App();
    const chart = new Chart(root, 'chart');
    return { root, chart, part: new Construct(chart, 'part'), other: new Chart(root, 'chart-2') };
  };

  test('every use is in the inventory, under the construct that made it', () => {
    const { root, chart, part, other } = app();
    useImage(part, IMAGE);
    useImage(other, { ...IMAGE, tag: 'v2' });
    expect(imagesOf(chart)).toEqual([{ image: IMAGE, reference: 'quay.io/jetstack/cert-manager-webhook:v1.20.2', usedBy: 'chart/part' }]);
    expect(imagesOf(root).map(({ usedBy }) => usedBy)).toEqual(['chart/part', 'chart-2']);
    expect(imagesOf(part)).toHaveLength(1);
  });

  test('apps do not see each other\'s', () => {
    useImage(app().part, IMAGE);
    expect(imagesOf(app().root)).toEqual([]);
  });

  test('a digest is kept when the registry is rewritten', () => {
    const root = new App();
    rewriteImages(root, { registry: 'mirror.example.com/k8s' });
    expect(useImage(new Chart(root, 'chart'), { ...IMAGE, digest: DIGEST })).toBe(`mirror.example.com/k8s/quay.io/jetstack/cert-manager-webhook:v1.20.2@${DIGEST}`);
  });

  test('equal repositories of two registries stay apart, unless that is not wanted', () => {
    const write = (keepOriginalRegistry?: boolean) => {
      const root = new App();
      rewriteImages(root, { registry: 'mirror.example.com', keepOriginalRegistry });
      const chart = new Chart(root, 'chart');
      return [IMAGE, { ...IMAGE, registry: 'localhost:5000' }].map((image) => useImage(chart, image));
    };
    expect(write()).toEqual(['mirror.example.com/quay.io/jetstack/cert-manager-webhook:v1.20.2', 'mirror.example.com/localhost_5000/jetstack/cert-manager-webhook:v1.20.2']);
    expect(new Set(write(false)).size).toBe(1);
  });

  test('the inventory keeps what the image is, beside where it is pulled from', () => {
    const root = new App();
    rewriteImages(root, { registry: 'mirror.example.com' });
    useImage(new Chart(root, 'chart'), IMAGE);
    expect(imagesOf(root)[0]?.image).toEqual(IMAGE);
  });

  test('rewriting comes too late once constructs are there', () => {
    const { root } = app();
    expect(() => rewriteImages(root, { registry: 'mirror.example.com' })).toThrow(/after children/);
  });

  test('rewriting reaches only what is below', () => {
    const root = new App();
    const mirrored = new Chart(root, 'mirrored');
    rewriteImages(mirrored, { registry: 'mirror.example.com' });
    expect(useImage(new Construct(mirrored, 'part'), IMAGE)).toMatch(/^mirror\.example\.com\//);
    expect(useImage(new Chart(root, 'plain'), IMAGE)).toMatch(/^quay\.io\//);
  });
});
