import type { KubernetesObject } from '../../../../policies';
import { UnknownValueError } from '../../../../policies';
import { check, open, policy, role } from './run';

const core = (resources: unknown, verbs: unknown, more: object = {}) => ({ apiGroups: [''], resources, verbs, ...more });
const rule = (group: string, resources: string[], verbs: string[], more: object = {}) => ({ apiGroups: [group], resources, verbs, ...more });
const RBAC = 'rbac.authorization.k8s.io';
const WEBHOOKS = 'admissionregistration.k8s.io';
const CERTIFICATES = 'certificates.k8s.io';

describe('a rule', () => {
  it.each<[string, object, string | undefined]>([
    // CIS 5.1.2
    ['secret-access', core(['secrets'], ['get']), "resources[0] | \"secrets\" | ClusterRole 'ops' grants get on secrets"],
    ['secret-access', core(['pods', 'secrets'], ['create', 'list', 'watch']), "resources[1] | \"secrets\" | ClusterRole 'ops' grants list, watch on secrets"],
    ['secret-access', core(['secrets'], ['*']), "resources[0] | \"secrets\" | ClusterRole 'ops' grants * on secrets"],
    ['secret-access', core(['*'], ['get']), "resources[0] | \"*\" | ClusterRole 'ops' grants get on *, which includes secrets"],
    ['secret-access', { ...core(['secrets'], ['get']), apiGroups: ['apps', '*'] }, "resources[0] | \"secrets\" | ClusterRole 'ops' grants get on secrets"],
    ['secret-access', { resources: ['secrets'], verbs: ['get'] }, "resources[0] | \"secrets\" | ClusterRole 'ops' grants get on secrets"],
    ['secret-access', core('secrets', 'get'), "resources[0] | \"secrets\" | ClusterRole 'ops' grants get on secrets"],
    ['secret-access', core(['secrets'], ['create', 'update', 'patch', 'delete']), undefined],
    ['secret-access', rule('apps', ['secrets', '*'], ['*']), undefined],
    ['secret-access', core(['secrets'], ['get'], { resourceNames: ['registry'] }), undefined],
    ['secret-access', core(['secrets'], ['get'], { resourceNames: [] }), "resources[0] | \"secrets\" | ClusterRole 'ops' grants get on secrets"],
    ['secret-access', core(['secrets'], ['get'], { resourceNames: null }), "resources[0] | \"secrets\" | ClusterRole 'ops' grants get on secrets"],
    ['secret-access', core(['secrets'], ['list'], { resourceNames: ['registry', ''] }), "resources[0] | \"secrets\" | ClusterRole 'ops' grants list on secrets"],
    ['secret-access', core(['secrets/status', 'secrets1'], ['get']), undefined],
    ['secret-access', core(['secrets'], ['GET', '']), undefined],
    ['secret-access', core([null, 5, 'configmaps'], [null, true]), undefined],

    // CIS 5.1.4
    ['pod-creation', core(['pods'], ['create']), "resources[0] | \"pods\" | ClusterRole 'ops' grants create on pods"],
    ['pod-creation', core(['*'], ['*']), "resources[0] | \"*\" | ClusterRole 'ops' grants * on *, which includes pods"],
    ['pod-creation', core(['p*ds'], ['c*e']), "resources[0] | \"p*ds\" | ClusterRole 'ops' grants c*e on p*ds, which includes pods"],
    ['pod-creation', core(['p*ds/log', 'ds*po', 'podsp*ds'], ['create']), undefined],
    ['pod-creation', core(['pods/exec', 'pods/*', '*/log'], ['create']), undefined],
    ['pod-creation', core(['pods'], ['get', 'delete']), undefined],
    ['pod-creation', rule('apps', ['deployments', '*'], ['create']), undefined],
    ['pod-creation', core(['pods'], ['create'], { resourceNames: ['one'] }), undefined],

    // CIS 5.1.8
    ['privilege-granting', rule(RBAC, ['clusterroles'], ['bind', 'get']), "resources[0] | \"clusterroles\" | ClusterRole 'ops' grants bind on clusterroles"],
    ['privilege-granting', rule(RBAC, ['roles'], ['escalate']), "resources[0] | \"roles\" | ClusterRole 'ops' grants escalate on roles"],
    ['privilege-granting', rule(RBAC, ['roles'], ['impersonate']), "resources[0] | \"roles\" | ClusterRole 'ops' grants impersonate on roles"],
    ['privilege-granting', rule(RBAC, ['rolebindings', 'clusterrolebindings'], ['*']), "resources[0] | \"rolebindings\" | ClusterRole 'ops' grants * on rolebindings, clusterrolebindings"],
    ['privilege-granting', rule(RBAC, ['clusterroles'], ['bind'], { resourceNames: ['view'] }), "resources[0] | \"clusterroles\" | ClusterRole 'ops' grants bind on clusterroles"],
    ['privilege-granting', core(['groups'], ['impersonate']), "resources[0] | \"groups\" | ClusterRole 'ops' grants impersonate on groups"],
    ['privilege-granting', core(['serviceaccounts'], ['*']), "resources[0] | \"serviceaccounts\" | ClusterRole 'ops' grants * on serviceaccounts"],
    ['privilege-granting', rule('authentication.k8s.io', ['userextras/scopes'], ['impersonate']), "resources[0] | \"userextras/scopes\" | ClusterRole 'ops' grants impersonate on userextras/scopes"],
    ['privilege-granting', rule('authentication.k8s.io', ['uids', 'userextras'], ['impersonate']), "resources[0] | \"uids\" | ClusterRole 'ops' grants impersonate on uids, userextras"],
    ['privilege-granting', rule('*', ['*'], ['*']), "resources[0] | \"*\" | ClusterRole 'ops' grants * on *, which includes roles and clusterroles"],
    ['privilege-granting', rule('*', ['*/scale'], ['*']), undefined],
    ['privilege-granting', rule('*', ['*'], ['get', 'list']), undefined],
    ['privilege-granting', rule(RBAC, ['clusterrolebindings'], ['create', 'patch', 'delete']), undefined],
    ['privilege-granting', core(['users', 'groups'], ['bind', 'get']), undefined],
    ['privilege-granting', rule('aaa', ['groups', 'roles'], ['*']), undefined],
    ['privilege-granting', core(['serviceaccounts'], ['create', 'get']), undefined],

    // CIS 5.1.9
    ['persistent-volume-creation', core(['persistentvolumes'], ['create']), "resources[0] | \"persistentvolumes\" | ClusterRole 'ops' grants create on persistentvolumes"],
    ['persistent-volume-creation', core(['persistentvolumeclaims'], ['*']), undefined],
    ['persistent-volume-creation', core(['persistentvolumes'], ['get', 'update']), undefined],
    ['persistent-volume-creation', rule(RBAC, ['persistentvolumes'], ['create']), undefined],

    // CIS 5.1.10
    ['node-proxy-access', core(['nodes/proxy'], ['get']), "resources[0] | \"nodes/proxy\" | ClusterRole 'ops' grants get on nodes/proxy"],
    ['node-proxy-access', core(['nodes/*'], ['list']), "resources[0] | \"nodes/*\" | ClusterRole 'ops' grants list on nodes/*, which includes nodes/proxy"],
    ['node-proxy-access', core(['*/proxy'], ['create']), "resources[0] | \"*/proxy\" | ClusterRole 'ops' grants create on */proxy, which includes nodes/proxy"],
    ['node-proxy-access', core(['*'], ['get', 'list']), "resources[0] | \"*\" | ClusterRole 'ops' grants get, list on *, which includes nodes/proxy"],
    ['node-proxy-access', core(['nodes', 'nodes/proxy1', 'nodes/metrics', 'pods/proxy', '*/metrics'], ['*']), undefined],
    ['node-proxy-access', core(['nodes/proxy'], ['']), undefined],
    ['node-proxy-access', rule('apps', ['*'], ['*']), undefined],

    // CIS 5.1.11
    ['certificate-approval', rule(CERTIFICATES, ['certificatesigningrequests/approval'], ['update']), "resources[0] | \"certificatesigningrequests/approval\" | ClusterRole 'ops' grants update on certificatesigningrequests/approval"],
    ['certificate-approval', rule(CERTIFICATES, ['*/approval'], ['patch']), "resources[0] | \"*/approval\" | ClusterRole 'ops' grants patch on */approval, which includes certificatesigningrequests/approval"],
    ['certificate-approval', rule(CERTIFICATES, ['*'], ['*']), "resources[0] | \"*\" | ClusterRole 'ops' grants * on *, which includes certificatesigningrequests/approval"],
    ['certificate-approval', rule(CERTIFICATES, ['signers'], ['approve'], { resourceNames: ['kubernetes.io/kubelet-serving'] }), "resources[0] | \"signers\" | ClusterRole 'ops' grants approve on signers"],
    ['certificate-approval', core(['certificatesigningrequests/approval'], ['update', 'approve']), "resources[0] | \"certificatesigningrequests/approval\" | ClusterRole 'ops' grants update on certificatesigningrequests/approval"],
    ['certificate-approval', core(['*'], ['update']), undefined],
    ['certificate-approval', rule('*', ['*'], ['approve']), undefined],
    ['certificate-approval', rule(CERTIFICATES, ['certificatesigningrequests', 'certificatesigningrequests/approval', 'signers'], ['get', 'create', 'sign']), undefined],

    // CIS 5.1.12
    ['webhook-configuration', rule(WEBHOOKS, ['mutatingwebhookconfigurations'], ['patch']), "resources[0] | \"mutatingwebhookconfigurations\" | ClusterRole 'ops' grants patch on mutatingwebhookconfigurations"],
    ['webhook-configuration', rule('*', ['validatingwebhookconfigurations'], ['deletecollection']), "resources[0] | \"validatingwebhookconfigurations\" | ClusterRole 'ops' grants deletecollection on validatingwebhookconfigurations"],
    ['webhook-configuration', rule(WEBHOOKS, ['validatingwebhookconfigurations'], ['update'], { resourceNames: ['mine'] }), "resources[0] | \"validatingwebhookconfigurations\" | ClusterRole 'ops' grants update on validatingwebhookconfigurations"],
    ['webhook-configuration', rule(WEBHOOKS, ['*'], ['get', 'list', 'watch']), undefined],
    ['webhook-configuration', rule(WEBHOOKS, ['validatingadmissionpolicies'], ['*']), undefined],
    ['webhook-configuration', core(['mutatingwebhookconfigurations'], ['*']), undefined],

    // CIS 5.1.13
    ['service-account-token-creation', core(['serviceaccounts/token'], ['create']), "resources[0] | \"serviceaccounts/token\" | ClusterRole 'ops' grants create on serviceaccounts/token"],
    ['service-account-token-creation', core(['serviceaccounts/*'], ['*'], { resourceNames: ['app'] }), "resources[0] | \"serviceaccounts/*\" | ClusterRole 'ops' grants * on serviceaccounts/*, which includes serviceaccounts/token"],
    ['service-account-token-creation', core(['serviceaccounts'], ['create']), undefined],
    ['service-account-token-creation', core(['serviceaccounts/token'], ['get']), undefined],
  ])('%s: %j', (id, stated, expected) => {
    expect(check(id, role([stated]))).toEqual(expected === undefined ? [] : [`rules[0].${expected}`]);
  });

  it.each<[object, string[]]>([
    [rule('apps', ['deployments'], ['*']), ["rules[0].verbs[0] | \"*\" | ClusterRole 'ops' has the wildcard * in verbs"]],
    [rule('apps', ['*'], ['']), ["rules[0].resources[0] | \"*\" | ClusterRole 'ops' has the wildcard * in resources"]],
    [{ apiGroups: ['apps', '*'], resources: ['deployments'], verbs: ['get'] }, ["rules[0].apiGroups[1] | \"*\" | ClusterRole 'ops' has the wildcard * in apiGroups"]],
    [rule('apps', ['*/scale'], ['get']), ["rules[0].resources[0] | \"*/scale\" | ClusterRole 'ops' has the wildcard */scale in resources"]],
    [rule('', ['pods/*'], ['get']), ["rules[0].resources[0] | \"pods/*\" | ClusterRole 'ops' has the wildcard pods/* in resources"]],
    [{ nonResourceURLs: ['*'], verbs: ['get'] }, ["rules[0].nonResourceURLs[0] | \"*\" | ClusterRole 'ops' has the wildcard * in nonResourceURLs"]],
    [{ nonResourceURLs: ['/metrics', '/*'], verbs: ['get'] }, ["rules[0].nonResourceURLs[1] | \"/*\" | ClusterRole 'ops' has the wildcard /* in nonResourceURLs"]],
    [rule('*', ['*'], ['*']), [
      "rules[0].apiGroups[0] | \"*\" | ClusterRole 'ops' has the wildcard * in apiGroups",
      "rules[0].resources[0] | \"*\" | ClusterRole 'ops' has the wildcard * in resources",
      "rules[0].verbs[0] | \"*\" | ClusterRole 'ops' has the wildcard * in verbs",
    ]],
    [{ nonResourceURLs: ['/api', '/api/*', '/healthz'], verbs: ['get'] }, []],
    [rule('apps', ['deployments'], ['get'], { resourceNames: ['*'] }), []],
    [{ apiGroups: null, resources: null, verbs: null }, []],
  ])('wildcard-permissions: %j', (stated, expected) => {
    expect(check('wildcard-permissions', role([stated]))).toEqual(expected);
  });
});

