import type { FieldPath } from '../../engine/field-path';
import type { CloudResource } from '../../engine/object';
import type { Policy, Report, ResourcePolicy } from '../../engine/policy';
import { foundations } from '../cis';
import { elements, input, isOneOf, isStated } from '../cloud/inputs';
import { shown } from '../shown';
import { azureResource, isTrue, notFalse } from './azure-resource';
import { azureInputPolicy } from './input-policy';

/** Subnets of Azure's own gateways, which refuse a group or have rules of their own. */
const OF_AZURE = ['GatewaySubnet', 'AzureFirewallSubnet', 'AzureFirewallManagementSubnet', 'AzureBastionSubnet', 'RouteServerSubnet'];

const subnetGroups: ResourcePolicy = {
  id: 'azure-subnet-security-group',
  title: 'Subnets have a network security group',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: foundations('azure', { '6.0.0': '7.11', '5.0.0': '7.11' }),
  rationale: 'Without a group, nothing filters what reaches the machines of a subnet, unless each of them has one itself.',
  remediation: 'Set networkSecurityGroup of the subnet.',
  resourceTypes: ['azure-native:network:Subnet', 'azure-native:network:VirtualNetwork'],
  examples: {
    fails: azureResource('network:Subnet', { addressPrefix: '10.0.0.0/24' }),
    passes: azureResource('network:Subnet', { addressPrefix: '10.0.0.0/24', networkSecurityGroup: { id: '/providers/Microsoft.Network/networkSecurityGroups/example' } }),
  },
  check(resource, report) {
    if (resource.type.endsWith(':Subnet')) checkSubnet(resource, [], input(resource, 'subnetName') ?? input(resource, 'name') ?? resource.name, report);
    else for (const { path } of elements(resource, 'subnets')) checkSubnet(resource, path, input(resource, ...path, 'name'), report);
  },
};

function checkSubnet(resource: CloudResource, at: FieldPath, name: unknown, report: Report): void {
  if (isOneOf(name, ...OF_AZURE)) return;
  const path = [...at, 'networkSecurityGroup'];
  const group = input(resource, ...path);
  if (typeof group !== 'object') report.finding({ path, found: group, message: `subnet '${shown(name ?? '')}' has no network security group` });
}

const ddos = azureInputPolicy({
  id: 'azure-ddos-protection',
  title: 'Virtual networks are protected from floods of traffic',
  severity: 'low',
  enforcement: 'advisory',
  controls: foundations('azure', { '6.0.0': '8.5', '5.0.0': '8.5' }),
  rationale: 'A plan for protection watches the public addresses of a network and filters attacks. It has its price; whether it is worth that is yours to judge.',
  remediation: 'Set enableDdosProtection to true, and name a plan in ddosProtectionPlan.',
  types: ['network:VirtualNetwork'],
  noun: 'virtual network',
  path: ['enableDdosProtection'],
  meets: isTrue,
  problem: 'has no protection from floods of traffic',
  examples: { fails: {}, passes: { enableDdosProtection: true, ddosProtectionPlan: { id: '/providers/Microsoft.Network/ddosProtectionPlans/example' } } },
});

const gateway = { types: ['network:ApplicationGateway'], noun: 'application gateway', enforcement: 'mandatory' } as const;

const gatewayFirewall = azureInputPolicy({
  ...gateway,
  id: 'azure-application-gateway-firewall',
  title: 'Application gateways have a web application firewall',
  severity: 'medium',
  controls: foundations('azure', { '6.0.0': '7.10', '5.0.0': '7.10' }),
  rationale: 'The firewall stops common attacks on web applications before they reach the cluster behind the gateway.',
  remediation: 'Choose the tier WAF_v2, and name a policy in firewallPolicy.',
  path: ['firewallPolicy', 'id'],
  meets: (value, resource) => isStated(value) || input(resource, 'webApplicationFirewallConfiguration', 'enabled') === true,
  problem: 'has no web application firewall',
  examples: { fails: { sku: { tier: 'Standard_v2' } }, passes: { sku: { tier: 'WAF_v2' }, firewallPolicy: { id: '/providers/Microsoft.Network/applicationGatewayWebApplicationFirewallPolicies/example' } } },
});

