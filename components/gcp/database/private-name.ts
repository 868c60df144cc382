import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';

/** How Cloud SQL marks the name that a server has inside a VPC. */
const INSIDE = 'PRIVATE_SERVICES_ACCESS';

/** A name of a server as Cloud SQL states it. */
export interface ServerName {
  readonly name: string;
  readonly connectionType: string;
  readonly dnsScope: string;
}

/** The name that the server's certificate is for, with the dot at its end; `undefined` if Cloud SQL states none. */
export function certifiedName(names: readonly ServerName[]): string | undefined {
  const found = names.find(({ connectionType, dnsScope }) => connectionType === INSIDE && dnsScope === 'INSTANCE');
  return found && (found.name.endsWith('.') ? found.name : `${found.name}.`);
}

/** A server, and where it is found. */
export interface PrivateNameArgs {
  readonly project: string;
  /** The VPC that finds it. */
  readonly networkId: pulumi.Input<string>;
  /** With the dot at its end. */
  readonly name: pulumi.Output<string>;
  readonly address: pulumi.Input<string>;
}

/**
 * Has a VPC find a server by the name in its certificate: Cloud SQL states that name, but leaves it to the VPC to resolve it. The zone is that of the one name, so
 * that each server can have its own.
 *
 * @returns the name without its last dot, once it is found
 * @see https://cloud.google.com/sql/docs/mysql/configure-ssl-instance
 */
export function privateName(title: string, { project, networkId, name, address }: PrivateNameArgs, parent: pulumi.Resource): pulumi.Output<string> {
  const zone = new gcp.dns.ManagedZone(
    `${title}-name`,
    { project, dnsName: name, description: `Name of database server '${title}'`, visibility: 'private', privateVisibilityConfig: { networks: [{ networkUrl: networkId }] } },
    { parent },
  );
  const record = new gcp.dns.RecordSet(`${title}-name`, { project, managedZone: zone.name, name, type: 'A', ttl: 300, rrdatas: [address] }, { parent });
  return pulumi.all([name, record.id]).apply(([known]) => known.replace(/\.$/, ''));
}