describe('a role', () => {
  const READS = core(['secrets'], ['get']);

  it.each<[string, KubernetesObject, number]>([
    ['a Role', role([READS], { kind: 'Role', metadata: { name: 'ops', namespace: 'team-a' } }), 1],
    ['an old version', role([READS], { apiVersion: 'rbac.authorization.k8s.io/v1beta1' }), 1],
    ['OpenShift', role([READS], { apiVersion: 'authorization.openshift.io/v1' }), 1],
    ['another kind of that name', role([READS], { apiVersion: 'iam.example.com/v1' }), 0],
    ['each rule', role([READS, core(['pods'], ['get']), READS]), 2],
    ['no rules', role(null), 0],
    ['no list of rules', role('all'), 0],
    ['rules of other types', role([null, 'all', 5, [READS]]), 0],
    ['no rules at all', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role' }, 0],
  ])('%s', (_name, object, expected) => {
    expect(check('secret-access', object)).toHaveLength(expected);
  });

  it('leaves open a rule that is not known yet, and judges the others', () => {
    const unknown = {
      apiGroups: [''],
      resources: ['secrets'],
      get verbs(): unknown {
        throw new UnknownValueError('the value is not known yet');
      },
    };
    expect(check('secret-access', role([unknown, READS]))).toEqual(["rules[1].resources[0] | \"secrets\" | ClusterRole 'ops' grants get on secrets"]);
    expect(open('secret-access', role([unknown, READS]))).toEqual(['rules[0]: the value is not known yet']);
  });

  it('names the control in every benchmark', () => {
    const newest = (id: string) => policy(id).controls.filter((control) => /-(2\.0\.1|1\.8|1\.9):/.test(control) && !control.startsWith('cis-kubernetes-1'));
    expect(newest('secret-access')).toEqual(['cis-kubernetes-2.0.1:5.1.2', 'cis-eks-1.8:4.1.2', 'cis-gke-1.9:4.1.2', 'cis-aks-1.8:4.1.2']);
    expect(newest('wildcard-permissions')).toEqual(['cis-kubernetes-2.0.1:5.1.3', 'cis-eks-1.8:4.1.3', 'cis-gke-1.9:4.1.3', 'cis-aks-1.8:4.1.3']);
    expect(newest('pod-creation')).toEqual(['cis-kubernetes-2.0.1:5.1.4', 'cis-eks-1.8:4.1.4', 'cis-aks-1.8:4.1.4']);
    expect(newest('privilege-granting')).toEqual(['cis-kubernetes-2.0.1:5.1.8', 'cis-eks-1.8:4.1.8', 'cis-gke-1.9:4.1.7', 'cis-aks-1.8:4.1.7']);
    expect(newest('persistent-volume-creation')).toEqual(['cis-kubernetes-2.0.1:5.1.9', 'cis-eks-1.8:4.1.9', 'cis-aks-1.8:4.1.8']);
    expect(newest('node-proxy-access')).toEqual(['cis-kubernetes-2.0.1:5.1.10', 'cis-eks-1.8:4.1.10', 'cis-aks-1.8:4.1.9']);
    expect(newest('certificate-approval')).toEqual(['cis-kubernetes-2.0.1:5.1.11', 'cis-aks-1.8:4.1.10']);
    expect(newest('webhook-configuration')).toEqual(['cis-kubernetes-2.0.1:5.1.12', 'cis-eks-1.8:4.1.11', 'cis-aks-1.8:4.1.11']);
    expect(newest('service-account-token-creation')).toEqual(['cis-kubernetes-2.0.1:5.1.13', 'cis-eks-1.8:4.1.12', 'cis-aks-1.8:4.1.12']);
  });
});
