// What AWS computes for networks, keys, clusters, nodes and identities, and what it answers about an account in eu-central-1.
const { createHash } = require('node:crypto');

const ACCOUNT = '123456789012';
const REGION = 'eu-central-1';
const ZONES = ['a', 'b', 'c'].map((letter) => `${REGION}${letter}`);

const hex = (text, length) => createHash('sha256').update(text).digest('hex').slice(0, length);
const arn = (service, resource, region = REGION) => `arn:aws:${service}:${region}:${ACCOUNT}:${resource}`;
const uuid = (text) => hex(text, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
/** A resource known by an id such as `vpc-0123456789abcdef0`. */
const withId = (prefix, kind) => ({ name }) => {
  const id = `${prefix}-${hex(`${kind} ${name}`, 17)}`;
  return { id, arn: arn('ec2', `${kind}/${id}`), ownerId: ACCOUNT };
};
const named = ({ name, inputs }) => inputs.name ?? `${inputs.namePrefix ?? `${name}-`}${hex(name, 7)}`;

/** The API server of a cluster: the one a test runs, or an invented one. */
function apiServer(id) {
  const given = process.env.KUBEFLOW_CDK_TEST_API ? JSON.parse(process.env.KUBEFLOW_CDK_TEST_API) : undefined;
  const ca = '-----BEGIN CERTIFICATE-----\nMIIBinvented\n-----END CERTIFICATE-----\n';
  return given ?? { server: `https://${id}.gr7.${REGION}.eks.amazonaws.com`, ca: Buffer.from(ca).toString('base64') };
}

const resources = {
  'aws:ec2/vpc:Vpc': withId('vpc', 'vpc'),
  'aws:ec2/subnet:Subnet': withId('subnet', 'subnet'),
  'aws:ec2/internetGateway:InternetGateway': withId('igw', 'internet-gateway'),
  'aws:ec2/natGateway:NatGateway': withId('nat', 'natgateway'),
  'aws:ec2/routeTable:RouteTable': withId('rtb', 'route-table'),
  'aws:ec2/securityGroup:SecurityGroup': withId('sg', 'security-group'),
  'aws:ec2/vpcEndpoint:VpcEndpoint': withId('vpce', 'vpc-endpoint'),
  'aws:ec2/flowLog:FlowLog': withId('fl', 'vpc-flow-log'),
  'aws:ec2/eip:Eip': ({ name }) => ({ id: `eipalloc-${hex(name, 17)}`, allocationId: `eipalloc-${hex(name, 17)}`, publicIp: '203.0.113.10' }),
  'aws:ec2/launchTemplate:LaunchTemplate': ({ name }) => ({ id: `lt-${hex(name, 17)}`, latestVersion: 1, defaultVersion: 1, arn: arn('ec2', `launch-template/lt-${hex(name, 17)}`) }),
  'aws:ec2/placementGroup:PlacementGroup': (made) => ({ id: named(made), name: named(made), placementGroupId: `pg-${hex(made.name, 17)}` }),
  'aws:kms/key:Key': ({ name }) => ({ id: uuid(name), keyId: uuid(name), arn: arn('kms', `key/${uuid(name)}`) }),
  'aws:cloudwatch/logGroup:LogGroup': (made) => ({ id: named(made), name: named(made), arn: arn('logs', `log-group:${named(made)}`) }),
  'aws:iam/role:Role': (made) => ({ id: named(made), name: named(made), arn: arn('iam', `role/${named(made)}`, ''), uniqueId: `AROA${hex(made.name, 17).toUpperCase()}` }),
  'aws:iam/openIdConnectProvider:OpenIdConnectProvider': ({ inputs }) => {
    const provider = arn('iam', `oidc-provider/${String(inputs.url).replace(/^https:\/\//, '')}`, '');
    return { id: provider, arn: provider };
  },
  'aws:eks/cluster:Cluster': ({ inputs }) => {
    const id = hex(inputs.name, 32).toUpperCase();
    const { server, ca } = apiServer(id);
    return {
      id: inputs.name,
      arn: arn('eks', `cluster/${inputs.name}`),
      endpoint: server,
      certificateAuthority: { data: ca },
      identities: [{ oidcs: [{ issuer: `https://oidc.eks.${REGION}.amazonaws.com/id/${id}` }] }],
      vpcConfig: { ...inputs.vpcConfig, clusterSecurityGroupId: `sg-${hex(inputs.name, 17)}`, vpcId: `vpc-${hex('vpc network', 17)}` },
      status: 'ACTIVE',
      platformVersion: 'eks.9',
    };
  },
  'aws:eks/nodeGroup:NodeGroup': ({ name, inputs }) => {
    const nodeGroupName = inputs.nodeGroupName ?? `${name}-${hex(name, 7)}`;
    const id = `${inputs.clusterName}:${nodeGroupName}`;
    return { id, nodeGroupName, arn: arn('eks', `nodegroup/${inputs.clusterName}/${nodeGroupName}/${uuid(name)}`), resources: [{ autoscalingGroups: [{ name: `eks-${nodeGroupName}-${uuid(name)}` }], remoteAccessSecurityGroupId: '' }], status: 'ACTIVE' };
  },
  'aws:eks/addon:Addon': ({ inputs }) => ({ id: `${inputs.clusterName}:${inputs.addonName}`, arn: arn('eks', `addon/${inputs.clusterName}/${inputs.addonName}/${uuid(inputs.addonName)}`), addonVersion: inputs.addonVersion ?? 'v1.0.0-eksbuild.1' }),
  'aws:eks/accessEntry:AccessEntry': ({ inputs }) => ({ id: `${inputs.clusterName}:${inputs.principalArn}`, accessEntryArn: arn('eks', `access-entry/${inputs.clusterName}/${hex(inputs.principalArn, 12)}`) }),
  'aws:eks/accessPolicyAssociation:AccessPolicyAssociation': ({ inputs }) => ({ id: `${inputs.clusterName}#${inputs.principalArn}#${inputs.policyArn}` }),
  'aws:eks/podIdentityAssociation:PodIdentityAssociation': ({ name }) => ({ id: `a-${hex(name, 17)}`, associationId: `a-${hex(name, 17)}`, associationArn: arn('eks', `podidentityassociation/main/a-${hex(name, 17)}`) }),
};

// An account with two VPCs, one of them in order; and a cluster.
const VPCS = { 'vpc-0aaaaaaaaaaaaaaaa': '10.20.0.0/16', 'vpc-0bbbbbbbbbbbbbbbb': '10.30.0.0/16' };
const SUBNETS = {
  'subnet-0a000000000000001': { vpcId: 'vpc-0aaaaaaaaaaaaaaaa', availabilityZone: ZONES[0], cidrBlock: '10.20.0.0/18' },
  'subnet-0a000000000000002': { vpcId: 'vpc-0aaaaaaaaaaaaaaaa', availabilityZone: ZONES[1], cidrBlock: '10.20.64.0/18' },
  'subnet-0a000000000000003': { vpcId: 'vpc-0aaaaaaaaaaaaaaaa', availabilityZone: ZONES[2], cidrBlock: '10.20.128.0/18' },
  'subnet-0a00000000000000f': { vpcId: 'vpc-0aaaaaaaaaaaaaaaa', availabilityZone: ZONES[0], cidrBlock: '10.20.192.0/24', public: true },
  'subnet-0b000000000000001': { vpcId: 'vpc-0bbbbbbbbbbbbbbbb', availabilityZone: ZONES[0], cidrBlock: '10.30.0.0/18' },
};
const OFFERED = { 'm7i.xlarge': ZONES, 'g6.2xlarge': ZONES.slice(1), 'p5.48xlarge': [] };
const VERSIONS = { '1.37': 'STANDARD_SUPPORT', '1.36': 'STANDARD_SUPPORT', '1.35': 'STANDARD_SUPPORT', '1.34': 'EXTENDED_SUPPORT', '1.30': 'UNSUPPORTED' };
const filter = (inputs, name) => inputs.filters?.find((each) => each.name === name)?.values ?? [];

const functions = {
  'aws:index/getCallerIdentity:getCallerIdentity': () => ({ id: ACCOUNT, accountId: ACCOUNT, userId: 'AROAEXAMPLE:me', arn: `arn:aws:sts::${ACCOUNT}:assumed-role/deployer/me` }),
  'aws:iam/getSessionContext:getSessionContext': ({ arn }) => ({ id: arn, arn, issuerArn: `arn:aws:iam::${ACCOUNT}:role/deployer`, issuerName: 'deployer', issuerId: 'AROAEXAMPLE', sessionName: 'me' }),
  'aws:index/getRegion:getRegion': () => ({ id: REGION, name: REGION, region: REGION, description: 'Europe (Frankfurt)', endpoint: `ec2.${REGION}.amazonaws.com` }),
  'aws:index/getAvailabilityZones:getAvailabilityZones': () => ({ id: REGION, names: ZONES, zoneIds: ['euc1-az2', 'euc1-az3', 'euc1-az1'], groupNames: [REGION], region: REGION }),
  'aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings': (inputs) => {
    const pairs = filter(inputs, 'instance-type').flatMap((type) => (OFFERED[type] ?? ZONES).map((zone) => [type, zone]));
    return { id: REGION, instanceTypes: pairs.map(([type]) => type), locations: pairs.map(([, zone]) => zone), locationTypes: pairs.map(() => 'availability-zone'), region: REGION };
  },
  'aws:eks/getClusterVersions:getClusterVersions': () => ({ id: REGION, region: REGION, clusterVersions: Object.entries(VERSIONS).map(([clusterVersion, versionStatus]) => ({ clusterVersion, versionStatus })) }),
  'aws:ec2/getVpcs:getVpcs': (inputs) => ({ id: REGION, ids: filter(inputs, 'vpc-id').filter((id) => VPCS[id]), tags: {}, region: REGION }),
  'aws:ec2/getVpc:getVpc': ({ id }) => ({ id, cidrBlock: VPCS[id], enableDnsSupport: true, enableDnsHostnames: true, region: REGION }),
  'aws:ec2/getSubnets:getSubnets': (inputs) => ({ id: REGION, ids: filter(inputs, 'subnet-id').filter((id) => SUBNETS[id]), tags: {}, region: REGION }),
  'aws:ec2/getSubnet:getSubnet': ({ id }) => ({ id, ...SUBNETS[id], availableIpAddressCount: 4000, mapPublicIpOnLaunch: false, region: REGION }),
  // Private subnets have the main route table of their VPC, public ones their own.
  'aws:ec2/getRouteTables:getRouteTables': (inputs) => {
    const [subnet] = filter(inputs, 'association.subnet-id');
    const ids = subnet ? (SUBNETS[subnet]?.public ? ['rtb-public'] : []) : ['rtb-main'];
    return { id: REGION, ids, tags: {}, region: REGION };
  },
  'aws:ec2/getRouteTable:getRouteTable': ({ routeTableId }) => ({
    id: routeTableId,
    routeTableId,
    region: REGION,
    routes: [{ cidrBlock: '0.0.0.0/0', gatewayId: routeTableId === 'rtb-public' ? 'igw-0123456789abcdef0' : '', natGatewayId: routeTableId === 'rtb-public' ? '' : 'nat-0123456789abcdef0' }],
  }),
  'aws:eks/getClusters:getClusters': () => ({ id: REGION, names: ['main'], region: REGION }),
  'aws:eks/getCluster:getCluster': ({ name }) => {
    const id = hex(name, 32).toUpperCase();
    const { server, ca } = apiServer(id);
    return {
      id: name,
      name,
      version: '1.36',
      status: 'ACTIVE',
      endpoint: server,
      certificateAuthorities: [{ data: ca }],
      identities: [{ oidcs: [{ issuer: `https://oidc.eks.${REGION}.amazonaws.com/id/${id}` }] }],
      vpcConfig: { clusterSecurityGroupId: `sg-${hex(name, 17)}`, vpcId: 'vpc-0aaaaaaaaaaaaaaaa' },
      region: REGION,
    };
  },
};

/** Inputs that AWS cannot change in place. */
const immutable = {
  'aws:ec2/vpc:Vpc': ['cidrBlock'],
  'aws:ec2/subnet:Subnet': ['vpcId', 'cidrBlock', 'availabilityZone'],
  'aws:eks/cluster:Cluster': ['name', 'roleArn'],
  'aws:eks/nodeGroup:NodeGroup': ['clusterName', 'nodeRoleArn', 'subnetIds', 'instanceTypes', 'amiType', 'capacityType'],
};

module.exports = { resources, functions, immutable };
