import { Chart, Testing } from 'cdk8s';
import * as pulumi from '@pulumi/pulumi';
import { hasToken } from '../../../constructs/core';
import { checkCaCertificates, credentialsSecret } from '../../../components/sql';
import { AUTHORITY, LEAF } from '../aws/database/certificates';

const request = (database: string) => ({ database, serviceAccount: { namespace: 'vision', name: 'team' } });
const given = { username: 'kubeflow', password: pulumi.secret('hush'), caCertificates: AUTHORITY };

describe('credentials', () => {
  it('are in a Secret of the consumer\'s namespace, the password as what only the engine knows', () => {
    const chart = new Chart(Testing.app(), 'c');
    const handed = credentialsSecret(given, chart, 'db', request('team_a'));
    const [secret, ...more] = Testing.synth(chart);
    expect(more).toEqual([]);
    expect(secret).toMatchObject({ kind: 'Secret', metadata: { name: 'team-a', namespace: 'vision' }, stringData: { username: 'kubeflow', 'ca.crt': AUTHORITY } });
    expect(JSON.stringify(secret)).not.toContain('hush');
    expect(hasToken(secret.stringData.password)).toBe(true);
    expect(handed).toEqual({
      secretName: 'team-a',
      credentials: { name: 'team-a', secret: { secretName: 'team-a', items: ['username', 'password', 'ca.crt'].map((key) => ({ key, path: key })) } },
      identity: { serviceAccountAnnotations: {}, podLabels: {}, egress: [] },
    });
  });

  it.each(['Team', 'a'.repeat(64), '_'])('of a database %j cannot be in one', (database) => {
    expect(() => credentialsSecret(given, new Chart(Testing.app(), 'c'), 'db', request(database))).toThrow(/c: database is .*; expected/);
  });
});

describe('certificates of authorities', () => {
  it('are taken without what else is in the text', () => {
    expect(checkCaCertificates(`# ours\n${AUTHORITY}and more\n${AUTHORITY}`, 'here')).toBe(AUTHORITY.repeat(2));
  });

  it.each([
    ['', "here: caCertificates is ''; expected certificates in PEM, such as ours"],
    [LEAF, "here: caCertificates is 'CN=server.example.com'; expected certificates of authorities only"],
    [`${AUTHORITY}${AUTHORITY.replace('MIIC', 'MIID')}`, "here: caCertificates is 'certificate 2 of 2'; expected a certificate that can be read"],
  ])('are refused otherwise', (pem, expected) => {
    expect(() => checkCaCertificates(pem, 'here', ', such as ours')).toThrow(expected);
  });
});
