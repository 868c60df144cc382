import { read } from '../../engine/field-path';
import type { CloudResource } from '../../engine/object';
import type { Report, ResourcePolicy } from '../../engine/policy';
import { example } from '../cloud/example';
import { input, listed } from '../cloud/inputs';
import { originsOf } from '../cloud/references';
import { shown } from '../shown';
import { CLUSTER, INSTANCE } from './databases';

const GROUP = 'aws:rds/parameterGroup:ParameterGroup';
const CLUSTER_GROUP = 'aws:rds/clusterParameterGroup:ClusterParameterGroup';

/** Major and minor. */
type Version = readonly [number, number];

/** The parameter by which an engine refuses connections without TLS. */
interface Switch {
  readonly families: RegExp;
  readonly parameter: string;
  readonly on: readonly string[];
  /** Version from which it is on unless it is switched off. @default none */
  readonly onSince?: Version;
  /** Whether parameter groups of single instances have it; in Aurora only those of clusters do. */
  readonly ofInstances: boolean;
}

const ON = ['1', 'on', 'true'];
/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html */
const SWITCHES: readonly Switch[] = [
  { families: /^postgres([\d.]*)$/, parameter: 'rds.force_ssl', on: ON, onSince: [15, 0], ofInstances: true },
  { families: /^aurora-postgresql([\d.]*)$/, parameter: 'rds.force_ssl', on: ON, onSince: [17, 0], ofInstances: false },
  { families: /^(?:custom-)?sqlserver-[a-z]+-?([\d.]*)$/, parameter: 'rds.force_ssl', on: ON, ofInstances: true },
  { families: /^mariadb([\d.]*)$/, parameter: 'require_secure_transport', on: ON, onSince: [11, 8], ofInstances: true },
  { families: /^mysql([\d.]*)$/, parameter: 'require_secure_transport', on: ON, ofInstances: true },
  { families: /^aurora-mysql([\d.]*)$/, parameter: 'require_secure_transport', on: ON, ofInstances: false },
  { families: /db2-[as]e-?([\d.]*)$/, parameter: 'db2comm', on: ['ssl'], ofInstances: true },
];

/** Beyond the benchmark, which asks for encryption at rest only. */
export const databaseTls: ResourcePolicy = {
  id: 'aws-rds-tls',
  title: 'RDS databases refuse connections without TLS',
  severity: 'high',
  enforcement: 'mandatory',
  controls: ['hardening:database-tls'],
  rationale: 'Unless the server insists, a client that asks for no TLS sends its password and its data in the clear. Newer engines insist by default; older ones need a parameter.',
  remediation: 'Use a parameter group with rds.force_ssl (PostgreSQL, SQL Server), require_secure_transport (MySQL, MariaDB) set to 1, or db2comm (Db2) set to SSL.',
  examples: {
    fails: [example(GROUP, { family: 'mysql8.4', parameters: [{ name: 'max_connections', value: '100' }] })],
    passes: [
      example(GROUP, { family: 'mysql8.4', parameters: [{ name: 'require_secure_transport', value: '1' }] }),
      example(INSTANCE, { engine: 'postgres', engineVersion: '17.4' }, 'newer'),
    ],
  },
  resourceTypes: [GROUP, CLUSTER_GROUP, INSTANCE, CLUSTER],
  check(resource, report) {
    if (resource.type === GROUP || resource.type === CLUSTER_GROUP) return checkGroup(resource, report);
    // A group of its own is judged where it is declared.
    const field = resource.type === CLUSTER ? 'dbClusterParameterGroupName' : 'parameterGroupName';
    if (originsOf(resource, field, [GROUP, CLUSTER_GROUP]).length > 0) return;
    const group = input(resource, field);
    if (group !== undefined && !String(group).startsWith('default.')) return;
    const engine = input(resource, 'engine');
    const version = input(resource, 'engineVersion');
    const found = switchOf(`${String(engine ?? '')}${version === undefined ? '' : leadingVersion(String(version))}`);
    if (!found || (resource.type === INSTANCE && !found.control.ofInstances)) return;
    if (found.control.onSince !== undefined && version === undefined) {
      // The default version of the engine is not ours to know.
      report.undecided({ path: ['engineVersion'], reason: 'whether TLS is required by default depends on the version' });
    } else if (!isOnByDefault(found)) {
      const message = `database '${resource.name}' uses the default parameters, which leave ${found.control.parameter} off`;
      report.finding({ path: [field], found: group, message });
    }
  },
};

function checkGroup(group: CloudResource, report: Report): void {
  const found = switchOf(String(input(group, 'family') ?? ''));
  if (!found || (group.type === GROUP && !found.control.ofInstances)) return;
  const { parameter, on } = found.control;
  const parameters = listed(input(group, 'parameters'));
  const index = parameters.findIndex((each) => read(each, 'name') === parameter);
  const value = index < 0 ? undefined : read(parameters[index], 'value');
  if (value === undefined ? isOnByDefault(found) : on.includes(String(value).toLowerCase())) return;
  const path = index < 0 ? ['parameters'] : ['parameters', index, 'value'];
  report.finding({ path, found: value, message: `parameter group '${group.name}' ${value === undefined ? 'leaves' : 'sets'} ${parameter} ${value === undefined ? 'off' : `to ${shown(value)}`}` });
}

interface EngineSwitch {
  readonly control: Switch;
  readonly version: Version | undefined;
}

/** The switch of a parameter group family such as `postgres16`. */
function switchOf(family: string): EngineSwitch | undefined {
  for (const control of SWITCHES) {
    const match = control.families.exec(family);
    if (match) return { control, version: versionOf(match[1] ?? '') };
  }
  return undefined;
}

function isOnByDefault({ control: { onSince }, version }: EngineSwitch): boolean {
  if (onSince === undefined || version === undefined) return false;
  return version[0] > onSince[0] || (version[0] === onSince[0] && version[1] >= onSince[1]);
}

function versionOf(text: string): Version | undefined {
  const [major, minor] = text.split('.').map(Number);
  return major === undefined || text === '' ? undefined : [major, minor ?? 0];
}

function leadingVersion(version: string): string {
  return /^\d+(?:\.\d+)?/.exec(version)?.[0] ?? '';
}
