import { check, messages, resource, unknown, urn } from './subjects';

const ID = 'aws-rds-tls';
const GROUP = 'aws:rds/parameterGroup:ParameterGroup';
const CLUSTER_GROUP = 'aws:rds/clusterParameterGroup:ClusterParameterGroup';
const INSTANCE = 'aws:rds/instance:Instance';
const parameters = (name: string, value: unknown) => [null, { name: 'max_connections', value: '100' }, { name, value, applyMethod: 'immediate' }];

it.each([
  [GROUP, { family: 'postgres14' }, ['main: parameters = null']],
  [GROUP, { family: 'postgres14', parameters: parameters('rds.force_ssl', '1') }, []],
  [GROUP, { family: 'postgres14', parameters: parameters('rds.force_ssl', 1) }, []],
  [GROUP, { family: 'postgres17', parameters: [] }, []],
  [GROUP, { family: 'postgres17', parameters: parameters('rds.force_ssl', '0') }, ['main: parameters[2].value = "0"']],
  [GROUP, { family: 'sqlserver-se-15.0' }, ['main: parameters = null']],
  [GROUP, { family: 'mysql8.4', parameters: parameters('require_secure_transport', 'ON') }, []],
  [GROUP, { family: 'mysql8.4', parameters: parameters('require_secure_transport', null) }, ['main: parameters[2].value = null']],
  [GROUP, { family: 'mariadb11.4' }, ['main: parameters = null']],
  [GROUP, { family: 'mariadb11.8' }, []],
  [GROUP, { family: 'mariadb11.10' }, []],
  [GROUP, { family: 'db2-se-11.5', parameters: parameters('db2comm', 'SSL') }, []],
  [GROUP, { family: 'db2-se-11.5', parameters: parameters('db2comm', 'TCPIP,SSL') }, ['main: parameters[2].value = "TCPIP,SSL"']],
  [GROUP, { family: 'oracle-se2-19' }, []],
  [GROUP, { family: null }, []],
  [GROUP, { family: 'aurora-postgresql14' }, []],
  [CLUSTER_GROUP, { family: 'aurora-postgresql16' }, ['main: parameters = null']],
  [CLUSTER_GROUP, { family: 'aurora-postgresql17' }, []],
  [CLUSTER_GROUP, { family: 'aurora-mysql8.0', parameters: parameters('require_secure_transport', '1') }, []],
  [CLUSTER_GROUP, { family: 'aurora-mysql8.0', parameters: 'none' }, ['main: parameters = null']],

  [INSTANCE, { engine: 'mysql', engineVersion: '8.4.3' }, ['main: parameterGroupName = null']],
  [INSTANCE, { engine: 'mysql', parameterGroupName: 'default.mysql8.4' }, ['main: parameterGroupName = "default.mysql8.4"']],
  [INSTANCE, { engine: 'mysql', parameterGroupName: 'ours' }, []],
  [INSTANCE, { engine: 'postgres', engineVersion: '14.9' }, ['main: parameterGroupName = null']],
  [INSTANCE, { engine: 'postgres', engineVersion: '16.3' }, []],
  [INSTANCE, { engine: 'postgres' }, ['main? engineVersion']],
  [INSTANCE, { engine: 'oracle-se2' }, []],
  [INSTANCE, {}, []],
  ['aws:rds/cluster:Cluster', { engine: 'aurora-mysql', engineVersion: '8.0.mysql_aurora.3.08.0' }, ['main: dbClusterParameterGroupName = null']],
  ['aws:rds/cluster:Cluster', { engine: 'aurora-postgresql', engineVersion: '17.4' }, []],
])('%s with %j: %j', (type, properties, expected) => {
  expect(check(ID, resource(type, properties))).toEqual(expected);
});

it('says which parameter', () => {
  expect(messages(ID, resource(GROUP, { family: 'postgres14', parameters: parameters('rds.force_ssl', '0') }))).toEqual(["parameter group 'main' sets rds.force_ssl to 0"]);
  expect(messages(ID, resource(GROUP, { family: 'postgres14' }))).toEqual(["parameter group 'main' leaves rds.force_ssl off"]);
});

it('leaves a database with a parameter group of the stack to that group, known yet or not', () => {
  const properties = unknown({ engine: 'mysql' }, 'parameterGroupName');
  expect(check(ID, resource(INSTANCE, properties, { dependencies: { parameterGroupName: [urn(GROUP)] } }))).toEqual([]);
  expect(check(ID, resource(INSTANCE, properties))).toEqual(['main? parameterGroupName']);
});
