import { azure, check, controls, messages, unknown } from './run';

const configuration = (module: string, name: unknown, value: unknown, properties: object = {}) => azure(`${module}:Configuration`, { configurationName: name, serverName: 'db', value, ...properties });

describe('parameters', () => {
  it.each<[string, string, string, readonly unknown[], readonly unknown[]]>([
    ['azure-postgresql-secure-transport', 'dbforpostgresql', 'require_secure_transport', ['on', 'ON', ' on '], ['off', 'OFF', true]],
    ['azure-postgresql-log-checkpoints', 'dbforpostgresql', 'log_checkpoints', ['on', '1'], ['off', 'none']],
    ['azure-postgresql-log-connections', 'dbforpostgresql', 'log_connections', ['on'], ['off']],
    ['azure-postgresql-log-disconnections', 'dbforpostgresql', 'log_disconnections', ['on'], ['off']],
    ['azure-postgresql-connection-throttling', 'dbforpostgresql', 'connection_throttle.enable', ['on'], ['off', '']],
    ['azure-postgresql-connection-throttling', 'dbforpostgresql', 'connection_throttling', ['on'], ['off']],
    ['azure-postgresql-log-retention', 'dbforpostgresql', 'logfiles.retention_days', ['4', '7'], ['3', '0', 'week', '3.5', 7]],
    ['azure-postgresql-log-retention', 'dbforpostgresql', 'log_retention_days', ['4'], ['3']],
    ['azure-mysql-secure-transport', 'dbformysql', 'require_secure_transport', ['ON'], ['OFF']],
    ['azure-mysql-tls-version', 'dbformysql', 'tls_version', ['TLSv1.2', 'TLSv1.3', 'TLSv1.2,TLSv1.3', 'tlsv1.2, TLSv1.3'], ['TLSv1', 'TLSv1.1,TLSv1.2', 'TLSv1.2,', '', 1.2]],
    ['azure-mysql-audit-log', 'dbformysql', 'audit_log_enabled', ['ON'], ['OFF']],
    ['azure-mysql-audit-log-events', 'dbformysql', 'audit_log_events', ['CONNECTION', 'DDL, connection'], ['DDL', '', 'CONNECTION_V2']],
  ])('%s judges %s parameter %s', (id, module, name, passes, fails) => {
    for (const value of passes) expect(check(id, configuration(module, name, value))).toEqual([]);
    for (const value of fails) expect(check(id, configuration(module, name, value))).toEqual([`main value = ${JSON.stringify(value)}`]);
    expect(messages(id, configuration(module, name, fails[0]))).toEqual([`configuration 'main' sets ${name} to ${JSON.stringify(fails[0])}`]);
    expect(check(id, azure(`${module}:SingleServerConfiguration`, { configurationName: name, value: fails[0] }))).toHaveLength(1);
    expect(check(id, configuration(module, name.toUpperCase(), fails[0]))).toHaveLength(1);
    expect(check(id, configuration(module, 'other', fails[0]))).toEqual([]);
    expect(check(id, configuration(module, undefined, fails[0]))).toEqual([]);
    expect(check(id, azure(`${module}:Configuration`, unknown('value', { configurationName: name })))).toEqual(['main? value']);
    expect(check(id, azure(`${module}:Configuration`, unknown('configurationName', { value: fails[0] })))).toEqual(['main? configurationName']);
  });

  it('takes a value that is not stated for the default', () => {
    expect(check('azure-mysql-tls-version', configuration('dbformysql', 'tls_version', undefined))).toEqual([]);
    expect(messages('azure-mysql-audit-log', configuration('dbformysql', 'audit_log_enabled', null))).toEqual(["configuration 'main' sets audit_log_enabled to nothing"]);
  });

  it.each([
    ['azure-postgresql-connection-throttling', 'dbforpostgresql', 'connection_throttle.enable'],
    ['azure-postgresql-log-retention', 'dbforpostgresql', 'logfiles.retention_days'],
    ['azure-mysql-audit-log', 'dbformysql', 'audit_log_enabled'],
  ])('%s does not accept the default of flexible servers', (id, module, name) => {
    const server = azure(`${module}:Server`, { serverName: 'db', version: '8' }, { name: 'server' });
    expect(messages(id, server)).toEqual([`database server 'server' does not set ${name}, whose default will not do`]);
    expect(check(id, server, configuration(module, 'other', 'x'))).toEqual(['server  = null']);
    expect(check(id, server, configuration(module, name, 'x', { serverName: 'other' }))).toContain('server  = null');
    // What it is set to is judged where it is set.
    expect(check(id, server, configuration(module, name, 'x'))).toEqual(['main value = "x"']);
    expect(check(id, azure(`${module}:Server`, { properties: { createMode: 'Default' } }))).toEqual([]);
    expect(check(id, server, azure(`${module}:Configuration`, unknown('serverName', { configurationName: 'other' })))).toEqual(['server? ']);
  });

  it('accepts the defaults that are right', () => {
    for (const id of ['azure-postgresql-secure-transport', 'azure-postgresql-log-checkpoints']) expect(check(id, azure('dbforpostgresql:Server', {}))).toEqual([]);
    for (const id of ['azure-mysql-secure-transport', 'azure-mysql-tls-version', 'azure-mysql-audit-log-events']) expect(check(id, azure('dbformysql:Server', {}))).toEqual([]);
  });
});

