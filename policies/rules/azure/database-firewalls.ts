import type { CloudResource } from '../../engine/object';
import type { Policy, ResourcePolicy } from '../../engine/policy';
import { foundations } from '../cis';
import { input } from '../cloud/inputs';
import { azureResource } from './azure-resource';

/** A rule over at least half of all addresses is open to the Internet, whatever its bounds are. */
const INTERNET = 2 ** 31;
const ANY_DATABASE = foundations('azure', { '4.0.0': '2.2.1.2', '3.0.0': '5.1.2', '2.1.0': '4.1.2', '2.0.0': '4.1.2' });
const POSTGRESQL = foundations('azure', { '3.0.0': '5.2.5', '2.1.0': '4.3.7', '2.0.0': '4.3.7' });

/** Which addresses a firewall rule of a database server lets in. */
function openTo(rule: CloudResource): { readonly start: unknown; readonly internet: boolean; readonly azure: boolean } {
  const start = input(rule, 'startIpAddress');
  const end = input(rule, 'endIpAddress');
  const [from, to] = [addressNumber(start), addressNumber(end)];
  const internet = from !== undefined && to !== undefined && to - from + 1 >= INTERNET;
  return { start, internet, azure: !internet && from === 0 };
}

function addressNumber(address: unknown): number | undefined {
  // A range in the place of its first address is understood by nobody, and meant by some.
  const parts = typeof address === 'string' ? address.trim().replace(/\/0$/, '').split('.') : [];
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

const rule = (type: string, startIpAddress: string, endIpAddress: string) => azureResource(type, { serverName: 'example', startIpAddress, endIpAddress });

const internet: ResourcePolicy = {
  id: 'azure-database-firewall-internet',
  title: 'Firewalls of databases are not open to the Internet',
  severity: 'critical',
  enforcement: 'mandatory',
  controls: ANY_DATABASE,
  rationale: 'A rule from 0.0.0.0 to 255.255.255.255 takes the firewall away: only a password is left between the Internet and the data.',
  remediation: 'Delete the rule, or narrow it to the addresses that need it.',
  resourceTypes: ['sql', 'dbformysql', 'dbforpostgresql'].flatMap((module) => [`azure-native:${module}:FirewallRule`, `azure-native:${module}:SingleServerFirewallRule`]),
  examples: { fails: rule('sql:FirewallRule', '0.0.0.0', '255.255.255.255'), passes: rule('sql:FirewallRule', '203.0.113.7', '203.0.113.7') },
  check(resource, report) {
    const { start, internet: isOpen } = openTo(resource);
    if (isOpen) report.finding({ path: ['startIpAddress'], found: start, message: `firewall rule '${resource.name}' lets in the whole Internet` });
  },
};

const sqlAzureServices: ResourcePolicy = {
  id: 'azure-sql-firewall-azure-services',
  title: 'Firewalls of SQL servers do not let in all of Azure',
  severity: 'high',
  enforcement: 'mandatory',
  controls: foundations('azure', { '3.0.0': '5.1.2', '2.1.0': '4.1.2', '2.0.0': '4.1.2' }),
  rationale: 'The address 0.0.0.0 stands for every address inside Azure, of every subscription, also those of strangers.',
  remediation: 'Delete the rule, and use a private endpoint or a virtual network rule.',
  resourceTypes: ['azure-native:sql:FirewallRule'],
  examples: { fails: rule('sql:FirewallRule', '0.0.0.0', '0.0.0.0'), passes: rule('sql:FirewallRule', '203.0.113.7', '203.0.113.7') },
  check(resource, report) {
    const { start, azure } = openTo(resource);
    if (azure) report.finding({ path: ['startIpAddress'], found: start, message: `firewall rule '${resource.name}' lets in all of Azure` });
  },
};

const postgresqlAzureServices: ResourcePolicy = {
  ...sqlAzureServices,
  id: 'azure-postgresql-firewall-azure-services',
  title: 'Firewalls of PostgreSQL servers do not let in all of Azure',
  controls: POSTGRESQL,
  resourceTypes: ['azure-native:dbforpostgresql:FirewallRule', 'azure-native:dbforpostgresql:SingleServerFirewallRule'],
  examples: { fails: rule('dbforpostgresql:FirewallRule', '0.0.0.0', '0.0.0.0'), passes: rule('dbforpostgresql:FirewallRule', '203.0.113.7', '203.0.113.7') },
  check(resource, report) {
    const { start, azure, internet: isOpen } = openTo(resource);
    // What lets in the Internet lets in Azure.
    if (azure || isOpen) report.finding({ path: ['startIpAddress'], found: start, message: `firewall rule '${resource.name}' lets in all of Azure` });
  },
};

export const DATABASE_FIREWALLS: readonly Policy[] = [internet, sqlAzureServices, postgresqlAzureServices];
