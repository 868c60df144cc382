import { ApiObject } from 'cdk8s';
import type { k8s } from 'cdk8s-plus-27';
import * as pulumi from '@pulumi/pulumi';
import { Construct } from 'constructs';
import { type SqlRequest, type WorkloadIdentity, yamlText } from '../../../constructs/core';
import { asString } from '../../bridge';
import { CREDENTIAL_FILES, credentialsName, credentialsSecret, type HandedCredentials } from '../../sql';
import type { PolicyStatement, ServiceAccountRoles } from '../contracts';
import { grantId } from '../data/grant-id';
import { dnsSuffixOf } from '../data/regions';

/** Where credentials are, and how they are handed out. */
export type DatabaseCredentials =
  | {
      readonly kind: 'secrets-manager';
      /** Secret with `username` and `password` in JSON. */
      readonly secretArn: pulumi.Input<string>;
      /** Secret with the authorities' certificates. */
      readonly caSecretArn: pulumi.Input<string>;
      /** Key both are encrypted with. @default the one AWS keeps for Secrets Manager, which needs no leave */
      readonly keyArn?: pulumi.Input<string>;
      readonly region: string;
      readonly roles: ServiceAccountRoles;
    }
  | { readonly kind: 'password'; readonly username: string; readonly password: pulumi.Output<string>; readonly caCertificates: string };

const SECRETS_STORE = 'secrets-store.csi.k8s.io';
const ROLE_ANNOTATION = 'eks.amazonaws.com/role-arn';

/** Hands credentials to the pods of one ServiceAccount. */
export function handOut(name: string, credentials: DatabaseCredentials, scope: Construct, id: string, request: SqlRequest): HandedCredentials {
  return credentials.kind === 'password' ? credentialsSecret(credentials, scope, id, request) : handMount(name, credentials, scope, id, request);
}

/** The driver reads both secrets for the pod, as the pod's ServiceAccount, and again when they change. */
function handMount(name: string, credentials: DatabaseCredentials & { kind: 'secrets-manager' }, scope: Construct, id: string, { database, serviceAccount }: SqlRequest): HandedCredentials {
  const { region, roles } = credentials;
  const secretName = credentialsName(database, scope.node.path);
  const identity = roles.grant(serviceAccount, grantId(name, id, scope.node.path), statements(credentials));
  const secretArn = asString(pulumi.output(credentials.secretArn), `the ARN of the credentials of '${name}'`);
  const caSecretArn = asString(pulumi.output(credentials.caSecretArn), `the ARN of the authorities of '${name}'`);
  new ApiObject(new Construct(scope, id), 'credentials', {
    apiVersion: 'secrets-store.csi.x-k8s.io/v1',
    kind: 'SecretProviderClass',
    metadata: { name: secretName, namespace: serviceAccount.namespace },
    spec: {
      provider: 'aws',
      parameters: {
        region,
        usePodIdentity: String(usesPodIdentity(identity)),
        objects: yamlText([
          {
            objectName: secretArn,
            objectType: 'secretsmanager',
            objectAlias: 'credentials.json',
            jmesPath: [
              { path: 'username', objectAlias: 'username' },
              { path: 'password', objectAlias: 'password' },
            ],
          },
          { objectName: caSecretArn, objectType: 'secretsmanager', objectAlias: 'ca.crt' },
        ]),
      },
      secretObjects: [{ secretName, type: 'Opaque', data: CREDENTIAL_FILES.map((key) => ({ objectName: key, key })) }],
    },
  });
  const volume: k8s.Volume = { name: secretName, csi: { driver: SECRETS_STORE, readOnly: true, volumeAttributes: { secretProviderClass: secretName } } };
  return { credentials: volume, secretName, identity };
}

function statements({ secretArn, caSecretArn, keyArn, region }: DatabaseCredentials & { kind: 'secrets-manager' }): readonly PolicyStatement[] {
  const secrets = [secretArn, caSecretArn];
  return [
    { actions: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'], resources: secrets },
    ...(keyArn === undefined
      ? []
      : [
          {
            actions: ['kms:Decrypt'],
            resources: [keyArn],
            conditions: { StringEquals: { 'kms:ViaService': `secretsmanager.${region}.${dnsSuffixOf(region)}`, 'kms:EncryptionContext:SecretARN': secrets } },
          },
        ]),
  ];
}

/** A role that is named in an annotation is assumed by the ServiceAccount's token, not by way of the agent on the node. */
function usesPodIdentity({ serviceAccountAnnotations }: WorkloadIdentity): boolean {
  return serviceAccountAnnotations[ROLE_ANNOTATION] === undefined;
}
