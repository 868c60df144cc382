import { App } from 'cdk8s';
import { CertManager, type CertManagerProps } from '../../../constructs/cert-manager';
import { objectsOf } from './objects';

const objects = (props?: CertManagerProps) => objectsOf(new CertManager(new App(), 'cert-manager', props));
interface Rule { readonly apiGroups?: readonly string[]; readonly resources: readonly string[]; readonly verbs: readonly string[] }

/** What a ServiceAccount may do to a resource in the whole cluster. */
function verbsOn(resource: string, account: string, props?: CertManagerProps): string[] {
  const { one, ofKind } = objects(props);
  const roles = ofKind('ClusterRoleBinding').filter(({ subjects }) => subjects[0].name === account).map(({ roleRef }) => roleRef.name);
  const rules: Rule[] = roles.flatMap((role) => one('ClusterRole', role).rules);
  return [...new Set(rules.filter(({ resources }) => resources.includes(resource)).flatMap(({ verbs }) => verbs))].sort();
}

test('no role has a wildcard', () => {
  for (const role of [...objects().ofKind('ClusterRole'), ...objects().ofKind('Role')]) {
    for (const { apiGroups = [], resources, verbs } of role.rules as Rule[]) expect([...apiGroups, ...resources, ...verbs]).not.toContain('*');
  }
});

test('every binding binds a role that is there to an account that is there, in its namespace', () => {
  const { one, ofKind } = objects();
  for (const binding of [...ofKind('ClusterRoleBinding'), ...ofKind('RoleBinding')]) {
    expect(one(binding.roleRef.kind, binding.roleRef.name)).toBeDefined();
    expect(binding.subjects).toEqual([{ kind: 'ServiceAccount', name: one('ServiceAccount', binding.subjects[0].name).metadata.name, namespace: 'cert-manager' }]);
  }
});

test('the controller never updates a Secret; the injector and the webhook write none in the cluster', () => {
  expect(verbsOn('secrets', 'cert-manager')).toEqual(['create', 'delete', 'get', 'list', 'patch', 'watch']);
  expect(verbsOn('secrets', 'cert-manager-cainjector')).toEqual(['get', 'list', 'watch']);
  expect(verbsOn('secrets', 'cert-manager-webhook')).toEqual([]);
});

test('signing Kubernetes\' own requests is granted, and switched on, only when asked for', () => {
  const args = (props?: CertManagerProps) => objects(props).one('Deployment', 'cert-manager').spec.template.spec.containers[0].args.join(' ');
  expect(verbsOn('certificatesigningrequests', 'cert-manager')).toEqual([]);
  expect(args()).not.toContain('ExperimentalCertificateSigningRequestControllers');
  const props = { signsCertificateSigningRequests: true };
  expect(verbsOn('certificatesigningrequests', 'cert-manager', props)).toEqual(['get', 'list', 'update', 'watch']);
  expect(args(props)).toContain('--feature-gates=ExperimentalCertificateSigningRequestControllers=true');
});

test.each([['cert-manager', 'cert-manager-controller'], ['cert-manager-cainjector', 'cert-manager-cainjector-leader-election']])('%s elects its leader in its own namespace, never in kube-system', (name, lease) => {
  const { all, one } = objects();
  const role = one('Role', `${name}:leaderelection`);
  expect(role.metadata.namespace).toBe('cert-manager');
  expect(role.rules[0]).toMatchObject({ resources: ['leases'], resourceNames: [lease] });
  expect(one('Deployment', name).spec.template.spec.containers[0].args).toContain('--leader-election-namespace=$(POD_NAMESPACE)');
  expect(all.filter(({ metadata }) => metadata.namespace === 'kube-system')).toEqual([]);
});

test('users\' roles become part of view, edit and admin; issuing for the cluster stays with its administrators', () => {
  const { one } = objects();
  expect(one('ClusterRole', 'cert-manager-view').metadata.labels).toMatchObject({
    'rbac.authorization.k8s.io/aggregate-to-view': 'true', 'rbac.authorization.k8s.io/aggregate-to-edit': 'true', 'rbac.authorization.k8s.io/aggregate-to-admin': 'true',
  });
  const edit = one('ClusterRole', 'cert-manager-edit');
  expect(edit.metadata.labels).not.toHaveProperty(['rbac.authorization.k8s.io/aggregate-to-view']);
  expect(edit.rules.flatMap(({ resources }: Rule) => resources)).not.toContain('clusterissuers');
});
