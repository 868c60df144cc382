/** The parts of an image's name. */
export interface ImageReference {
  /** Host, with its port if one is written. */
  readonly registry: string;
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Docker's own registry: what a name without one means. */
const DOCKER_HUB = 'docker.io';

const REPOSITORY = /^[\w.-]+(\/[\w.-]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
// A digest of the wrong length cannot be pulled, and so lets nothing run that it does not name.
const DIGEST = /^[a-z\d]+([.+_-][a-z\d]+)*:[\da-f]+$/i;

/** Takes an image's name apart as container runtimes do; `undefined` if it is none. */
export function parseImage(text: string): ImageReference | undefined {
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  const name = at < 0 ? text : text.slice(0, at);
  const colon = name.lastIndexOf(':');
  // A colon before the last slash is that of the registry's port.
  const tag = colon > name.lastIndexOf('/') ? name.slice(colon + 1) : undefined;
  const { registry, repository } = splitRegistry(tag === undefined ? name : name.slice(0, colon));
  if (!REPOSITORY.test(repository) || (tag !== undefined && !TAG.test(tag)) || (digest !== undefined && !DIGEST.test(digest))) return undefined;
  return { registry, repository: officialName(registry, repository), ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}

/** Whether an image is of a registry (`quay.io`) or a repository, or below it (`quay.io/jetstack`). */
export function isFrom({ registry, repository }: ImageReference, source: string): boolean {
  const name = `${registry}/${repository}`;
  return sourceNames(source.replace(/\/?\*?$/, '')).some((prefix) => name === prefix || name.startsWith(`${prefix}/`));
}

function sourceNames(source: string): string[] {
  if (!source.includes('/') && isRegistry(source)) return [normalRegistry(source)];
  const { registry, repository } = splitRegistry(source);
  // On Docker Hub a single name is both an organisation and an official image.
  return [`${registry}/${repository}`, `${registry}/${officialName(registry, repository)}`];
}

/** The first part is a registry if it looks like a host, or is spelt as no repository is. */
function splitRegistry(name: string): { registry: string; repository: string } {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  if (slash < 0 || !isRegistry(first)) return { registry: DOCKER_HUB, repository: name };
  return { registry: normalRegistry(first), repository: name.slice(slash + 1) };
}

function isRegistry(text: string): boolean {
  return text === 'localhost' || /[.:A-Z]/.test(text);
}

function normalRegistry(host: string): string {
  const lower = host.toLowerCase();
  return lower === 'index.docker.io' || lower === 'registry-1.docker.io' ? DOCKER_HUB : lower;
}

function officialName(registry: string, repository: string): string {
  return registry === DOCKER_HUB && !repository.includes('/') ? `library/${repository}` : repository;
}
