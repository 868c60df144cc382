import { type FieldPath, read } from '../../engine/field-path';
import type { CloudResource } from '../../engine/object';
import type { PolicyContext, ResourcePolicy } from '../../engine/policy';
import { readOr } from '../../engine/unknown-value';
import { type Statement, statementsOf } from '../aws/policy-document';
import { awsReferences } from '../aws/references';
import { cis } from '../cis';
import { example } from '../cloud/example';
import { input, listed } from '../cloud/inputs';

const ROLE = 'aws:iam/role:Role';
const ROLE_POLICY = 'aws:iam/rolePolicy:RolePolicy';
const ATTACHMENT = 'aws:iam/rolePolicyAttachment:RolePolicyAttachment';
const NODE_GROUP = 'aws:eks/nodeGroup:NodeGroup';

/** AWS's own policies that let their bearer push images or change repositories. */
const WRITES = /^arn:aws[a-z-]*:iam::aws:policy\/(?:AmazonEC2ContainerRegistry(?:PowerUser|FullAccess)|AmazonElasticContainerRegistryPublic(?:PowerUser|FullAccess)|EC2InstanceProfileForImageBuilderECRContainerBuilds)$/;
const READ_ACTION = /^ecr(?:-public)?:(?:Get|List|Describe|Batch(?:Get|Check))/i;

const nodeGroupsOfRoles = awsReferences({ from: [NODE_GROUP], by: ['nodeRoleArn'], to: [ROLE] });
const rolesOf = awsReferences({ from: [ATTACHMENT, ROLE_POLICY], by: ['role'], to: [ROLE], name: 'name' });

/** CIS EKS 5.1.3: what runs on a node can use the role of the node. */
export const nodeRegistryAccess: ResourcePolicy = {
  id: 'eks-node-registry-access',
  title: 'Nodes may only read from ECR',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ eks: '5.1.3' }),
  rationale: 'A node needs to pull images, no more. If its role may push, whoever breaks out of one container can replace the images that every cluster runs.',
  remediation: 'Attach AmazonEC2ContainerRegistryPullOnly or AmazonEC2ContainerRegistryReadOnly to the role of the nodes, and push images with another role.',
  reach: 'stack',
  examples: {
    fails: example(ATTACHMENT, { role: 'node-role', policyArn: 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser' }),
    passes: example(ATTACHMENT, { role: 'node-role', policyArn: 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly' }),
  },
  resourceTypes: [ATTACHMENT, ROLE, ROLE_POLICY],
  check(resource, report, context) {
    const [path, value] = writeAccess(resource) ?? [];
    if (path === undefined) return;
    const ofNodes = isNodeRole(resource, context);
    if (ofNodes === true) report.finding({ path, found: value, message: `the role of the nodes may write to ECR by '${resource.name}'` });
    else if (ofNodes === undefined) report.undecided({ path, reason: 'it is not known whether the role is that of nodes' });
  },
};

/** What lets a role write to ECR, and where it stands. */
function writeAccess(resource: CloudResource): readonly [FieldPath, unknown] | undefined {
  if (resource.type === ATTACHMENT) {
    const arn = input(resource, 'policyArn');
    return typeof arn === 'string' && WRITES.test(arn) ? [['policyArn'], arn] : undefined;
  }
  if (resource.type === ROLE_POLICY) return writingStatement(input(resource, 'policy'), ['policy']);
  for (const [index, arn] of listed(input(resource, 'managedPolicyArns')).entries()) {
    if (typeof arn === 'string' && WRITES.test(arn)) return [['managedPolicyArns', index], arn];
  }
  for (const [index, inline] of listed(input(resource, 'inlinePolicies')).entries()) {
    const found = writingStatement(read(inline, 'policy'), ['inlinePolicies', index, 'policy']);
    if (found) return found;
  }
  return undefined;
}

function writingStatement(document: unknown, at: FieldPath): readonly [FieldPath, unknown] | undefined {
  const found = statementsOf(document, at)?.find(writes);
  return found && [found.path, found.fields];
}

function writes({ fields }: Statement): boolean {
  return fields.Effect === 'Allow' && listed(fields.Action).some((action) => typeof action === 'string' && /^ecr(?:-public)?:/i.test(action) && !READ_ACTION.test(action));
}

/** Whether a role is that of nodes; `undefined` if neither a node group nor its name tells. */
function isNodeRole(resource: CloudResource, context: PolicyContext): boolean | undefined {
  const roles = resource.type === ROLE ? [resource] : context.derive(rolesOf).targets(resource);
  if (roles.some((role) => context.derive(nodeGroupsOfRoles).to(role).certain.length > 0)) return true;
  const names = [...roles.flatMap((role) => [role.name, readOr<unknown>('', () => input(role, 'name'))]), readOr<unknown>('', () => input(resource, 'role'))];
  if (names.some((name) => /node|worker/i.test(String(name ?? '')))) return true;
  // Only virtual machines can be nodes.
  return roles.length === 0 || roles.some(isOfInstances) ? undefined : false;
}

/** Whether virtual machines may take on a role. */
function isOfInstances(role: CloudResource): boolean {
  const statements = statementsOf(input(role, 'assumeRolePolicy'), ['assumeRolePolicy']) ?? [];
  return statements.some(({ fields }) => fields.Effect === 'Allow' && listed(read(fields.Principal, 'Service')).some((service) => String(service).startsWith('ec2.amazonaws.com')));
}
