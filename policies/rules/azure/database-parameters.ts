import type { CloudResource } from '../../engine/object';
import type { Policy, PolicyDescription, ResourcePolicy } from '../../engine/policy';
import { foundations } from '../cis';
import { mustHave } from '../cloud/companion';
import { input, isOneOf } from '../cloud/inputs';
import { azureResource } from './azure-resource';
import { azureReferences } from './references';

const parametersOf = {
  dbforpostgresql: azureReferences({ from: ['dbforpostgresql:Configuration'], inputs: [['serverName']], by: 'name', to: ['dbforpostgresql:Server'] }),
  dbformysql: azureReferences({ from: ['dbformysql:Configuration'], inputs: [['serverName']], by: 'name', to: ['dbformysql:Server'] }),
};

interface ParameterPolicy extends Omit<PolicyDescription, 'reach' | 'examples' | 'controls' | 'enforcement'> {
  readonly module: keyof typeof parametersOf;
  /** Its names: those of flexible and single servers may differ. The first is that of flexible servers. */
  readonly parameters: readonly [string, ...string[]];
  meets(value: string): boolean;
  /** Values for the examples. */
  readonly values: { readonly fails: string; readonly passes: string };
  /** Whether a flexible server that does not set it has a value that is right. */
  readonly byDefault: boolean;
  readonly ids: { readonly three: string; readonly two: string };
}

/** A policy over a parameter of database servers. Each is a resource of its own; a server without it has the default. */
function parameterPolicy({ module, parameters, meets, values, byDefault, ids, ...description }: ParameterPolicy): ResourcePolicy {
  const [parameter] = parameters;
  const example = (value: string) => azureResource(`${module}:Configuration`, { configurationName: parameter, serverName: 'example', value });
  const server = `azure-native:${module}:Server`;
  const isParameter = (configuration: CloudResource) => isOneOf(input(configuration, 'configurationName'), ...parameters);
  return {
    ...description,
    enforcement: 'mandatory',
    reach: 'stack',
    controls: foundations('azure', { '3.0.0': ids.three, '2.1.0': ids.two, '2.0.0': ids.two }),
    resourceTypes: [`azure-native:${module}:Configuration`, `azure-native:${module}:SingleServerConfiguration`, ...(byDefault ? [] : [server])],
    examples: { fails: example(values.fails), passes: example(values.passes) },
    check(resource, report, context) {
      if (resource.type === server) {
        // Single servers, in older versions of the API, have their inputs in here, and other defaults.
        if (input(resource, 'properties') !== undefined) return;
        const message = `database server '${resource.name}' does not set ${parameter}, whose default will not do`;
        return mustHave(resource, { among: parametersOf[module], meets: isParameter, message }, report, context);
      }
      if (!isParameter(resource)) return;
      const value = input(resource, 'value');
      const name = String(input(resource, 'configurationName'));
      if (typeof value === 'string' && meets(value.trim())) return;
      // What is not stated is left as it is on the server.
      if (value === undefined && byDefault) return;
      report.finding({ path: ['value'], found: value, message: `configuration '${resource.name}' sets ${name} to ${value === undefined ? 'nothing' : JSON.stringify(value)}`, fix: values.passes });
    },
  };
}

const isOn = (value: string): boolean => isOneOf(value, 'on', 'true', 'yes', '1');
const on = { meets: isOn, values: { fails: 'off', passes: 'on' } };

const postgres = (policy: Omit<ParameterPolicy, 'module'>): ResourcePolicy => parameterPolicy({ ...policy, module: 'dbforpostgresql' });
const mysql = (policy: Omit<ParameterPolicy, 'module'>): ResourcePolicy => parameterPolicy({ ...policy, module: 'dbformysql' });

