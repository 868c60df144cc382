import { Chart, Testing } from 'cdk8s';
import { existingSqlServer, type ExistingSqlServerArgs } from '../../../components/onprem';
import { AUTHORITY, LEAF } from '../aws/database/certificates';

const ARGS: ExistingSqlServerArgs = { engine: 'mysql', version: '8.4', host: 'sql.example.com', username: 'kubeflow', password: 'hush', caCertificates: AUTHORITY };
const request = { database: 'team_a', serviceAccount: { namespace: 'vision', name: 'team' } };

it('gives each consumer the user, the authorities, and the way to the server', () => {
  const chart = new Chart(Testing.app(), 'c');
  const server = existingSqlServer(ARGS);
  expect(server).toMatchObject({ engine: 'mysql', version: '8.4', host: 'sql.example.com', port: 3306 });
  expect(server.connect(chart, 'db', request)).toMatchObject({ host: 'sql.example.com', port: 3306, database: 'team_a', secretName: 'team-a', egress: { to: [], ports: [3306] } });
  const objects = Testing.synth(chart);
  expect(objects).toMatchObject([{ kind: 'Secret', metadata: { name: 'team-a', namespace: 'vision' }, stringData: { username: 'kubeflow', 'ca.crt': AUTHORITY } }]);
  expect(JSON.stringify(objects)).not.toContain('hush');
});

it('has the port of its engine, and one address if that is what it is called by', () => {
  const server = existingSqlServer({ ...ARGS, engine: 'postgresql', version: '17', host: '10.0.0.9' });
  expect(server.connect(new Chart(Testing.app(), 'c'), 'db', request).egress).toEqual({ to: [{ ipBlock: { cidr: '10.0.0.9/32' } }], ports: [5432] });
});

it.each<[Partial<ExistingSqlServerArgs>, string]>([
  [{ version: 'latest' }, "there: version is 'latest'; expected a version such as '8.4'"],
  [{ host: 'mysql://sql' }, "there: host is 'mysql://sql'; expected the name or address of the server, without scheme and port"],
  [{ host: 'sql:3306' }, 'there: host is'],
  [{ port: 0 }, 'there: port is 0; expected a whole number from 1 to 65535'],
  [{ caCertificates: '' }, "there: caCertificates is ''; expected certificates in PEM"],
  [{ caCertificates: LEAF }, "there: caCertificates is 'CN=server.example.com'; expected certificates of authorities only"],
])('refuses %j', (more, expected) => {
  expect(() => existingSqlServer({ ...ARGS, ...more }, 'there')).toThrow(expected);
});
