import * as pulumi from '@pulumi/pulumi';
import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { checkObjectName, type ClientCredentials } from '../../constructs/core';
import { asString } from '../bridge';

/** Keys of the Secret. */
const CLIENT_ID_KEY = 'client-id';
const CLIENT_SECRET_KEY = 'client-secret';

/** An OpenID Connect client. */
export interface OidcClient {
  /** As it goes into constructs. */
  readonly clientId: string;
  readonly clientSecret: pulumi.Output<string>;
}

/**
 * Declares the Secret with a client's credentials.
 *
 * @throws InvalidInputError if the name is none for a Secret
 */
export function credentialsSecret({ clientId, clientSecret }: OidcClient, scope: Construct, id: string, { namespace, name }: { readonly namespace: string; readonly name: string }): ClientCredentials {
  checkObjectName('Secret', name, scope.node.path);
  new k8s.KubeSecret(scope, id, {
    metadata: { name, namespace },
    type: 'Opaque',
    stringData: { [CLIENT_ID_KEY]: clientId, [CLIENT_SECRET_KEY]: asString(clientSecret, 'the secret of the OpenID Connect client') },
  });
  return { secretName: name, clientIdKey: CLIENT_ID_KEY, clientSecretKey: CLIENT_SECRET_KEY };
}
