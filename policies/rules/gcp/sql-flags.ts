import type { CloudResource } from '../../engine/object';
import type { ResourcePolicy } from '../../engine/policy';
import type { Setting } from '../../engine/setting';
import { elements, input } from '../cloud/inputs';
import { shown } from '../shown';
import { google } from './controls';
import { DATABASE, database, isOfEngine, isReplica } from './sql';

const FLAGS = ['settings', 'databaseFlags'];
const VERSIONS = { mysql: 'MYSQL_8_0', postgres: 'POSTGRES_16', sqlserver: 'SQLSERVER_2022_STANDARD' } as const;

/** One database flag of the benchmark. */
interface DatabaseFlag {
  readonly engine: keyof typeof VERSIONS;
  readonly flag: string;
  readonly control: string;
  readonly title: string;
  readonly rationale: string;
  /** Values that meet the control, in lower case; the first one is what we suggest. None: the flag must not be set. */
  readonly allowed: readonly string[];
  /** A value that does not, for the example. */
  readonly bad: string;
  /** Whether the database does as the control asks if the flag is not set. @default false */
  readonly byDefault?: boolean;
}

function flagPolicy({ engine, flag, control, title, rationale, allowed, bad, byDefault = false }: DatabaseFlag): ResourcePolicy {
  const [suggested] = allowed;
  const version = VERSIONS[engine];
  const good = suggested === undefined ? [] : [{ name: flag, value: suggested }];
  return {
    id: `gcp-${engine}-${flag.replace(/[^a-z0-9]+/g, '-')}`,
    title,
    severity: 'low',
    enforcement: 'mandatory',
    controls: google(control),
    rationale,
    remediation: suggested === undefined ? `Remove '${flag}' from settings.databaseFlags.` : `Set the flag '${flag}' to '${suggested}' in settings.databaseFlags.`,
    examples: { fails: database({ databaseFlags: [{ name: flag, value: bad }] }, version), passes: database({ databaseFlags: good }, version) },
    resourceTypes: [DATABASE],
    check(resource, report) {
      if (!isOfEngine(resource, engine)) return;
      const { path, value } = flagOf(resource, flag);
      if (value === undefined) {
        if (byDefault) return;
        if (isReplica(resource)) report.undecided({ path, reason: 'not stated here; a replica starts with the flags of its primary' });
        else report.finding({ path, found: value, message: `database '${resource.name}' does not set the flag '${flag}'` });
        return;
      }
      if (allowed.includes(String(value).toLowerCase())) return;
      report.finding({ path, found: value, message: `database '${resource.name}' sets the flag '${flag}' to '${shown(value)}'` });
    },
  };
}

/** The value of a flag, and where it stands; the list of flags if it is not in it. */
function flagOf(resource: CloudResource, name: string): Setting {
  for (const { path } of elements(resource, ...FLAGS)) {
    if (input(resource, ...path, 'name') === name) {
      const value = input(resource, ...path, 'value');
      return { path: [...path, 'value'], value: value ?? '' };
    }
  }
  return { path: FLAGS, value: undefined };
}

