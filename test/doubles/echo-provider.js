// A provider that stands in for a cloud's: it takes what it is given, answers with the same, and invents an id. In a
// preview the id is unknown, as it is with the real ones. Run with the built package's folder as first argument.
const path = require('node:path');

const [dist] = process.argv.splice(2, 1);
const { runProvider } = require(path.join(dist, 'components/apiserver/plugin/server.js'));
const { NO_PROPERTIES } = require(path.join(dist, 'components/apiserver/plugin/messages.js'));

const nameOf = (urn) => urn.split('::').at(-1);

void runProvider({
  version: '0.0.1',
  checkConfig: async ({ news }) => ({ inputs: news }),
  diffConfig: async () => ({ changes: new Map() }),
  configure: async () => undefined,
  check: async ({ news }) => ({ inputs: news }),
  diff: async ({ oldInputs, news }) => ({ changes: Buffer.compare(oldInputs, news) === 0 ? new Map() : new Map([['properties', 4]]) }),
  create: async ({ urn, properties, preview }) => ({ id: preview ? '' : `id-of-${nameOf(urn)}`, outputs: properties }),
  read: async ({ id, properties, inputs }) => ({ id, outputs: properties, inputs: inputs.length > 0 ? inputs : NO_PROPERTIES }),
  update: async ({ news }) => news,
  delete: async () => undefined,
  cancel: () => undefined,
  close: async () => undefined,
});
