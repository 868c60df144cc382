import type { CloudResource, Fields } from '../../engine/object';
import type { ResourcePolicy } from '../../engine/policy';
import { inputPolicy } from '../cloud/input-policy';
import { elements, input, isNamed, isOff, isOn, isOneOf, setting } from '../cloud/inputs';
import { isEverywhere } from '../cloud/network';
import { google } from './controls';

/** Pulumi type of a Cloud SQL instance. */
export const DATABASE = 'gcp:sql/databaseInstance:DatabaseInstance';

/** A database for examples. */
export function database(settings: Fields, databaseVersion = 'MYSQL_8_0'): CloudResource {
  return { type: DATABASE, name: 'pipelines', properties: { databaseVersion, region: 'europe-west1', settings: { tier: 'db-custom-2-8192', ...settings } } };
}

/** Whether an instance copies another, from which it then has its settings. */
export function isReplica(resource: CloudResource): boolean {
  return isNamed(input(resource, 'masterInstanceName')) || isOneOf(input(resource, 'instanceType'), 'READ_REPLICA_INSTANCE');
}

/** Whether an instance runs an engine, whatever its version. */
export function isOfEngine(resource: CloudResource, engine: 'mysql' | 'postgres' | 'sqlserver'): boolean {
  return String(input(resource, 'databaseVersion')).toLowerCase().startsWith(engine);
}

const NETWORK = ['settings', 'ipConfiguration'];
const SSL_MODES = ['ENCRYPTED_ONLY', 'TRUSTED_CLIENT_CERTIFICATE_REQUIRED'];

/** CIS Google Cloud 6.4. */
export const sqlTls = inputPolicy({
  id: 'gcp-sql-tls',
  title: 'Cloud SQL instances refuse connections without TLS',
  severity: 'high',
  controls: google('6.4'),
  rationale: 'Unless it is refused, a client that forgot to ask for TLS sends its password and its data in the clear, and nothing tells.',
  remediation: 'Set settings.ipConfiguration.sslMode to ENCRYPTED_ONLY or TRUSTED_CLIENT_CERTIFICATE_REQUIRED.',
  examples: { fails: database({}), passes: database({ ipConfiguration: { sslMode: 'ENCRYPTED_ONLY' } }) },
  resourceTypes: [DATABASE],
  noun: 'database',
  path: [...NETWORK, 'sslMode'],
  // Before version 8 of the provider the input was called requireSsl.
  meets: (value, resource) => (value === undefined ? isOn(input(resource, ...NETWORK, 'requireSsl')) : isOneOf(value, ...SSL_MODES)),
  problem: 'takes connections without TLS',
  fix: 'ENCRYPTED_ONLY',
});

/** CIS Google Cloud 6.5. */
export const sqlAnywhere: ResourcePolicy = {
  id: 'gcp-sql-open-to-internet',
  title: 'Cloud SQL instances do not answer the whole internet',
  severity: 'critical',
  enforcement: 'mandatory',
  controls: google('6.5'),
  rationale: 'A database that anyone can reach is one guessed password away from anyone.',
  remediation: 'Authorise the networks that need it, or none, and connect over a private address or the Cloud SQL proxy.',
  examples: {
    fails: database({ ipConfiguration: { authorizedNetworks: [{ name: 'all', value: '0.0.0.0/0' }] } }),
    passes: database({ ipConfiguration: { authorizedNetworks: [{ name: 'office', value: '203.0.113.0/24' }] } }),
  },
  resourceTypes: [DATABASE],
  check(resource, report) {
    for (const { path: network } of elements(resource, ...NETWORK, 'authorizedNetworks')) {
      const { path, value } = setting(resource, ...network, 'value');
      if (isEverywhere(value)) report.finding({ path, found: value, message: `database '${resource.name}' answers the whole internet` });
    }
  },
};

const PUBLIC_ADDRESS = google('6.6', { v5: '6.7' });
/** In 2.0.0 it was a control of PostgreSQL once more. */
const PUBLIC_ADDRESS_POSTGRES = google('6.6', { v5: '6.7', v2: ['6.6', '6.2.9'] });

/** CIS Google Cloud 6.6. */
export const sqlPublicAddress: ResourcePolicy = {
  id: 'gcp-sql-public-address',
  title: 'Cloud SQL instances have no public address',
  severity: 'high',
  enforcement: 'mandatory',
  controls: PUBLIC_ADDRESS_POSTGRES,
  rationale: 'A database with a private address only cannot be opened to the internet by mistake, and the cluster reaches it all the same.',
  remediation: 'Set settings.ipConfiguration.ipv4Enabled to false and privateNetwork to the VPC of the cluster; a public address is the default.',
  examples: {
    fails: database({ ipConfiguration: { ipv4Enabled: true } }),
    passes: database({ ipConfiguration: { ipv4Enabled: false, privateNetwork: 'projects/my-project/global/networks/main' } }),
  },
  resourceTypes: [DATABASE],
  check(resource, report) {
    const { path, value } = setting(resource, ...NETWORK, 'ipv4Enabled');
    if (isOff(value) || (isReplica(resource) && !isOn(value))) return;
    const isPostgres = isOfEngine(resource, 'postgres');
    const controls = isPostgres ? PUBLIC_ADDRESS_POSTGRES : PUBLIC_ADDRESS;
    report.finding({ path, found: value, message: `database '${resource.name}' has a public address`, controls, fix: false });
  },
};

/** CIS Google Cloud 6.7. */
export const sqlBackups = inputPolicy({
  id: 'gcp-sql-backups',
  title: 'Cloud SQL instances are backed up',
  severity: 'medium',
  controls: google('6.7', { v5: '6.8' }),
  rationale: 'What was deleted by mistake, or encrypted by a blackmailer, comes back from a backup or not at all.',
  remediation: 'Set settings.backupConfiguration.enabled to true.',
  examples: { fails: database({}), passes: database({ backupConfiguration: { enabled: true } }) },
  resourceTypes: [DATABASE],
  noun: 'database',
  path: ['settings', 'backupConfiguration', 'enabled'],
  // Google makes no backups of replicas.
  applies: (resource) => !isReplica(resource),
  meets: isOn,
  problem: 'is not backed up',
  fix: true,
});
