import type { CloudResource } from '../../engine/object';
import type { Policy } from '../../engine/policy';
import { foundations } from '../cis';
import { input, isOneOf, isStated } from '../cloud/inputs';
import { isTrue } from './azure-resource';
import { azureInputPolicy } from './input-policy';

const POSTGRESQL = ['dbforpostgresql:SingleServer', 'dbforpostgresql:Server'] as const;
const MYSQL = ['dbformysql:SingleServer', 'dbformysql:Server'] as const;
const noun = 'database server';

/** Single servers, a type of their own in newer versions of the provider, have their inputs in `properties`. */
const isSingleServer = (server: CloudResource): boolean => server.type.endsWith(':SingleServer') || input(server, 'properties') !== undefined;
const isEnabled = (value: unknown): boolean => isOneOf(value, 'Enabled');
const isClosed = (value: unknown): boolean => isOneOf(value, 'Disabled', 'SecuredByPerimeter');

const tls = {
  severity: 'high',
  enforcement: 'mandatory',
  rationale: 'Without TLS, passwords and data can be read on their way.',
  remediation: 'Set properties.sslEnforcement to Enabled.',
  noun,
  path: ['properties', 'sslEnforcement'],
  applies: isSingleServer,
  meets: isEnabled,
  problem: 'accepts connections without TLS',
  fix: 'Enabled',
  examples: { fails: { properties: { sslEnforcement: 'Disabled' } }, passes: { properties: { sslEnforcement: 'Enabled' } } },
} as const;

const closed = {
  title: 'Database servers are closed to public networks',
  severity: 'high',
  enforcement: 'mandatory',
  rationale: 'A database that can be reached from the Internet is attacked as soon as it is there. Public network access is on unless it is turned off, or the server is inside a network.',
  remediation: 'Set publicNetworkAccess to Disabled, and reach the server through a private endpoint or from its own network.',
  noun,
  problem: 'can be reached from public networks',
  fix: 'Disabled',
} as const;

