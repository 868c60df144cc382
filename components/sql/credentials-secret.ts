import { k8s } from 'cdk8s-plus-27';
import * as pulumi from '@pulumi/pulumi';
import { Construct } from 'constructs';
import { checkDnsLabel, type SqlConnection, type SqlRequest } from '../../constructs/core';
import { asString } from '../bridge';

/** Files of the volume, which are keys of the Secret. */
export const CREDENTIAL_FILES = ['username', 'password', 'ca.crt'] as const;

/** What proves to a server who connects, and to the client which server it is. */
export interface SqlCredentials {
  readonly username: pulumi.Input<string>;
  readonly password: pulumi.Input<string>;
  /** Certificates of the authorities that the server has its own from, in PEM. */
  readonly caCertificates: pulumi.Input<string>;
}

/** How one consumer gets at the user name, the password and the authorities. */
export type HandedCredentials = Pick<SqlConnection, 'credentials' | 'secretName' | 'identity'>;

/**
 * Name of the Secret with the credentials of a database, and of the volume: the database's, which may have underscores.
 *
 * @throws InvalidInputError for a database whose name cannot be one of these
 */
export function credentialsName(database: string, where: string): string {
  const name = database.replaceAll('_', '-');
  checkDnsLabel('database', name, where);
  return name;
}

/**
 * Hands credentials to the pods of one namespace as a Secret, named like the database.
 *
 * @throws InvalidInputError for a database whose name cannot be that of a Secret
 */
export function credentialsSecret({ username, password, caCertificates }: SqlCredentials, scope: Construct, id: string, { database, serviceAccount }: SqlRequest): HandedCredentials {
  const name = credentialsName(database, scope.node.path);
  new k8s.KubeSecret(new Construct(scope, id), 'credentials', {
    metadata: { name, namespace: serviceAccount.namespace },
    type: 'Opaque',
    stringData: {
      username: textOf(username, `the user of database '${database}'`),
      password: asString(pulumi.secret(password), `the password of database '${database}'`),
      'ca.crt': textOf(caCertificates, `the authorities of database '${database}'`),
    },
  });
  return {
    credentials: { name, secret: { secretName: name, items: CREDENTIAL_FILES.map((key) => ({ key, path: key })) } },
    secretName: name,
    identity: { serviceAccountAnnotations: {}, podLabels: {}, egress: [] },
  };
}

function textOf(value: pulumi.Input<string>, description: string): string {
  return typeof value === 'string' ? value : asString(pulumi.output(value), description);
}
