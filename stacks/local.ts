import { examples } from '../examples';
import { localConfig } from './config';
import { platform } from './platform';
import type { Stack } from './stack';

/** The platform and the examples on an embedded control plane. */
export const local: Stack<typeof localConfig> = {
  name: 'local',
  description: 'the platform on an embedded control plane of this machine',
  config: localConfig,
  build: (app, config) => {
    platform(app, config);
    examples(app);
  },
  target: ({ nodes, gpuNodes }) => ({ kind: 'embedded', nodes, gpuNodes }),
};
