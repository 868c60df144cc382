import { imageReference, imagesOf } from '../../constructs/core';
import { openSession, type StackOptions } from '../session';

/** An image and who uses it. */
export interface ImageRow {
  /** As it is written into manifests. */
  readonly image: string;
  /** Where it comes from, before rewriting. */
  readonly source: string;
  readonly platforms: readonly string[];
  readonly components: readonly string[];
}

/** Every image the stack may pull, also those that stand in configuration, sorted. */
export async function images(options: StackOptions): Promise<readonly ImageRow[]> {
  const { app } = await openSession(options);
  const rows = new Map<string, ImageRow & { components: string[] }>();
  for (const { image, reference, usedBy } of imagesOf(app)) {
    const row = rows.get(reference) ?? { image: reference, source: imageReference(image), platforms: image.platforms ?? ['linux/amd64', 'linux/arm64'], components: [] };
    const component = usedBy.split('/')[0] ?? usedBy;
    if (!row.components.includes(component)) row.components.push(component);
    rows.set(reference, row);
  }
  return [...rows.values()].sort((a, b) => (a.image < b.image ? -1 : 1));
}
