import { App } from 'cdk8s';
import { imagesOf, type ImageUse, type Manifest, rewriteImages, synthesize } from '../../../constructs/core';
import { Istio, type IstioProps } from '../../../constructs/istio';

/** A synthesised Istio and its parts. */
export interface Synthesized {
  readonly istio: Istio;
  readonly objects: readonly Manifest[];
  readonly images: readonly ImageUse[];
  /** The one object of a kind and name. */
  get(kind: string, name: string): Manifest;
}

/** Synthesises Istio by itself. */
export function synthesized(props?: IstioProps, registry?: string): Synthesized {
  const app = new App();
  if (registry) rewriteImages(app, { registry });
  const istio = new Istio(app, 'istio', props);
  const objects = synthesize(app).map(({ manifest }) => manifest);
  return {
    istio,
    objects,
    images: imagesOf(app),
    get: (kind, name) => {
      const found = objects.filter((object) => object.kind === kind && object.metadata.name === name);
      if (found.length !== 1) throw new Error(`${found.length} objects ${kind}/${name}`);
      return found[0]!;
    },
  };
}

/** What is at a path in an object, e.g. `at(deployment, 'spec.template.spec.containers.0.image')`. */
export function at<T = unknown>(value: unknown, path: string): T {
  return path.split('.').reduce<unknown>((parent, key) => (parent as Record<string, unknown> | undefined)?.[key], value) as T;
}
