// Azure's management API, which is asked for sizes of machines and versions of Kubernetes: answers in place of the network. Required by a
// process (`node --require`), it takes the place of `fetch` there.
const SIZES = ['Standard_D4ds_v5', 'Standard_D8ds_v5', 'Standard_D16ds_v5', 'Standard_NC8as_T4_v3', 'Standard_NC24ads_A100_v4'];
const VERSIONS = ['1.33', '1.34', '1.35'];
const CAPABILITIES = [
  { name: 'EncryptionAtHostSupported', value: 'True' },
  { name: 'HyperVGenerations', value: 'V1,V2' },
];

function answer(url) {
  if (url.includes('/providers/Microsoft.Compute/skus')) {
    const [, location] = /location eq '(\w+)'/.exec(decodeURIComponent(url)) ?? [];
    return { value: SIZES.map((name) => ({ resourceType: 'virtualMachines', name, locationInfo: [{ location, zones: ['1', '2', '3'] }], capabilities: CAPABILITIES })) };
  }
  if (url.includes('/kubernetesVersions')) return { values: VERSIONS.map((version) => ({ version, patchVersions: { [`${version}.1`]: {} } })) };
  throw new Error(`nobody answers ${url}`);
}

const fetchDouble = async (request) => new Response(JSON.stringify(answer(String(request))));

module.exports = { fetchDouble };
if (process.env.DOUBLE_AZURE_MANAGEMENT) globalThis.fetch = fetchDouble;
