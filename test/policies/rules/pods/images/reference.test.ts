import { isFrom, parseImage } from '../../../../../policies/rules/pods/images/reference';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

it.each<[string, ReturnType<typeof parseImage>]>([
  ['nginx', { registry: 'docker.io', repository: 'library/nginx' }],
  ['nginx:1.27', { registry: 'docker.io', repository: 'library/nginx', tag: '1.27' }],
  ['bitnami/nginx', { registry: 'docker.io', repository: 'bitnami/nginx' }],
  ['docker.io/nginx', { registry: 'docker.io', repository: 'library/nginx' }],
  ['index.docker.io/library/nginx', { registry: 'docker.io', repository: 'library/nginx' }],
  ['quay.io/jetstack/controller:v1', { registry: 'quay.io', repository: 'jetstack/controller', tag: 'v1' }],
  ['registry:5000/app', { registry: 'registry:5000', repository: 'app' }],
  ['registry:5000/app:5000', { registry: 'registry:5000', repository: 'app', tag: '5000' }],
  ['localhost/app:a_B.c-1', { registry: 'localhost', repository: 'app', tag: 'a_B.c-1' }],
  ['[::1]:5000/app:1', { registry: '[::1]:5000', repository: 'app', tag: '1' }],
  ['Registry.Example.com/app', { registry: 'registry.example.com', repository: 'app' }],
  [`app@${DIGEST}`, { registry: 'docker.io', repository: 'library/app', digest: DIGEST }],
  [`registry:5000/a/b:1@${DIGEST}`, { registry: 'registry:5000', repository: 'a/b', tag: '1', digest: DIGEST }],
  ['', undefined],
  ['app:', undefined],
  ['app@', undefined],
  ['app@sha256', undefined],
  ['app@sha256:xyz', undefined],
  ['/app', undefined],
  ['a//b', undefined],
  ['quay.io/', undefined],
  ['an image', undefined],
  ['{{image}}', undefined],
  [`app:${'x'.repeat(129)}`, undefined],
])('parses %s', (text, expected) => {
  expect(parseImage(text)).toEqual(expected);
});

it.each<[string, string, boolean]>([
  ['quay.io/jetstack/controller:v1', 'quay.io', true],
  ['quay.io/jetstack/controller:v1', 'quay.io/jetstack', true],
  ['quay.io/jetstack/controller:v1', 'quay.io/jetstack/', true],
  ['quay.io/jetstack/controller:v1', 'quay.io/jetstack/*', true],
  ['quay.io/jetstack/controller:v1', 'quay.io/jetstack/controller', true],
  ['quay.io/jetstack/controller:v1', 'Quay.io', true],
  ['quay.io/jetstack/controller:v1', 'quay.io/jet', false],
  ['quay.io.evil.example/jetstack/controller', 'quay.io', false],
  ['evil.example/quay.io/app', 'quay.io', false],
  ['registry:5000/app', 'registry:5000', true],
  ['registry:5000/app', 'registry.example.com:5000', false],
  ['nginx', 'docker.io', true],
  ['nginx', 'docker.io/library', true],
  ['nginx', 'docker.io/nginx', true],
  ['nginx', 'nginx', true],
  ['nginx/nginx-ingress', 'nginx', true],
  ['docker.io/bitnami/nginx', 'bitnami', true],
  ['bitnami/nginx', 'docker.io/library', false],
  ['quay.io/nginx', 'nginx', false],
  ['localhost/app', 'localhost', true],
])('%s is from %s: %s', (text, source, expected) => {
  const image = parseImage(text);
  expect(image && isFrom(image, source)).toBe(expected);
});
