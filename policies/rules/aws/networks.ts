import type { ResourcePolicy } from '../../engine/policy';
import { mustHave } from '../cloud/companion';
import { example } from '../cloud/example';
import { input, listed } from '../cloud/inputs';
import { DEFAULT_SECURITY_GROUP, FLOW_LOGS } from './controls';
import { awsReferences } from './references';

const VPC = 'aws:ec2/vpc:Vpc';
const VPCS: readonly string[] = [VPC, 'aws:ec2/defaultVpc:DefaultVpc'];
const FLOW_LOG = 'aws:ec2/flowLog:FlowLog';
const DEFAULT_GROUP = 'aws:ec2/defaultSecurityGroup:DefaultSecurityGroup';
const RULES: readonly string[] = [
  'aws:ec2/securityGroupRule:SecurityGroupRule',
  'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule',
  'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule',
];

const flowLogsOfVpcs = awsReferences({ from: [FLOW_LOG], by: ['vpcId'], to: VPCS });
const defaultGroupsOfVpcs = awsReferences({ from: [DEFAULT_GROUP], by: ['vpcId'], to: VPCS });
const rulesOfDefaultGroups = awsReferences({ from: RULES, by: ['securityGroupId'], to: [DEFAULT_GROUP] });

const flowLogs: ResourcePolicy = {
  id: 'aws-vpc-flow-logs',
  title: 'VPCs log their traffic',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: FLOW_LOGS,
  rationale: 'Flow logs tell who talked to whom. Without them an intrusion cannot be traced, and traffic that was refused is never seen.',
  remediation: 'Declare aws.ec2.FlowLog for the VPC, to a log group or a bucket.',
  reach: 'stack',
  examples: {
    fails: example(VPC, { cidrBlock: '10.0.0.0/16' }),
    passes: [{ ...example(VPC, { cidrBlock: '10.0.0.0/16' }), id: 'vpc-0a1b2c3d' }, example(FLOW_LOG, { vpcId: 'vpc-0a1b2c3d', trafficType: 'ALL', logDestination: 'arn:aws:s3:::flow-logs', logDestinationType: 's3' })],
  },
  resourceTypes: VPCS,
  check: (vpc, report, context) => mustHave(vpc, { among: flowLogsOfVpcs, message: `nobody logs the traffic of VPC '${vpc.name}'` }, report, context),
};

const defaultSecurityGroup: ResourcePolicy = {
  id: 'aws-default-security-group',
  title: 'The default security group of a VPC lets nothing through',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: DEFAULT_SECURITY_GROUP,
  rationale: 'What names no security group gets the default one, which lets its members reach each other and the whole world. Without rules, nothing works by accident.',
  remediation: 'Declare aws.ec2.DefaultSecurityGroup for the VPC with neither ingress nor egress: Pulumi then removes its rules.',
  reach: 'stack',
  examples: {
    fails: example(DEFAULT_GROUP, { vpcId: 'vpc-0a1b2c3d', ingress: [{ protocol: '-1', fromPort: 0, toPort: 0, self: true }] }),
    passes: [{ ...example(VPC, { cidrBlock: '10.0.0.0/16' }), id: 'vpc-0a1b2c3d' }, example(DEFAULT_GROUP, { vpcId: 'vpc-0a1b2c3d' })],
  },
  resourceTypes: [...VPCS, DEFAULT_GROUP],
  check(resource, report, context) {
    if (resource.type !== DEFAULT_GROUP) {
      return mustHave(resource, { among: defaultGroupsOfVpcs, message: `the default security group of VPC '${resource.name}' keeps the rules it came with` }, report, context);
    }
    for (const direction of ['ingress', 'egress']) {
      const rules = input(resource, direction);
      if (listed(rules).length > 0) report.finding({ path: [direction], found: rules, message: `default security group '${resource.name}' has rules for ${direction}`, fix: [] });
    }
    for (const rule of context.derive(rulesOfDefaultGroups).to(resource).certain) {
      report.finding({ path: [], found: undefined, message: `'${rule.name}' adds a rule to default security group '${resource.name}'` });
    }
  },
};

/** What the benchmark says of networks as a whole. */
export const NETWORKS: readonly ResourcePolicy[] = [flowLogs, defaultSecurityGroup];
