import { localConfig } from './config';
import type { Stack } from './stack';

/** The platform and the examples on an embedded control plane. */
export const local: Stack<typeof localConfig> = {
  name: 'local',
  description: 'the platform on an embedded control plane of this machine',
  config: localConfig,
  target: ({ nodes, gpuNodes }) => ({ kind: 'embedded', nodes, gpuNodes }),
  declare: async (app, config) => {
    const [{ core, platform }, { examples }] = await Promise.all([import('./platform.js'), import('../examples/index.js')]);
    platform(app, config, core(app, config));
    examples(app);
  },
};