export const DATABASE_SERVERS: readonly Policy[] = [
  azureInputPolicy({
    ...tls,
    id: 'azure-postgresql-ssl-enforcement',
    title: 'PostgreSQL single servers enforce TLS',
    controls: foundations('azure', { '3.0.0': '5.2.1', '2.1.0': '4.3.1', '2.0.0': '4.3.1' }),
    types: POSTGRESQL,
  }),
  azureInputPolicy({
    ...tls,
    id: 'azure-mysql-ssl-enforcement',
    title: 'MySQL single servers enforce TLS',
    controls: foundations('azure', { '3.0.0': '5.3.1', '2.1.0': '4.4.1', '2.0.0': '4.4.1' }),
    types: MYSQL,
  }),
  azureInputPolicy({
    id: 'azure-mysql-minimum-tls',
    title: 'MySQL single servers require TLS 1.2',
    severity: 'medium',
    enforcement: 'mandatory',
    controls: foundations('azure', { '3.0.0': '5.3.2', '2.1.0': '4.4.2', '2.0.0': '4.4.2' }),
    rationale: 'TLS 1.0 and 1.1 can be attacked. A server that states no minimum allows them.',
    remediation: 'Set properties.minimalTlsVersion to TLS1_2.',
    types: MYSQL,
    noun,
    path: ['properties', 'minimalTlsVersion'],
    applies: isSingleServer,
    meets: (value) => isOneOf(value, 'TLS1_2', 'TLS1_3'),
    problem: 'allows versions of TLS older than 1.2',
    fix: 'TLS1_2',
    examples: { fails: { properties: { minimalTlsVersion: 'TLS1_0' } }, passes: { properties: { minimalTlsVersion: 'TLS1_2' } } },
  }),
  azureInputPolicy({
    id: 'azure-postgresql-infrastructure-encryption',
    title: 'PostgreSQL single servers are encrypted by the infrastructure too',
    severity: 'low',
    enforcement: 'mandatory',
    controls: foundations('azure', { '3.0.0': '5.2.8', '2.1.0': '4.3.8', '2.0.0': '4.3.8' }),
    rationale: 'A second layer of encryption, with another key, still protects the data if one of the two fails. It can only be chosen when the server is created.',
    remediation: 'Create the server with properties.infrastructureEncryption set to Enabled.',
    types: POSTGRESQL,
    noun,
    path: ['properties', 'infrastructureEncryption'],
    applies: isSingleServer,
    meets: isEnabled,
    problem: 'is not encrypted by the infrastructure',
    fix: 'Enabled',
    examples: { fails: { properties: {} }, passes: { properties: { infrastructureEncryption: 'Enabled' } } },
  }),
  azureInputPolicy({
    ...closed,
    id: 'azure-database-public-network',
    controls: foundations('azure', { '4.0.0': '2.2.1.1' }),
    types: ['dbforpostgresql:Server', 'dbformysql:Server', 'dbforpostgresql:SingleServer', 'dbformysql:SingleServer'],
    path: ['network', 'publicNetworkAccess'],
    otherwise: [['properties', 'publicNetworkAccess'], ['publicNetworkAccess']],
    // A server inside a network has no public address.
    meets: (value, server) => isClosed(value) || (value === undefined && isStated(input(server, 'network', 'delegatedSubnetResourceId'))),
    examples: { fails: { network: { publicNetworkAccess: 'Enabled' } }, passes: { network: { publicNetworkAccess: 'Disabled' } } },
  }),
  azureInputPolicy({
    ...closed,
    id: 'azure-sql-public-network',
    title: 'SQL servers are closed to public networks',
    controls: foundations('azure', { '4.0.0': '2.2.1.1', '3.0.0': '5.1.7' }),
    types: ['sql:Server'],
    path: ['publicNetworkAccess'],
    meets: isClosed,
    examples: { fails: { publicNetworkAccess: 'Enabled' }, passes: { publicNetworkAccess: 'Disabled' } },
  }),
  azureInputPolicy({
    id: 'azure-cosmos-selected-networks',
    title: 'Cosmos DB accounts are open to selected networks only',
    severity: 'high',
    enforcement: 'mandatory',
    controls: foundations('azure', { '4.0.0': '2.2.1.2', '3.0.0': '5.4.1', '2.1.0': '4.5.1', '2.0.0': '4.5.1' }),
    rationale: 'An account without a list of networks answers everyone who has a key, from anywhere.',
    remediation: 'Set isVirtualNetworkFilterEnabled and list the networks, or set publicNetworkAccess to Disabled.',
    types: ['cosmosdb:DatabaseAccount', 'documentdb:DatabaseAccount'],
    noun: 'Cosmos DB account',
    path: ['isVirtualNetworkFilterEnabled'],
    meets: (value, account) => value === true || isClosed(input(account, 'publicNetworkAccess')),
    problem: 'answers every network',
    examples: {
      fails: { databaseAccountOfferType: 'Standard' },
      passes: { isVirtualNetworkFilterEnabled: true, virtualNetworkRules: [{ id: '/subscriptions/0/resourceGroups/example/providers/Microsoft.Network/virtualNetworks/example/subnets/nodes' }] },
    },
  }),
  azureInputPolicy({
    id: 'azure-cosmos-local-auth',
    title: 'Cosmos DB accounts refuse keys',
    severity: 'low',
    enforcement: 'advisory',
    controls: foundations('azure', { '3.0.0': '5.4.3', '2.1.0': '4.5.3', '2.0.0': '4.5.3' }),
    rationale: 'A key of the account grants everything, to whoever holds it, without a name in the log. Identities can be restricted and withdrawn.',
    remediation: 'Set disableLocalAuth to true, and grant roles to identities.',
    types: ['cosmosdb:DatabaseAccount', 'documentdb:DatabaseAccount'],
    noun: 'Cosmos DB account',
    path: ['disableLocalAuth'],
    meets: isTrue,
    problem: 'accepts its keys',
    fix: true,
    examples: { fails: { disableLocalAuth: false }, passes: { disableLocalAuth: true } },
  }),
];
