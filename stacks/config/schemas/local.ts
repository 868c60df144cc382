import type { z } from 'zod';
import { platformConfig } from './platform';
import { count } from './values';

/** Configuration of the `local` stack. */
export const localConfig = platformConfig.extend({
  nodes: count(1, 100).default(6).describe('Simulated CPU nodes'),
  gpuNodes: count(0, 100).default(4).describe('Simulated GPU nodes, eight GPUs each'),
});

export type LocalConfig = z.infer<typeof localConfig>;
