import { ApiObject, JsonPatch } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import * as pulumi from '@pulumi/pulumi';
import type { Construct } from 'constructs';
import { Component, InvalidInputError } from '../../constructs/core';
import { asString } from '../bridge';

/** Args of {@link PullSecret}. */
export interface PullSecretArgs {
  /** Host of the registry, with its port where it is not 443, e.g. `registry.example.com:5000`. */
  readonly host: string;
  readonly username: string;
  readonly password: pulumi.Input<string>;
  /** Name of the Secret in every namespace. @default 'registry-credentials' */
  readonly secretName?: string;
}

/** There is no program behind it: what is written is Kubernetes' own. */
const VERSION = '1';

/**
 * Credentials of a registry for the pods of a platform: a Secret in each namespace that has a ServiceAccount, and in each ServiceAccount its
 * name, so that every pod that runs as one is pulled with it, sidecars and pods that controllers make included.
 *
 * Make it after everything that is to be pulled with it. ServiceAccounts that Kubernetes makes itself (`default`) are not touched.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/
 */
export class PullSecret extends Component {
  readonly secretName: string;

  /** @throws InvalidInputError for a host that is none, or an empty name */
  constructor(scope: Construct, id: string, args: PullSecretArgs) {
    super(scope, id, { version: VERSION });
    const { host, username, secretName = 'registry-credentials' } = args;
    if (!/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:\d{1,5})?$/.test(host)) {
      throw new InvalidInputError({ property: 'host', value: host, expected: "the host of a registry, without scheme and path, such as 'registry.example.com'", where: this.node.path });
    }
    if (username === '') throw new InvalidInputError({ property: 'username', value: username, expected: 'the name of a user or a robot account', where: this.node.path });
    this.secretName = secretName;

    const config = asString(pulumi.secret(args.password).apply((password) => dockerConfig(host, username, password)), `the credentials of registry '${host}'`);
    const accounts = scope.node.findAll().filter((construct) => ApiObject.isApiObject(construct)).filter(({ kind }) => kind === 'ServiceAccount');
    const namespaces = new Set<string>();
    for (const account of accounts) {
      account.addJsonPatch(JsonPatch.add('/imagePullSecrets', [{ name: secretName }]));
      if (account.metadata.namespace !== undefined) namespaces.add(account.metadata.namespace);
    }
    for (const namespace of [...namespaces].sort()) {
      new k8s.KubeSecret(this, namespace, { metadata: { name: secretName, namespace }, type: 'kubernetes.io/dockerconfigjson', stringData: { '.dockerconfigjson': config } });
    }
  }
}

/** @see https://kubernetes.io/docs/concepts/configuration/secret/#docker-config-secrets */
function dockerConfig(host: string, username: string, password: string): string {
  return JSON.stringify({ auths: { [host]: { username, password, auth: Buffer.from(`${username}:${password}`).toString('base64') } } });
}
