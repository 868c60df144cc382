import type { CloudResource, Fields } from '../../engine/object';
import type { ResourcePolicy } from '../../engine/policy';
import { cis } from '../cis';
import { example } from '../cloud/example';
import { inputPolicy } from '../cloud/input-policy';
import { input, isOff, isOn, listed } from '../cloud/inputs';
import { isEverywhere } from '../cloud/network';

export const CLUSTER = 'aws:eks/cluster:Cluster';

/** Logs that a control plane can write. */
const LOG_TYPES: readonly string[] = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];

function cluster(more: Fields & { readonly vpcConfig?: Fields }): CloudResource {
  return example(CLUSTER, { roleArn: 'arn:aws:iam::123456789012:role/cluster', ...more, vpcConfig: { subnetIds: ['subnet-a', 'subnet-b'], ...more.vpcConfig } });
}

const logging: ResourcePolicy = {
  id: 'eks-control-plane-logs',
  title: 'EKS clusters write all logs of their control plane',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: cis({ eks: '2.1.1' }),
  rationale:
    'The audit log says who did what in the cluster, the authenticator log which AWS identity that was. None of them is written unless it is asked for, and what was not written cannot be looked up after an incident.',
  remediation: `Set enabledClusterLogTypes to ${LOG_TYPES.join(', ')}.`,
  examples: { fails: cluster({}), passes: cluster({ enabledClusterLogTypes: LOG_TYPES }) },
  resourceTypes: [CLUSTER],
  check(resource, report) {
    const path = ['enabledClusterLogTypes'];
    const value = input(resource, ...path);
    const enabled = new Set(listed(value));
    const missing = LOG_TYPES.filter((type) => !enabled.has(type));
    if (missing.length === 0) return;
    report.finding({ path, found: value, message: `cluster '${resource.name}' does not write these logs: ${missing.join(', ')}`, fix: LOG_TYPES });
  },
};

const accessEntries = inputPolicy({
  id: 'eks-access-entries',
  title: 'EKS clusters manage access through the EKS API',
  severity: 'medium',
  controls: cis({ eks: '4.1.7' }),
  rationale: 'The aws-auth ConfigMap can be edited, or broken, by anyone who may write it, and no AWS log tells. Access entries are managed and audited like any other AWS resource.',
  remediation: "Set accessConfig.authenticationMode to 'API', or to 'API_AND_CONFIG_MAP' while moving. A cluster that states none has 'CONFIG_MAP'.",
  examples: { fails: cluster({ accessConfig: { authenticationMode: 'CONFIG_MAP' } }), passes: cluster({ accessConfig: { authenticationMode: 'API' } }) },
  resourceTypes: [CLUSTER],
  path: ['accessConfig', 'authenticationMode'],
  meets: (value) => value === 'API' || value === 'API_AND_CONFIG_MAP',
  noun: 'cluster',
  problem: 'gives access by the aws-auth ConfigMap alone',
  fix: 'API',
});

const secretsEncryption: ResourcePolicy = {
  id: 'eks-secrets-encryption',
  title: 'EKS clusters encrypt Secrets with a key of the account',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ eks: '5.3.1' }),
  rationale: 'With a KMS key of your own, Secrets in etcd cannot be read without leave to use that key; it can be taken back, and each use is recorded.',
  remediation: "Set encryptionConfig with the ARN of a KMS key and resources ['secrets'].",
  examples: {
    fails: cluster({}),
    passes: cluster({ encryptionConfig: { provider: { keyArn: 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab' }, resources: ['secrets'] } }),
  },
  resourceTypes: [CLUSTER],
  check(resource, report) {
    const resources = input(resource, 'encryptionConfig', 'resources');
    if (!listed(resources).includes('secrets')) {
      report.finding({ path: ['encryptionConfig', 'resources'], found: resources, message: `cluster '${resource.name}' does not encrypt Secrets with a key of the account` });
      return;
    }
    const path = ['encryptionConfig', 'provider', 'keyArn'];
    const key = input(resource, ...path);
    if (key === undefined || key === '') report.finding({ path, found: key, message: `cluster '${resource.name}' names no key to encrypt Secrets with` });
  },
};

const endpointAccess: ResourcePolicy = {
  id: 'eks-endpoint-access',
  title: 'The API server of an EKS cluster is not open to every address',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ eks: '5.4.1' }),
  rationale: 'An API server that everyone can reach is tried by everyone, and each of its flaws can be used from anywhere. EKS opens it to the internet unless told otherwise.',
  remediation: 'Set vpcConfig.endpointPublicAccess to false with endpointPrivateAccess true, or vpcConfig.publicAccessCidrs to the networks that need it.',
  examples: { fails: cluster({}), passes: cluster({ vpcConfig: { endpointPrivateAccess: true, publicAccessCidrs: ['203.0.113.0/24'] } }) },
  resourceTypes: [CLUSTER],
  check(resource, report) {
    if (isOff(input(resource, 'vpcConfig', 'endpointPublicAccess'))) return;
    const path = ['vpcConfig', 'publicAccessCidrs'];
    const value = input(resource, ...path);
    const ranges = listed(value);
    const everywhere = ranges.findIndex((range) => isEverywhere(range, 'IPv4') || isEverywhere(range, 'IPv6'));
    if (ranges.length > 0 && everywhere < 0) return;
    const at = everywhere < 0 ? path : [...path, everywhere];
    report.finding({ path: at, found: everywhere < 0 ? value : ranges[everywhere], message: `the API server of cluster '${resource.name}' is open to every address` });
  },
};

const privateEndpoint: ResourcePolicy = {
  id: 'eks-private-endpoint',
  title: 'The API server of an EKS cluster has a private endpoint only',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: cis({ eks: '5.4.2' }),
  rationale: 'With a private endpoint, nodes and people reach the API server inside the VPC and the networks connected to it; nothing of it is left on the internet.',
  remediation: 'Set vpcConfig.endpointPrivateAccess to true and vpcConfig.endpointPublicAccess to false.',
  examples: { fails: cluster({ vpcConfig: { endpointPrivateAccess: true } }), passes: cluster({ vpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: false } }) },
  resourceTypes: [CLUSTER],
  check(resource, report) {
    const open = input(resource, 'vpcConfig', 'endpointPublicAccess');
    if (!isOff(open)) report.finding({ path: ['vpcConfig', 'endpointPublicAccess'], found: open, message: `cluster '${resource.name}' has a public endpoint`, fix: false });
    const closed = input(resource, 'vpcConfig', 'endpointPrivateAccess');
    // Without a public endpoint EKS accepts no other value than true.
    if (!isOn(closed) && !(closed === undefined && isOff(open))) report.finding({ path: ['vpcConfig', 'endpointPrivateAccess'], found: closed, message: `cluster '${resource.name}' has no private endpoint`, fix: true });
  },
};

/** What the benchmark says of a cluster by itself. */
export const CLUSTERS: readonly ResourcePolicy[] = [logging, accessEntries, secretsEncryption, endpointAccess, privateEndpoint];
