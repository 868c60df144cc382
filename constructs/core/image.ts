import { Construct, type IConstruct } from 'constructs';
import { InvalidInputError } from './errors';

/** A container image as a value. */
export interface Image {
  /** Registry host, e.g. `quay.io`. */
  readonly registry: string;
  /** Path in the registry, e.g. `jetstack/cert-manager-controller`. */
  readonly repository: string;
  readonly tag: string;
  /** `sha256:…`; when given, it is what is pulled. @default none: the tag decides */
  readonly digest?: string;
  /** `os/architecture` pairs the image is published for. @default ['linux/amd64', 'linux/arm64'] */
  readonly platforms?: readonly string[];
}

/** An {@link Image} with where it is used. */
export interface ImageUse {
  readonly image: Image;
  /** As it is written into manifests, after rewriting. */
  readonly reference: string;
  /** Construct path that uses it. */
  readonly usedBy: string;
}

/** Rewrites images to where the cluster can pull them from. */
export interface ImageRewrite {
  /** Host (and path prefix) that replaces an image's registry, e.g. `registry.example.com/mirror`. */
  readonly registry: string;
  /** Keep the original registry as the first path segment, so that equal repositories do not collide. @default true */
  readonly keepOriginalRegistry?: boolean;
}

const REWRITE_CONTEXT = 'kubeflow-cdk/image-rewrite';
const USES = new WeakMap<IConstruct, ImageUse[]>();

/**
 * Reads an image reference such as `quay.io/jetstack/cert-manager-controller:v1.20.2`.
 *
 * @throws InvalidInputError if it names no registry, or neither a tag nor a digest
 */
export function parseImage(reference: string): Image {
  const match = /^([^/]+\.[^/]+|localhost(?::\d+)?)\/([^:@]+)(?::([^@]+))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(reference);
  const [, registry, repository, tag, digest] = match ?? [];
  if (!registry || !repository || !(tag ?? digest)) {
    throw new InvalidInputError({ property: 'image', value: reference, expected: 'registry/repository:tag, optionally @sha256:…', where: 'parseImage' });
  }
  return { registry, repository, tag: tag ?? '', ...(digest ? { digest } : {}) };
}

/** The reference as it is pulled, without any rewriting. */
export function imageReference(image: Image): string {
  const tag = image.tag ? `:${image.tag}` : '';
  return `${image.registry}/${image.repository}${tag}${image.digest ? `@${image.digest}` : ''}`;
}

/** Rewrites every image used at or below `scope`, also where it stands in a ConfigMap, a variable or an argument. */
export function rewriteImages(scope: Construct, rewrite: ImageRewrite): void {
  scope.node.setContext(REWRITE_CONTEXT, rewrite);
}

/**
 * The reference to write for an image at `scope`. Every image passes through here, which is what makes the
 * inventory ({@link imagesOf}) complete and rewriting total.
 */
export function useImage(scope: Construct, image: Image): string {
  const rewrite = scope.node.tryGetContext(REWRITE_CONTEXT) as ImageRewrite | undefined;
  const reference = imageReference(rewrite ? rewritten(image, rewrite) : image);
  const root = scope.node.root;
  const uses = USES.get(root) ?? [];
  uses.push({ image, reference, usedBy: scope.node.path });
  USES.set(root, uses);
  return reference;
}

/** Every image used below `scope`, in order of use. */
export function imagesOf(scope: IConstruct): readonly ImageUse[] {
  const prefix = scope.node.path;
  return (USES.get(scope.node.root) ?? []).filter((use) => prefix === '' || use.usedBy === prefix || use.usedBy.startsWith(`${prefix}/`));
}

function rewritten(image: Image, rewrite: ImageRewrite): Image {
  const [host = '', ...prefix] = rewrite.registry.split('/');
  const original = rewrite.keepOriginalRegistry ?? true ? [image.registry.replace(':', '_')] : [];
  return { ...image, registry: host, repository: [...prefix, ...original, image.repository].join('/') };
}
