import * as pulumi from '@pulumi/pulumi';
import type { PolicyStatement, ServiceAccountRoles } from '../../../../components/aws/contracts';
import { awsPodIdentity, awsRole, type ServiceAccountRef, type WorkloadIdentity } from '../../../../constructs/core';

/** A statement with what its Outputs came to. */
export interface Granted {
  readonly serviceAccount: string;
  readonly id: string;
  readonly statements: readonly PlainStatement[];
}

interface PlainStatement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Writes down who was granted what, instead of making roles. */
export class RecordedRoles implements ServiceAccountRoles {
  private readonly grants: { readonly serviceAccount: string; readonly id: string; readonly statements: readonly PolicyStatement[] }[] = [];

  constructor(private readonly roleArn?: string) {}

  grant({ namespace, name }: ServiceAccountRef, id: string, statements: readonly PolicyStatement[]): WorkloadIdentity {
    this.grants.push({ serviceAccount: `${namespace}/${name}`, id, statements });
    return this.roleArn === undefined ? awsPodIdentity() : awsRole(this.roleArn);
  }

  /** All grants, once everything in them is known. */
  all(): Promise<readonly Granted[]> {
    return new Promise((resolve) => void pulumi.output(this.grants).apply((grants) => (resolve(grants as readonly Granted[]), grants)));
  }
}
