import type { Construct } from 'constructs';
import type { Provided } from '../component';
import type { ServiceAccountRef, WorkloadIdentity } from './workload-identity';

/** What pods may do with objects. Reading includes listing; writing includes deleting. */
export type ObjectAccess = 'read' | 'read-write';

/** Who wants what of an object store. */
export interface ObjectStoreRequest {
  /** The ServiceAccount of the pods, and nobody else. */
  readonly serviceAccount: ServiceAccountRef;
  readonly access: ObjectAccess;
  /** Objects whose names begin like this, e.g. `models/`. @default the whole bucket */
  readonly prefix?: string;
}

/** What was granted, and how to use it. */
export interface ObjectStoreGrant {
  /** Where the objects are, e.g. `s3://bucket/models/`. */
  readonly uri: string;
  /** What proves who the pods are. */
  readonly identity: WorkloadIdentity;
  /** Environment variables that clients of the store read. */
  readonly environment: Readonly<Record<string, string>>;
  /** Secret with keys in the ServiceAccount's namespace, of a store that knows no workload identity. @default none: nothing is stored */
  readonly credentials?: ObjectStoreKeys;
}

/** A Secret with an access key. */
export interface ObjectStoreKeys {
  readonly secretName: string;
  readonly accessKeyIdKey: string;
  readonly secretAccessKeyKey: string;
}

/** A place for objects: models, datasets, artefacts. */
export interface ObjectStore extends Provided {
  /** How it is spoken to; the scheme of its URIs. */
  readonly protocol: 's3' | 'gs' | 'azure-blob';
  /** Name of the bucket (of the container, in Azure). */
  readonly bucket: string;
  /** Host clients go to, and port where it is not 443. */
  readonly endpoint: string;
  readonly region: string;
  /** URI of the whole bucket. */
  readonly uri: string;
  /** Gives exactly this ServiceAccount exactly this access. Objects it needs in the cluster are declared at `scope`. */
  grant(scope: Construct, id: string, request: ObjectStoreRequest): ObjectStoreGrant;
}
