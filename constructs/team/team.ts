import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import {
  allow,
  allPodsOf,
  ANYWHERE,
  Component,
  type ContainerResources,
  type EgressRule,
  mergeIdentities,
  type Mesh,
  type ObjectStore,
  pods,
  type Provided,
  ServiceIdentity,
  type Sql,
  type SqlConnection,
  SystemNamespace,
  TO_API_SERVER,
} from '../core';

/** Name of the ServiceAccount, in each team's namespace, that the team's data is given to. */
export const TEAM_SERVICE_ACCOUNT = 'team';

/** Props of {@link Team}. */
export interface TeamProps {
  /** Name of the team, and of its namespace. */
  readonly name: string;
  /** What all of its pods together may ask for. */
  readonly quota: ContainerResources;
  readonly mesh: Mesh;
  /** Where its objects are: below `<name>/`, which is its own. @default none */
  readonly objectStore?: ObjectStore;
  /** A server on which it has a database of its own, named like the team. @default none */
  readonly database?: Sql;
  /** A volume its pods share. @default none */
  readonly sharedVolume?: {
    /** StorageClass whose volumes many nodes may write, and who declares it. */
    readonly storage: Provided & { readonly storageClassName: string };
    /** E.g. `100Gi`. */
    readonly size: string;
  };
}

/** Version of what is declared: it is all of Kubernetes' own. */
const TEAM_VERSION = '1';

/**
 * A namespace in which a team trains and serves, with the data it has: a part of the object store, a database, a shared volume.
 *
 * Pods that run as its ServiceAccount `team` reach exactly that, without a stored key where the cloud knows workload identity.
 */
export class Team extends Component {
  readonly teamNamespace: SystemNamespace;
  /** Labels pods must carry, besides running as the ServiceAccount, to have its identity: Azure hands it to no other. Empty on other clouds. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Its database, and how to mount the credentials. */
  readonly connection?: SqlConnection;

  /** @throws InvalidInputError for a name that is no namespace's, an amount that is none, or grants of different identities */
  constructor(scope: Construct, id: string, props: TeamProps) {
    const { name, mesh, objectStore, database, sharedVolume } = props;
    super(scope, id, { version: TEAM_VERSION, requires: [mesh, objectStore, database, sharedVolume?.storage] });
    this.teamNamespace = new SystemNamespace(this, name, { quota: props.quota });

    const serviceAccount = { namespace: name, name: TEAM_SERVICE_ACCOUNT };
    const objects = objectStore?.grant(this, 'objects', { serviceAccount, access: 'read-write', prefix: `${name}/` });
    this.connection = database?.connect(this, 'database', { database: name.replaceAll('-', '_'), serviceAccount });
    const { podLabels, serviceAccountAnnotations, egress } = mergeIdentities([objects?.identity, this.connection?.identity].filter((each) => each !== undefined), this.node.path);
    this.podLabels = podLabels;

    new ServiceIdentity(this, 'identity', {
      ...serviceAccount,
      annotations: serviceAccountAnnotations,
      ...(objects?.credentials && { secrets: [objects.credentials.secretName] }),
    });
    if (objects) this.configMap('objects', { uri: objects.uri, ...objects.environment, ...(objects.credentials && { secret: objects.credentials.secretName }) });
    if (this.connection) {
      const { host, port, database: databaseName, secretName } = this.connection;
      this.configMap('database', { host, port: String(port), database: databaseName, secret: secretName });
    }
    if (sharedVolume) this.claim(sharedVolume);
    this.openTraffic(mesh, [...(this.connection ? [this.connection.egress] : []), ...egress]);
  }

  private configMap(name: string, data: Record<string, string>): void {
    new k8s.KubeConfigMap(this, `config-${name}`, { metadata: { name: `team-${name}`, namespace: this.teamNamespace.name }, data });
  }

  private claim({ storage: { storageClassName }, size }: NonNullable<TeamProps['sharedVolume']>): void {
    new k8s.KubePersistentVolumeClaim(this, 'shared-volume', {
      metadata: { name: 'shared', namespace: this.teamNamespace.name },
      spec: { accessModes: ['ReadWriteMany'], storageClassName, resources: { requests: { storage: k8s.Quantity.fromString(size) } } },
    });
  }

  private openTraffic(mesh: Mesh, egress: readonly EgressRule[]): void {
    const namespace = this.teamNamespace.name;
    const gateways = [mesh.ingressGateway, mesh.clusterLocalGateway].map((gateway) => pods(gateway.pods, gateway.namespace));
    allow(this, 'traffic', {
      namespace,
      policyName: 'team',
      // Workers of a job find each other; models are called through the gateways.
      ingress: [{ from: [allPodsOf(namespace), ...gateways] }],
      egress: [
        { to: [allPodsOf(namespace), ...gateways, allPodsOf(mesh.controlPlaneNamespace)] },
        TO_API_SERVER,
        // Object stores and model hubs, at addresses that no policy can know.
        { to: ANYWHERE, ports: [443] },
        ...egress,
      ],
    });
  }
}
