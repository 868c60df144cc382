import { read } from '../../engine/field-path';
import type { Inventory } from '../../engine/inventory';
import { apiGroup } from '../../engine/object';
import type { ResourcePolicy } from '../../engine/policy';
import { readOr } from '../../engine/unknown-value';
import { awsReferences } from '../aws/references';
import { cis } from '../cis';
import { example } from '../cloud/example';
import { documentOf, input, isOn } from '../cloud/inputs';
import { CLUSTER } from './cluster';

const ADDON = 'aws:eks/addon:Addon';
const RELEASES: readonly string[] = ['kubernetes:helm.sh/v3:Release', 'kubernetes:helm.sh/v4:Chart', 'kubernetes:helm.sh/v3:Chart'];
const ENGINE_GROUP = /(?:^|\.)(?:projectcalico\.org|cilium\.io|operator\.tigera\.io)$/;
const ENGINE_CHART = /(?:^|\/)(?:cilium|calico|tigera-operator)$/;

const addonsOfClusters = awsReferences({ from: [ADDON], by: ['clusterName'], to: [CLUSTER], name: 'name' });

/** Whether anything else in the stack enforces network policies: Calico, Cilium, or the VPC CNI set up apart. */
function hasEngine(inventory: Inventory): boolean {
  return (
    inventory.objects.some(
      (object) =>
        ENGINE_GROUP.test(apiGroup(object)) ||
        (object.kind === 'DaemonSet' && /^(?:calico-node|cilium)$/.test(String(readOr<unknown>('', () => object.metadata?.name)))) ||
        (object.kind === 'CustomResourceDefinition' && ENGINE_GROUP.test(String(readOr<unknown>('', () => read(object, 'spec', 'group'))))) ||
        (object.kind === 'ConfigMap' && readOr(false, () => object.metadata?.name === 'amazon-vpc-cni' && isOn(read(object, 'data', 'enable-network-policy-controller')))),
    ) ||
    RELEASES.flatMap((type) => inventory.ofType(type)).some((release) =>
      readOr(false, () => ENGINE_CHART.test(String(input(release, 'chart'))) || (/(?:^|\/)aws-vpc-cni$/.test(String(input(release, 'chart'))) && isOn(input(release, 'values', 'enableNetworkPolicy')))),
    ) ||
    inventory.ofType(ADDON).some((addon) => readOr(false, () => /cilium|calico|tigera/i.test(String(input(addon, 'addonName')))))
  );
}

/** CIS EKS 4.3.1 and 5.4.4: without an engine, NetworkPolicies are accepted and do nothing. */
export const networkPolicyEngine: ResourcePolicy = {
  id: 'eks-network-policy-engine',
  title: 'EKS clusters enforce network policies',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ kubernetes: '5.3.1', eks: ['4.3.1', '5.4.4'] }),
  rationale: 'EKS accepts NetworkPolicies and, unless told otherwise, ignores them: every pod reaches every other, while the manifests say it does not.',
  remediation: `Declare aws.eks.Addon vpc-cni with configurationValues {"enableNetworkPolicy":"true"}, or install Calico or Cilium.`,
  reach: 'stack',
  examples: {
    fails: example(CLUSTER, { name: 'main' }),
    passes: [example(CLUSTER, { name: 'main' }), example(ADDON, { clusterName: 'main', addonName: 'vpc-cni', configurationValues: '{"enableNetworkPolicy":"true"}' }, 'cni')],
  },
  resourceTypes: [CLUSTER, ADDON],
  check(resource, report, context) {
    if (context.derive(hasEngine)) return;
    if (resource.type === ADDON) {
      if (input(resource, 'addonName') !== 'vpc-cni') return;
      const path = ['configurationValues'];
      const value = input(resource, ...path);
      if (!enablesPolicies(value)) report.finding({ path, found: value, message: `the VPC CNI of '${resource.name}' does not enforce network policies`, fix: '{"enableNetworkPolicy":"true"}' });
      return;
    }
    const { certain, open } = context.derive(addonsOfClusters).to(resource);
    const names = certain.map((addon) => readOr<unknown>('(not known yet)', () => input(addon, 'addonName')));
    // The addon is judged by itself.
    if (names.includes('vpc-cni')) return;
    if (open || names.includes('(not known yet)')) report.undecided({ path: [], reason: 'a network addon may be that of this cluster' });
    else report.finding({ path: [], found: undefined, message: `nothing enforces network policies in cluster '${resource.name}'` });
  },
};

/** Whether the configuration of the VPC CNI, which EKS takes as JSON or YAML, enforces policies. */
function enablesPolicies(configuration: unknown): boolean {
  const document = documentOf(configuration);
  if (document !== undefined) return isOn(read(document, 'enableNetworkPolicy'));
  return typeof configuration === 'string' && /^["']?enableNetworkPolicy["']?\s*:\s*["']?true["']?\s*(?:#.*)?$/m.test(configuration);
}
