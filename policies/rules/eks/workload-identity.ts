import { read } from '../../engine/field-path';
import type { Inventory } from '../../engine/inventory';
import type { ResourcePolicy } from '../../engine/policy';
import { readOr } from '../../engine/unknown-value';
import { cis } from '../cis';
import { example } from '../cloud/example';
import { setting } from '../cloud/inputs';
import { CLUSTER } from './cluster';

const ASSOCIATION = 'aws:eks/podIdentityAssociation:PodIdentityAssociation';
const PROVIDER = 'aws:iam/openIdConnectProvider:OpenIdConnectProvider';
const ROLE_ANNOTATION = 'eks.amazonaws.com/role-arn';

/** Whether anything in the stack gives a ServiceAccount a role of its own. */
function givesRoles(inventory: Inventory): boolean {
  return (
    inventory.ofType(ASSOCIATION).length > 0 ||
    inventory.ofType(PROVIDER).length > 0 ||
    inventory.ofKind('ServiceAccount', '').some((account) => readOr<unknown>(true, () => read(account, 'metadata', 'annotations', ROLE_ANNOTATION)) !== undefined)
  );
}

/** CIS EKS 5.2.1. Which workloads need AWS at all cannot be told, so that it is advice. */
export const workloadIdentity: ResourcePolicy = {
  id: 'eks-workload-identity',
  title: 'Workloads in EKS can have AWS roles of their own',
  severity: 'medium',
  enforcement: 'advisory',
  controls: cis({ eks: '5.2.1' }),
  rationale:
    'A workload without a role of its own calls AWS with stored keys, or with the role of its node, which every pod on that node then shares. ' +
    'Pod identities and IAM roles for service accounts give each ServiceAccount a role that holds what it needs.',
  remediation: `Declare aws.eks.PodIdentityAssociation for each ServiceAccount that calls AWS, or an aws.iam.OpenIdConnectProvider for the cluster and the annotation ${ROLE_ANNOTATION}.`,
  reach: 'stack',
  examples: {
    fails: example(CLUSTER, { vpcConfig: { subnetIds: ['subnet-a', 'subnet-b'] } }),
    passes: [
      example(CLUSTER, { vpcConfig: { subnetIds: ['subnet-a', 'subnet-b'] } }),
      example(ASSOCIATION, { clusterName: 'main', namespace: 'team-a', serviceAccount: 'trainer', roleArn: 'arn:aws:iam::123456789012:role/trainer' }, 'trainer'),
    ],
  },
  resourceTypes: [CLUSTER, ASSOCIATION],
  check(resource, report, context) {
    if (resource.type === ASSOCIATION) {
      const { path, value } = setting(resource, 'serviceAccount');
      if (value === 'default') report.finding({ path, found: value, message: `'${resource.name}' gives a role to the default ServiceAccount, and so to every pod that names none` });
      return;
    }
    if (!context.derive(givesRoles)) report.finding({ path: [], found: undefined, message: `nothing gives workloads in cluster '${resource.name}' AWS roles of their own` });
  },
};
