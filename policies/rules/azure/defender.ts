import type { Policy, ResourcePolicy } from '../../engine/policy';
import { foundations } from '../cis';
import { elements, input, isOneOf, isStated } from '../cloud/inputs';
import { azureResource } from './azure-resource';
import { azureInputPolicy } from './input-policy';

/** Controls of each plan: those of 6.0.0 and 5.0.0, 4.0.0, 3.0.0, 2.1.0, 2.0.0. */
function plan(newest: string | undefined, four?: string, three?: string, two1?: string, two0?: string | readonly string[]): readonly string[] {
  return foundations('azure', {
    ...(newest === undefined ? {} : { '6.0.0': newest, '5.0.0': newest }),
    ...(four === undefined ? {} : { '4.0.0': four }),
    ...(three === undefined ? {} : { '3.0.0': three }),
    ...(two1 === undefined ? {} : { '2.1.0': two1 }),
    ...(two0 === undefined ? {} : { '2.0.0': two0 }),
  });
}

const CONTAINERS = plan('8.1.4.1', '9.1.4.1', '3.1.4.1', '2.1.8', '2.1.8');
const PLANS: Readonly<Record<string, readonly string[]>> = {
  virtualmachines: plan('8.1.3.1', '9.1.3.1', '3.1.3.1', '2.1.1', '2.1.1'),
  appservices: plan('8.1.6.1', '9.1.6.1', '3.1.6.1', '2.1.2', '2.1.2'),
  sqlservers: plan('8.1.7.3', '9.1.7.3', '3.1.7.3', '2.1.3', ['2.1.3', '2.1.4']),
  sqlservervirtualmachines: plan('8.1.7.4', '9.1.7.4', '3.1.7.4', '2.1.4', ['2.1.3', '2.1.5']),
  opensourcerelationaldatabases: plan('8.1.7.2', '9.1.7.2', '3.1.7.2', '2.1.5', ['2.1.3', '2.1.6']),
  cosmosdbs: plan('8.1.7.1', '9.1.7.1', '3.1.7.1', '2.1.6', ['2.1.3', '2.1.9']),
  storageaccounts: plan('8.1.5.1', '9.1.5.1', '3.1.5.1', '2.1.7', '2.1.7'),
  containers: CONTAINERS,
  // The plans that the one for containers has replaced.
  containerregistry: CONTAINERS,
  kubernetesservice: CONTAINERS,
  keyvaults: plan('8.1.8.1', '9.1.8.1', '3.1.8.1', '2.1.9', '2.1.10'),
  dns: plan(undefined, '9.1.17', '3.1.16', '2.1.10', '2.1.11'),
  arm: plan('8.1.9.1', '9.1.9.1', '3.1.9.1', '2.1.11', '2.1.12'),
  cloudposture: plan('8.1.1.1'),
  api: plan('8.1.2.1'),
};

const plans: ResourcePolicy = {
  id: 'azure-defender-plans',
  title: 'Plans of Microsoft Defender are on',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: [...new Set(Object.values(PLANS).flat())],
  rationale: 'A plan of the free tier lists settings that could be better, but sees no attack. The standard tier watches what happens.',
  remediation: 'Set pricingTier to Standard.',
  resourceTypes: ['azure-native:security:Pricing'],
  examples: {
    fails: azureResource('security:Pricing', { pricingName: 'Containers', pricingTier: 'Free' }),
    passes: azureResource('security:Pricing', { pricingName: 'Containers', pricingTier: 'Standard' }),
  },
  check(pricing, report) {
    const tier = input(pricing, 'pricingTier');
    if (isOneOf(tier, 'Standard')) return;
    const name = input(pricing, 'pricingName');
    const key = typeof name === 'string' ? name.toLowerCase() : '';
    const controls = Object.hasOwn(PLANS, key) ? PLANS[key] : undefined;
    if (controls) report.finding({ path: ['pricingTier'], found: tier, message: `Microsoft Defender for ${String(name)} is not on`, fix: 'Standard', controls });
  },
};

const contact = { types: ['security:SecurityContact'], noun: 'security contact', severity: 'low', enforcement: 'mandatory' } as const;

const contactEmails = azureInputPolicy({
  ...contact,
  id: 'azure-security-contact-emails',
  title: 'Security contacts have an address',
  controls: foundations('azure', { '6.0.0': '8.1.13', '5.0.0': '8.1.13', '4.0.0': '9.1.13', '3.0.0': '3.1.13', '2.1.0': '2.1.18', '2.0.0': '2.1.19' }),
  rationale: 'Alerts go to the owners of the subscription, who are seldom the ones to act on them. An address of the security team reaches somebody who does.',
  remediation: 'Set emails.',
  path: ['emails'],
  otherwise: [['email']],
  meets: isStated,
  problem: 'has no address',
  examples: { fails: { emails: '' }, passes: { emails: 'security@example.com' } },
});

const contactOwners: ResourcePolicy = {
  id: 'azure-security-contact-owners',
  title: 'Owners are told of security alerts',
  severity: 'low',
  enforcement: 'mandatory',
  controls: foundations('azure', { '6.0.0': '8.1.12', '5.0.0': '8.1.12', '4.0.0': '9.1.12', '3.0.0': '3.1.12', '2.1.0': '2.1.17', '2.0.0': '2.1.18' }),
  rationale: 'An alert that also reaches the owners of a subscription is not lost when the one address given is out of use.',
  remediation: 'Set notificationsByRole to state On, with the role Owner.',
  resourceTypes: ['azure-native:security:SecurityContact'],
  examples: {
    fails: azureResource('security:SecurityContact', { notificationsByRole: { state: 'Off' } }),
    passes: azureResource('security:SecurityContact', { notificationsByRole: { state: 'On', roles: ['Owner'] } }),
  },
  check(resource, report) {
    const state = input(resource, 'notificationsByRole', 'state');
    const roles = elements(resource, 'notificationsByRole', 'roles').map(({ value }) => value);
    if (isOneOf(state, 'On') && roles.some((role) => isOneOf(role, 'Owner'))) return;
    const found = input(resource, 'notificationsByRole');
    report.finding({ path: ['notificationsByRole'], found, message: `security contact '${resource.name}' leaves out the owners` });
  },
};

export const DEFENDER: readonly Policy[] = [plans, contactEmails, contactOwners];