/** Predefined policies whose lowest version is 1.2. */
const TLS_1_2 = ['AppGwSslPolicy20170401S', 'AppGwSslPolicy20220101', 'AppGwSslPolicy20220101S'];

const gatewayTls = azureInputPolicy({
  ...gateway,
  id: 'azure-application-gateway-tls',
  title: 'Application gateways require TLS 1.2',
  severity: 'medium',
  controls: foundations('azure', { '6.0.0': '7.12', '5.0.0': '7.12' }),
  rationale: 'TLS 1.0 and 1.1 can be attacked. A gateway without a policy of its own has one that may allow them.',
  remediation: 'Set sslPolicy.minProtocolVersion to TLSv1_2, or choose AppGwSslPolicy20220101 in sslPolicy.policyName.',
  path: ['sslPolicy', 'minProtocolVersion'],
  meets: (value, resource) => isOneOf(value, 'TLSv1_2', 'TLSv1_3') || isOneOf(input(resource, 'sslPolicy', 'policyName'), ...TLS_1_2),
  problem: 'allows versions of TLS older than 1.2',
  examples: { fails: { sslPolicy: { policyType: 'Predefined', policyName: 'AppGwSslPolicy20150501' } }, passes: { sslPolicy: { policyType: 'Predefined', policyName: 'AppGwSslPolicy20220101' } } },
});

const gatewayHttp2 = azureInputPolicy({
  ...gateway,
  id: 'azure-application-gateway-http2',
  title: 'Application gateways speak HTTP/2',
  severity: 'low',
  controls: foundations('azure', { '6.0.0': '7.13', '5.0.0': '7.13' }),
  rationale: 'HTTP/2 leaves less room for requests that two servers read differently, and is faster. It is off unless it is turned on.',
  remediation: 'Set enableHttp2 to true.',
  path: ['enableHttp2'],
  meets: isTrue,
  problem: 'does not speak HTTP/2',
  fix: true,
  examples: { fails: {}, passes: { enableHttp2: true } },
});

const firewallPolicy = { types: ['network:WebApplicationFirewallPolicy'], noun: 'firewall policy', enforcement: 'mandatory' } as const;

const requestBodies = azureInputPolicy({
  ...firewallPolicy,
  id: 'azure-web-firewall-request-bodies',
  title: 'Web application firewalls look into request bodies',
  severity: 'medium',
  controls: foundations('azure', { '6.0.0': '7.14', '5.0.0': '7.14' }),
  rationale: 'Attacks come in the bodies of requests too. They are inspected unless that is turned off.',
  remediation: 'Remove policySettings.requestBodyCheck, or set it to true.',
  path: ['policySettings', 'requestBodyCheck'],
  meets: notFalse,
  problem: 'does not look into request bodies',
  fix: true,
  examples: { fails: { policySettings: { requestBodyCheck: false } }, passes: { policySettings: { requestBodyCheck: true } } },
});

const bots = azureInputPolicy({
  ...firewallPolicy,
  id: 'azure-web-firewall-bots',
  title: 'Web application firewalls stop bots',
  severity: 'low',
  controls: foundations('azure', { '6.0.0': '7.15', '5.0.0': '7.15' }),
  rationale: 'Most attempts to break in are made by programs from known addresses, which the rule set for bots stops.',
  remediation: 'Add a rule set of type Microsoft_BotManagerRuleSet to managedRules.managedRuleSets.',
  path: ['managedRules', 'managedRuleSets'],
  meets: (value, resource) =>
    Array.isArray(value) && value.some((_, index) => isOneOf(input(resource, 'managedRules', 'managedRuleSets', index, 'ruleSetType'), 'Microsoft_BotManagerRuleSet')),
  problem: 'does not stop bots',
  examples: {
    fails: { managedRules: { managedRuleSets: [{ ruleSetType: 'OWASP', ruleSetVersion: '3.2' }] } },
    passes: { managedRules: { managedRuleSets: [{ ruleSetType: 'Microsoft_BotManagerRuleSet', ruleSetVersion: '1.1' }] } },
  },
});

export const NETWORKS: readonly Policy[] = [subnetGroups, ddos, gatewayFirewall, gatewayTls, gatewayHttp2, requestBodies, bots];