export const DATABASE_PARAMETERS: readonly Policy[] = [
  postgres({
    ...on,
    id: 'azure-postgresql-secure-transport',
    title: 'PostgreSQL servers refuse connections without TLS',
    severity: 'high',
    rationale: 'Without TLS, passwords and data can be read on their way. Flexible servers require it unless they are told not to.',
    remediation: 'Set require_secure_transport to on, or leave it out.',
    parameters: ['require_secure_transport'],
    byDefault: true,
    ids: { three: '5.2.1', two: '4.3.1' },
  }),
  postgres({
    ...on,
    id: 'azure-postgresql-log-checkpoints',
    title: 'PostgreSQL servers log checkpoints',
    severity: 'low',
    rationale: 'Checkpoints in the log tell errors and slow storage from attacks. They are logged unless that is turned off.',
    remediation: 'Set log_checkpoints to on, or leave it out.',
    parameters: ['log_checkpoints'],
    byDefault: true,
    ids: { three: '5.2.2', two: '4.3.2' },
  }),
  postgres({
    ...on,
    id: 'azure-postgresql-log-connections',
    title: 'PostgreSQL servers log connections',
    severity: 'low',
    rationale: 'Attempts to connect that are logged show who tried to guess a password, and who succeeded.',
    remediation: 'Set log_connections to on.',
    parameters: ['log_connections'],
    byDefault: true,
    ids: { three: '5.2.6', two: '4.3.3' },
  }),
  postgres({
    ...on,
    id: 'azure-postgresql-log-disconnections',
    title: 'PostgreSQL servers log the end of connections',
    severity: 'low',
    rationale: 'With the end of each connection and its duration in the log, an intrusion can be reconstructed.',
    remediation: 'Set log_disconnections to on.',
    parameters: ['log_disconnections'],
    byDefault: true,
    ids: { three: '5.2.7', two: '4.3.4' },
  }),
  postgres({
    ...on,
    id: 'azure-postgresql-connection-throttling',
    title: 'PostgreSQL servers throttle connections',
    severity: 'low',
    rationale: 'Throttling slows down whoever fails to sign in again and again. Flexible servers do not do it unless they are told to.',
    remediation: 'Set connection_throttle.enable to on (connection_throttling on single servers).',
    parameters: ['connection_throttle.enable', 'connection_throttling'],
    byDefault: false,
    ids: { three: '5.2.3', two: '4.3.5' },
  }),
  postgres({
    id: 'azure-postgresql-log-retention',
    title: 'PostgreSQL servers keep their logs for more than three days',
    severity: 'low',
    rationale: 'What happened on Friday night is looked for on Monday. The default of three days has by then dropped it.',
    remediation: 'Set logfiles.retention_days (log_retention_days on single servers) to 4 or more.',
    parameters: ['logfiles.retention_days', 'log_retention_days'],
    meets: (value) => /^\d+$/.test(value) && Number(value) > 3,
    values: { fails: '3', passes: '7' },
    byDefault: false,
    ids: { three: '5.2.4', two: '4.3.6' },
  }),
  mysql({
    ...on,
    id: 'azure-mysql-secure-transport',
    title: 'MySQL servers refuse connections without TLS',
    severity: 'high',
    rationale: 'Without TLS, passwords and data can be read on their way. Flexible servers require it unless they are told not to.',
    remediation: 'Set require_secure_transport to on, or leave it out.',
    parameters: ['require_secure_transport'],
    byDefault: true,
    ids: { three: '5.3.1', two: '4.4.1' },
  }),
  mysql({
    id: 'azure-mysql-tls-version',
    title: 'MySQL servers speak TLS 1.2 or newer only',
    severity: 'medium',
    rationale: 'TLS 1.0 and 1.1 can be attacked. Flexible servers refuse them unless the list of versions has them.',
    remediation: 'Set tls_version to TLSv1.2, TLSv1.3 or both, or leave it out.',
    parameters: ['tls_version'],
    meets: (value) => value !== '' && value.split(',').every((version) => isOneOf(version.trim(), 'TLSv1.2', 'TLSv1.3')),
    values: { fails: 'TLSv1.1,TLSv1.2', passes: 'TLSv1.2' },
    byDefault: true,
    ids: { three: '5.3.2', two: '4.4.2' },
  }),
  mysql({
    ...on,
    id: 'azure-mysql-audit-log',
    title: 'MySQL servers keep an audit log',
    severity: 'low',
    rationale: 'The audit log says who connected and what they ran. It is off unless it is turned on.',
    remediation: 'Set audit_log_enabled to on.',
    parameters: ['audit_log_enabled'],
    byDefault: false,
    ids: { three: '5.3.3', two: '4.4.3' },
  }),
  mysql({
    id: 'azure-mysql-audit-log-events',
    title: 'The audit log of MySQL servers has connections',
    severity: 'low',
    rationale: 'Without connections, the audit log does not say who was there. They are in it unless the list of events leaves them out.',
    remediation: 'Add CONNECTION to audit_log_events, or leave it out.',
    parameters: ['audit_log_events'],
    meets: (value) => value.split(',').some((event) => isOneOf(event.trim(), 'CONNECTION')),
    values: { fails: 'DDL', passes: 'CONNECTION,DDL' },
    byDefault: true,
    ids: { three: '5.3.4', two: '4.4.4' },
  }),
];
