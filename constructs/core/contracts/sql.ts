import type { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { Provided } from '../component';
import type { EgressRule } from '../network-policy';
import type { ServiceAccountRef, WorkloadIdentity } from './workload-identity';

/** Who wants a database. */
export interface SqlRequest {
  /** Name of the database, and of the Secret with its credentials. */
  readonly database: string;
  /** The ServiceAccount of the pods that connect, and nobody else. */
  readonly serviceAccount: ServiceAccountRef;
}

/** A database and how to connect to it. TLS with the server's name and CA checked, always. */
export interface SqlConnection {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** Mount it read-only: its files are `username`, `password` and `ca.crt`. It follows a rotation by itself. */
  readonly credentials: k8s.Volume;
  /** Secret with the same keys, for programs that read none but environment variables; present while a pod mounts `credentials`. */
  readonly secretName: string;
  /** What the pods need to get at the credentials. */
  readonly identity: WorkloadIdentity;
  /** The way to the server, which a default-deny namespace must open. */
  readonly egress: EgressRule;
}

/** A SQL server. */
export interface Sql extends Provided {
  readonly engine: 'mysql' | 'postgresql';
  /** Version of the engine, e.g. `8.4`. */
  readonly version: string;
  readonly host: string;
  readonly port: number;
  /** A database for one consumer. Objects it needs in the cluster are declared at `scope`. */
  connect(scope: Construct, id: string, request: SqlRequest): SqlConnection;
}