describe('firewalls', () => {
  const rule = (type: string, startIpAddress: unknown, endIpAddress: unknown) => azure(type, { serverName: 'db', startIpAddress, endIpAddress });
  const TYPES = ['sql:FirewallRule', 'dbformysql:FirewallRule', 'dbformysql:SingleServerFirewallRule', 'dbforpostgresql:FirewallRule', 'dbforpostgresql:SingleServerFirewallRule'];

  it.each(TYPES)('%s is not open to the Internet', (type) => {
    const id = 'azure-database-firewall-internet';
    expect(check(id, rule(type, '0.0.0.0', '255.255.255.255'))).toEqual(['main startIpAddress = "0.0.0.0"']);
    expect(messages(id, rule(type, '0.0.0.0', '255.255.255.255'))).toEqual(["firewall rule 'main' lets in the whole Internet"]);
    for (const [start, end] of [['0.0.0.1', '255.255.255.255'], ['1.0.0.0', '200.0.0.0'], ['0.0.0.0/0', '255.255.255.255'], ['128.0.0.0', '255.255.255.255']]) expect(check(id, rule(type, start, end))).toHaveLength(1);
    for (const [start, end] of [['0.0.0.0', '0.0.0.0'], ['10.0.0.0', '20.0.0.0'], ['203.0.113.7', '203.0.113.7'], ['10.0.0.0', '0.0.0.0'], ['a.b.c.d', '255.255.255.255'], ['0.0.0', '255.255.255.255'], ['0.0.0.256', '255.255.255.255'], [0, null]]) {
      expect(check(id, rule(type, start, end))).toEqual([]);
    }
    expect(check(id, azure(type, unknown('endIpAddress', { startIpAddress: '0.0.0.0' })))).toEqual(['main? endIpAddress']);
  });

  it('does not let in all of Azure', () => {
    expect(messages('azure-sql-firewall-azure-services', rule('sql:FirewallRule', '0.0.0.0', '0.0.0.0'))).toEqual(["firewall rule 'main' lets in all of Azure"]);
    expect(check('azure-sql-firewall-azure-services', rule('sql:FirewallRule', '0.0.0.0', '255.255.255.255'))).toEqual([]);
    expect(check('azure-sql-firewall-azure-services', rule('sql:FirewallRule', '203.0.113.7', '203.0.113.7'))).toEqual([]);
    for (const type of ['dbforpostgresql:FirewallRule', 'dbforpostgresql:SingleServerFirewallRule']) {
      expect(check('azure-postgresql-firewall-azure-services', rule(type, '0.0.0.0', '0.0.0.0'))).toEqual(['main startIpAddress = "0.0.0.0"']);
      expect(check('azure-postgresql-firewall-azure-services', rule(type, '0.0.0.0', '255.255.255.255'))).toHaveLength(1);
      expect(check('azure-postgresql-firewall-azure-services', rule(type, '10.0.0.1', '10.0.0.9'))).toEqual([]);
    }
  });

  it('names the control of each database', () => {
    const all = (type: string, start: string, end: string) => ['azure-database-firewall-internet', 'azure-sql-firewall-azure-services', 'azure-postgresql-firewall-azure-services'].flatMap((id) => controls(id, 'azure-3.0.0', rule(type, start, end)));
    expect(all('sql:FirewallRule', '0.0.0.0', '0.0.0.0')).toEqual(['5.1.2']);
    expect(all('dbforpostgresql:FirewallRule', '0.0.0.0', '0.0.0.0')).toEqual(['5.2.5']);
    expect(all('dbforpostgresql:FirewallRule', '0.0.0.0', '255.255.255.255')).toEqual(['5.1.2', '5.2.5']);
    expect(all('dbformysql:FirewallRule', '0.0.0.0', '0.0.0.0')).toEqual([]);
  });
});
