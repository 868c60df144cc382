import * as pulumi from '@pulumi/pulumi';
import { existingDatabase, type ExistingDatabaseArgs } from '../../../../components/aws/data';
import { record } from '../../record';
import { chart, KEY, objectsOf, refusal, REGION } from '../data/parts';
import { RecordedRoles } from '../data/roles';
import { AUTHORITY, LEAF } from './certificates';

const SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:katib-abcdef';
const REQUEST = { database: 'katib', serviceAccount: { namespace: 'kubeflow', name: 'katib-db-manager' } };
const BASE: ExistingDatabaseArgs = { engine: 'postgresql', version: '16', host: 'db.example.com', cidr: '10.1.0.0/16', caCertificates: AUTHORITY, credentials: { username: 'katib', password: 'given' } };

describe('existingDatabase', () => {
  it('hands out what it is given, over the port of the engine', async () => {
    const scope = chart();
    await record(() => {
      const sql = existingDatabase('old', { ...BASE, credentials: { username: 'katib', password: pulumi.output('given') } });
      expect(sql.connect(scope, 'db', REQUEST)).toMatchObject({ host: 'db.example.com', port: 5432, egress: { to: [{ ipBlock: { cidr: '10.1.0.0/16' } }], ports: [5432] } });
    });
    expect(await objectsOf(scope)).toMatchObject([{ kind: 'Secret', stringData: { username: 'katib', password: 'given', 'ca.crt': AUTHORITY } }]);
  });

  it('grants the secret it is told of, and the key only if there is one', async () => {
    const roles = new RecordedRoles();
    const recording = await record(() => {
      existingDatabase('with-key', { ...BASE, credentials: { secretArn: SECRET, keyArn: KEY, region: REGION, roles } }).connect(chart(), 'a', REQUEST);
      existingDatabase('without', { ...BASE, credentials: { secretArn: SECRET, region: REGION, roles } }).connect(chart(), 'b', REQUEST);
    });
    const [withKey, without] = await roles.all();
    expect(withKey?.statements.map(({ actions }) => actions[0])).toEqual(['secretsmanager:GetSecretValue', 'kms:Decrypt']);
    expect(without?.statements.map(({ actions }) => actions[0])).toEqual(['secretsmanager:GetSecretValue']);
    expect(without?.statements[0]?.resources[0]).toBe(SECRET);
    expect(recording.ofType('aws:secretsmanager/secretVersion:SecretVersion').map(({ inputs }) => inputs.secretString)).toEqual([AUTHORITY, AUTHORITY]);
  });

  it.each<[Partial<ExistingDatabaseArgs>, string]>([
    [{ version: 'latest' }, "old: version is 'latest'; expected a version such as '8.4'"],
    [{ host: '10.1.2.3' }, "old: host is '10.1.2.3'; expected the server's name in the DNS"],
    [{ port: 70_000 }, 'old: port is 70000; expected a whole number from 1 to 65535'],
    [{ cidr: '10.1.0.0/33' }, "old: cidr is '10.1.0.0/33'; expected an IPv4 range such as '10.0.0.0/16'"],
    [{ cidr: 'anywhere' }, "old: cidr is 'anywhere'"],
    [{ caCertificates: LEAF }, "old: caCertificates is 'CN=server.example.com'; expected certificates of authorities only"],
    [{ caCertificates: AUTHORITY.replace('MIIC', 'MIID') }, "old: caCertificates is 'certificate 1 of 1'; expected a certificate that can be read"],
    [{ caCertificates: AUTHORITY.repeat(70) }, 'at most 65536 bytes: the authorities of one region, not of all'],
    [{ credentials: { username: '', password: 'x' } }, "old: credentials.username is ''; expected the name of a user"],
  ])('refuses %j', async (bad, message) => {
    const { message: said, registered } = await refusal(() => existingDatabase('old', { ...BASE, ...bad }));
    expect(said).toContain(message);
    expect(registered).toEqual([]);
  });
});
