import { check, findings, messages, resource, unknown } from '../aws/subjects';

const CLUSTER = 'aws:eks/cluster:Cluster';
const ALL = ['scheduler', 'audit', 'api', 'controllerManager', 'authenticator'];
const KEY = 'arn:aws:kms:eu-central-1:123456789012:key/a';
const vpc = (vpcConfig: unknown) => ({ vpcConfig });

it.each([
  ['eks-control-plane-logs', {}, ['main: enabledClusterLogTypes = null']],
  ['eks-control-plane-logs', { enabledClusterLogTypes: [] }, ['main: enabledClusterLogTypes = []']],
  ['eks-control-plane-logs', { enabledClusterLogTypes: ['audit', 'api'] }, ['main: enabledClusterLogTypes = ["audit","api"]']],
  ['eks-control-plane-logs', { enabledClusterLogTypes: 'audit' }, ['main: enabledClusterLogTypes = "audit"']],
  ['eks-control-plane-logs', { enabledClusterLogTypes: ALL }, []],

  ['eks-access-entries', {}, ['main: accessConfig.authenticationMode = null']],
  ['eks-access-entries', { accessConfig: { authenticationMode: 'CONFIG_MAP' } }, ['main: accessConfig.authenticationMode = "CONFIG_MAP"']],
  ['eks-access-entries', { accessConfig: 'API' }, ['main: accessConfig.authenticationMode = null']],
  ['eks-access-entries', { accessConfig: { authenticationMode: 'API' } }, []],
  ['eks-access-entries', { accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP' } }, []],

  ['eks-secrets-encryption', {}, ['main: encryptionConfig.resources = null']],
  ['eks-secrets-encryption', { encryptionConfig: { provider: { keyArn: KEY }, resources: [] } }, ['main: encryptionConfig.resources = []']],
  ['eks-secrets-encryption', { encryptionConfig: { provider: { keyArn: KEY }, resources: ['configmaps'] } }, ['main: encryptionConfig.resources = ["configmaps"]']],
  ['eks-secrets-encryption', { encryptionConfig: { resources: ['secrets'] } }, ['main: encryptionConfig.provider.keyArn = null']],
  ['eks-secrets-encryption', { encryptionConfig: { provider: { keyArn: '' }, resources: ['secrets'] } }, ['main: encryptionConfig.provider.keyArn = ""']],
  ['eks-secrets-encryption', { encryptionConfig: { provider: { keyArn: KEY }, resources: ['secrets'] } }, []],

  ['eks-endpoint-access', {}, ['main: vpcConfig.publicAccessCidrs = null']],
  ['eks-endpoint-access', vpc({ publicAccessCidrs: [] }), ['main: vpcConfig.publicAccessCidrs = []']],
  ['eks-endpoint-access', vpc({ publicAccessCidrs: ['203.0.113.0/24', '0.0.0.0/0'] }), ['main: vpcConfig.publicAccessCidrs[1] = "0.0.0.0/0"']],
  ['eks-endpoint-access', vpc({ publicAccessCidrs: ['::/0'] }), ['main: vpcConfig.publicAccessCidrs[0] = "::/0"']],
  ['eks-endpoint-access', vpc({ endpointPublicAccess: true }), ['main: vpcConfig.publicAccessCidrs = null']],
  ['eks-endpoint-access', vpc(null), ['main: vpcConfig.publicAccessCidrs = null']],
  ['eks-endpoint-access', vpc({ publicAccessCidrs: ['203.0.113.0/24'] }), []],
  ['eks-endpoint-access', vpc({ endpointPublicAccess: false, publicAccessCidrs: ['0.0.0.0/0'] }), []],

  ['eks-private-endpoint', {}, ['main: vpcConfig.endpointPublicAccess = null', 'main: vpcConfig.endpointPrivateAccess = null']],
  ['eks-private-endpoint', vpc({ endpointPrivateAccess: true }), ['main: vpcConfig.endpointPublicAccess = null']],
  ['eks-private-endpoint', vpc({ endpointPrivateAccess: true, endpointPublicAccess: true }), ['main: vpcConfig.endpointPublicAccess = true']],
  ['eks-private-endpoint', vpc({ endpointPrivateAccess: false, endpointPublicAccess: false }), ['main: vpcConfig.endpointPrivateAccess = false']],
  ['eks-private-endpoint', vpc({ endpointPublicAccess: 'no' }), ['main: vpcConfig.endpointPublicAccess = "no"', 'main: vpcConfig.endpointPrivateAccess = null']],
  ['eks-private-endpoint', vpc({ endpointPrivateAccess: true, endpointPublicAccess: false }), []],
  ['eks-private-endpoint', vpc({ endpointPublicAccess: false }), []],
])('%s with %j: %j', (id, properties, expected) => {
  expect(check(id, resource(CLUSTER, properties))).toEqual(expected);
});

it('names the cluster and what is wrong', () => {
  const bare = resource(CLUSTER, { enabledClusterLogTypes: ['audit', 'api'] });
  expect(messages('eks-control-plane-logs', bare)).toEqual(["cluster 'main' does not write these logs: authenticator, controllerManager, scheduler"]);
  expect(messages('eks-access-entries', bare)).toEqual(["cluster 'main' gives access by the aws-auth ConfigMap alone"]);
  expect(messages('eks-secrets-encryption', bare)).toEqual(["cluster 'main' does not encrypt Secrets with a key of the account"]);
  expect(messages('eks-endpoint-access', bare)).toEqual(["the API server of cluster 'main' is open to every address"]);
  expect(messages('eks-private-endpoint', bare)).toEqual(["cluster 'main' has a public endpoint", "cluster 'main' has no private endpoint"]);
  expect(findings('eks-access-entries', bare)).toMatchObject([{ controls: ['cis-eks-1.8:4.1.7'], patch: { accessConfig: { authenticationMode: 'API' } } }]);
});

it('does not guess a key that is not known yet', () => {
  const provider = unknown({}, 'keyArn');
  expect(check('eks-secrets-encryption', resource(CLUSTER, { encryptionConfig: { provider, resources: ['secrets'] } }))).toEqual(['main? encryptionConfig.provider.keyArn']);
  expect(check('eks-secrets-encryption', resource(CLUSTER, { encryptionConfig: { provider, resources: [] } }))).toEqual(['main: encryptionConfig.resources = []']);
});
