// Metrics are served over TLS: to who may read them, and, save where upstream cannot tell, to nobody else. The controllers (or the
// proxy before them) ask the API server who that is, so this takes certificates and permissions that nothing else uses.

/** Services that metrics are read through, each with what a caller without a token is answered. */
const SERVICES = [
  { name: 'jobset-controller-manager-metrics-service', stranger: 401 },
  { name: 'kubeflow-trainer-controller-manager', stranger: 200 }, // Trainer 2.2.0 asks nobody for a token.
  { name: 'kserve-controller-manager-service', stranger: 401 },
  { name: 'llmisvc-controller-manager-service', stranger: 401 },
];
const PORT = 8443;
const READER = { name: 'metrics-reader', namespace: 'default' };
/** ClusterRole that JobSet's component brings for readers; metrics have the same path everywhere. */
const READER_ROLE = 'jobset-metrics-reader';

export async function checkMetrics(cluster, report, objects) {
  const { name, namespace } = READER;
  await cluster.apply([
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: READER },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: READER_ROLE },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    },
  ]);
  const token = (await cluster.kubectl(['create', 'token', name, '-n', namespace])).trim();
  for (const service of SERVICES) await report.check(`metrics of ${service.name}`, () => check(cluster, objects, service, token));
}

async function check(cluster, objects, { name, stranger }, token) {
  const declared = objects.find(({ kind, metadata }) => kind === 'Service' && metadata.name === name);
  if (!declared) throw new Error(`the platform has no Service ${name}`);
  const { spec } = await cluster.get('service', name, '-n', declared.metadata.namespace);
  const ask = async (authorization) => {
    const { status, body } = JSON.parse(await cluster.inside(process.execPath, ['-e', ASK], { input: JSON.stringify({ host: spec.clusterIP, port: PORT, authorization }) }));
    return { status, isMetrics: body.includes('# TYPE controller_runtime_') };
  };
  const reader = await ask(`Bearer ${token}`);
  if (reader.status !== 200 || !reader.isMetrics) throw new Error(`a reader is answered ${reader.status}${reader.status === 200 ? ', but no metrics' : ''}`);
  const other = await ask();
  if (other.status !== stranger) throw new Error(`without a token the answer is ${other.status}, expected ${stranger}`);
  return `200 to a reader, ${other.status} without a token`;
}

/** Asks once, and writes the answer as JSON. The name in the certificate is not what is under test, so it is not compared. */
const ASK = `
const { host, port, authorization } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
const headers = authorization ? { authorization } : {};
require('node:https').get({ host, port, path: '/metrics', headers, rejectUnauthorized: false, timeout: 10000 }, (response) => {
  let body = '';
  response.on('data', (chunk) => (body += chunk));
  response.on('end', () => process.stdout.write(JSON.stringify({ status: response.statusCode, body })));
});
`;
