import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checkDnsLabel } from '../core/names';
import { issuerSpec, type IssuerSource } from './issuer-source';

/** An issuer as a Certificate refers to it. */
export interface IssuerRef {
  readonly name: string;
  /** `Issuer`: of the Certificate's namespace. `ClusterIssuer`: of the cluster. External issuers have kinds of their own. */
  readonly kind: string;
  /** @default 'cert-manager.io' */
  readonly group?: string;
}

/** Props of {@link ClusterIssuer}. */
export interface ClusterIssuerProps {
  readonly name: string;
  readonly source: IssuerSource;
}

/** Props of {@link Issuer}. */
export interface IssuerProps extends ClusterIssuerProps {
  readonly namespace: string;
}

/** An issuer for Certificates of one namespace. */
export class Issuer extends Construct {
  readonly ref: IssuerRef;

  constructor(scope: Construct, id: string, props: IssuerProps) {
    super(scope, id);
    const { name, namespace, source } = props;
    checkDnsLabel('namespace', namespace, this.node.path);
    this.ref = { name, kind: 'Issuer' };
    new ApiObject(this, 'issuer', { apiVersion: 'cert-manager.io/v1', kind: 'Issuer', metadata: { name, namespace }, spec: issuerSpec(source, name) });
  }
}

/** An issuer for Certificates of every namespace. Secrets it names are in the namespace of cert-manager. */
export class ClusterIssuer extends Construct {
  readonly ref: IssuerRef;

  constructor(scope: Construct, id: string, props: ClusterIssuerProps) {
    super(scope, id);
    const { name, source } = props;
    this.ref = { name, kind: 'ClusterIssuer' };
    new ApiObject(this, 'issuer', { apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name }, spec: issuerSpec(source, name) });
  }
}