/** CIS Google Cloud 6.1.2 to 6.3.7: the flags of databases, without the passwords that no resource shows. */
export const DATABASE_FLAGS: readonly ResourcePolicy[] = [
  flagPolicy({
    engine: 'mysql', flag: 'skip_show_database', control: '6.1.2', allowed: ['on'], bad: 'off',
    title: 'MySQL shows databases only to those who may list them',
    rationale: 'Otherwise everyone who can log in sees the names of all databases, and what they hint at.',
  }),
  flagPolicy({
    engine: 'mysql', flag: 'local_infile', control: '6.1.3', allowed: ['off'], bad: 'on',
    title: 'MySQL does not load files of its clients',
    rationale: 'With it a server, or whoever stands between, can ask a client for any file that the client can read.',
  }),
  flagPolicy({
    engine: 'postgres', flag: 'log_error_verbosity', control: '6.2.1', allowed: ['default', 'verbose'], bad: 'terse', byDefault: true,
    title: 'PostgreSQL logs errors with their details',
    rationale: 'Terse messages leave out the query and the hint, and with them what one looks for after an incident.',
  }),
  flagPolicy({
    engine: 'postgres', flag: 'log_connections', control: '6.2.2', allowed: ['on'], bad: 'off',
    title: 'PostgreSQL logs connections',
    rationale: 'Guessed passwords, and sessions from where nobody should be, show in attempted connections first.',
  }),
  flagPolicy({
    engine: 'postgres', flag: 'log_disconnections', control: '6.2.3', allowed: ['on'], bad: 'off',
    title: 'PostgreSQL logs the end of sessions',
    rationale: 'How long a session lasted tells a job from someone who copies the database.',
  }),
  flagPolicy({
    engine: 'postgres', flag: 'log_statement', control: '6.2.4', allowed: ['ddl', 'mod', 'all'], bad: 'none',
    title: 'PostgreSQL logs changes of the schema at least',
    rationale: 'Changes of tables, roles and permissions are few, and each of them is worth knowing.',
  }),
  flagPolicy({
    engine: 'postgres', flag: 'log_min_messages', control: '6.2.5', allowed: ['warning', 'error', 'log', 'fatal', 'panic'], bad: 'debug5', byDefault: true,
    title: 'PostgreSQL logs messages from warnings upwards',
    rationale: 'Levels below a warning fill the log with what nobody reads, and hide what should be read.',
  }),
  flagPolicy({
    engine: 'postgres', flag: 'log_min_error_statement', control: '6.2.6', bad: 'panic', byDefault: true,
    allowed: ['error', 'warning', 'notice', 'info', 'debug1', 'debug2', 'debug3', 'debug4', 'debug5'],
    title: 'PostgreSQL logs the statements that fail',
    rationale: 'Statements that fail show what an attacker, or a broken program, is trying.',
  }),
  flagPolicy({
    engine: 'postgres', flag: 'log_min_duration_statement', control: '6.2.7', allowed: ['-1'], bad: '250', byDefault: true,
    title: 'PostgreSQL does not log statements for being slow',
    rationale: 'Slow statements are logged with their values, and so personal data or passwords get into the log.',
  }),
  flagPolicy({
    engine: 'postgres', flag: 'cloudsql.enable_pgaudit', control: '6.2.8', allowed: ['on'], bad: 'off',
    title: 'PostgreSQL has the audit extension',
    rationale: 'pgAudit logs who read and changed what, which the ordinary log does not tell.',
  }),
  flagPolicy({
    engine: 'sqlserver', flag: 'external scripts enabled', control: '6.3.1', allowed: ['off'], bad: 'on', byDefault: true,
    title: 'SQL Server runs no external scripts',
    rationale: 'Scripts in R or Python run beside the database, with more reach than a query has.',
  }),
  flagPolicy({
    engine: 'sqlserver', flag: 'cross db ownership chaining', control: '6.3.2', allowed: ['off'], bad: 'on', byDefault: true,
    title: 'SQL Server does not chain ownership across databases',
    rationale: 'With it the owner of one database reaches into the others of the instance.',
  }),
  flagPolicy({
    engine: 'sqlserver', flag: 'user connections', control: '6.3.3', allowed: ['0'], bad: '100', byDefault: true,
    title: 'SQL Server does not limit the number of connections',
    rationale: 'A low limit lets whoever opens that many connections shut everyone else out.',
  }),
  flagPolicy({
    engine: 'sqlserver', flag: 'user options', control: '6.3.4', allowed: [], bad: '4', byDefault: true,
    title: 'SQL Server has no global user options',
    rationale: 'Global options change how queries of every user behave, which programs do not expect.',
  }),
  flagPolicy({
    engine: 'sqlserver', flag: 'remote access', control: '6.3.5', allowed: ['off'], bad: 'on',
    title: 'SQL Server takes no procedure calls from other servers',
    rationale: 'Remote procedure calls from other servers are obsolete, on by default, and one more way in and to overload it.',
  }),
  flagPolicy({
    engine: 'sqlserver', flag: '3625', control: '6.3.6', allowed: ['on'], bad: 'off',
    title: 'SQL Server masks details in error messages',
    rationale: 'Trace flag 3625 keeps values and names out of messages to those who are no administrators.',
  }),
  flagPolicy({
    engine: 'sqlserver', flag: 'contained database authentication', control: '6.3.7', allowed: ['off'], bad: 'on', byDefault: true,
    title: 'SQL Server has no contained database logins',
    rationale: 'Contained databases have logins of their own, past the ones that the instance administers.',
  }),
];
