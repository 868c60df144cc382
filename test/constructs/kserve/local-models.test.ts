import { at, find, kserve } from './platform';

const { manifests } = kserve({ localModels: { hostPath: '/var/models', nodeSelector: { pool: 'gpu' } } });
const agent = at(find(manifests, 'DaemonSet', 'kserve-localmodelnode-agent'), 'spec', 'template', 'spec');
const crds = (of: typeof manifests) => of.filter(({ kind, metadata }) => kind === 'CustomResourceDefinition' && metadata.name.startsWith('localmodel'));

test('is not there, nor its CRDs, unless asked for', () => {
  const plain = kserve().manifests;
  expect(crds(plain)).toEqual([]);
  expect(plain.filter(({ metadata }) => metadata.name.includes('localmodel'))).toEqual([]);
  expect(crds(manifests)).toHaveLength(3);
});

test('agents have a namespace of their own, since only they touch the node', () => {
  const level = (name: string) => find(manifests, 'Namespace', name).metadata.labels?.['pod-security.kubernetes.io/enforce'];
  expect([level('kserve'), level('kserve-localmodel-jobs'), level('kserve-localmodel-agents')]).toEqual(['restricted', 'restricted', 'privileged']);
  expect(find(manifests, 'DaemonSet', 'kserve-localmodelnode-agent').metadata.namespace).toBe('kserve-localmodel-agents');
});

test('an agent is neither root nor privileged, and owns the files of the downloads', () => {
  expect(agent).toMatchObject({
    nodeSelector: { pool: 'gpu' },
    securityContext: { runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000 },
    volumes: [{ name: 'models', hostPath: { path: '/var/models', type: 'DirectoryOrCreate' } }],
  });
  expect(at(agent, 'containers', 0)).toMatchObject({ volumeMounts: [{ name: 'models', mountPath: '/mnt/models' }], securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } });
});

test('an agent starts jobs in their namespace only, and reads the configuration where it is', () => {
  const role = (name: string) => find(manifests, 'Role', name);
  expect(role('kserve-localmodelnode-agent-downloads').metadata.namespace).toBe('kserve-localmodel-jobs');
  expect(role('kserve-localmodelnode-agent-downloads').rules).toEqual([{ apiGroups: ['batch'], resources: ['jobs'], verbs: ['create', 'delete'] }]);
  expect(role('kserve-localmodelnode-agent-config')).toMatchObject({ metadata: { namespace: 'kserve' }, rules: [{ resourceNames: ['inferenceservice-config'], verbs: ['get'] }] });
  expect(find(manifests, 'RoleBinding', 'kserve-localmodelnode-agent-config').subjects).toEqual([{ kind: 'ServiceAccount', name: 'kserve-localmodelnode-agent', namespace: 'kserve-localmodel-agents' }]);
});

test('downloads may go anywhere, and nothing reaches them', () => {
  expect(at(find(manifests, 'NetworkPolicy', 'model-downloads'), 'spec')).toEqual({ podSelector: {}, policyTypes: ['Egress'], egress: [{}] });
});

test('jobs get a container that their restricted namespace admits', () => {
  expect(at(find(manifests, 'ClusterStorageContainer', 'local-model-download'), 'spec')).toMatchObject({
    workloadType: 'localModelDownloadJob',
    container: { securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' } } },
  });
});
