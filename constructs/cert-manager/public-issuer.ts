import { Construct } from 'constructs';
import { InvalidInputError } from '../core/errors';
import { allow, ANYWHERE } from '../core/network-policy';
import { hasToken } from '../core/token';
import { Certificate } from './certificate';
import { SOLVER_PODS, SOLVER_PORT } from './http01';
import { ClusterIssuer, type IssuerRef } from './issuer';
import type { IssuerSource } from './issuer-source';

/** Props of {@link PublicIssuer}. */
export interface PublicIssuerProps {
  readonly name: string;
  readonly source: IssuerSource;
}

/** A certificate for names that clients outside the cluster use. */
export interface PublicCertificateRequest {
  readonly name: string;
  /** Namespace of the gateway. */
  readonly namespace: string;
  readonly secretName: string;
  readonly dnsNames: readonly [string, ...string[]];
}

/**
 * A ClusterIssuer for gateways. It is no `CertificateIssuer`: what it signs is for the outside, and an ACME server could not sign
 * names of Services.
 */
export class PublicIssuer extends Construct {
  readonly ref: IssuerRef;
  private readonly solverNamespaces = new Set<string>();

  constructor(scope: Construct, id: string, private readonly props: PublicIssuerProps) {
    super(scope, id);
    this.ref = new ClusterIssuer(this, 'issuer', props).ref;
  }

  /** Whether it answers challenges over HTTP. */
  get answersHttp(): boolean {
    return this.challenges.some((challenge) => challenge !== 'dns01');
  }

  /** Whether it needs the Gateway API. */
  get needsGatewayApi(): boolean {
    return this.challenges.includes('http01-gateway');
  }

  /**
   * Declares a certificate for a gateway. Where challenges are answered over HTTP, the solvers' pods in its namespace are let in.
   *
   * @throws InvalidInputError for a name the issuer cannot prove: a wildcard without DNS-01, or a name that is not public
   */
  certificate(scope: Construct, id: string, request: PublicCertificateRequest): { readonly secretName: string } {
    const { namespace, secretName, dnsNames } = request;
    if (this.props.source.kind === 'acme') {
      for (const dnsName of dnsNames) this.checkProvable(dnsName, `${scope.node.path}/${id}`);
    }
    new Certificate(scope, id, { ...request, issuer: this.ref });
    if (this.answersHttp && !this.solverNamespaces.has(namespace)) {
      this.solverNamespaces.add(namespace);
      allow(this, `solver-${namespace}`, {
        namespace,
        policyName: `${this.ref.name}-acme-solver`,
        pods: SOLVER_PODS,
        ingress: [{ from: ANYWHERE, ports: [SOLVER_PORT] }],
      });
    }
    return { secretName };
  }

  private get challenges(): readonly string[] {
    return this.props.source.kind === 'acme' ? this.props.source.solvers.map(({ challenge }) => challenge) : [];
  }

  private checkProvable(dnsName: string, where: string): void {
    if (hasToken(dnsName)) return;
    if (dnsName.startsWith('*.') && !this.challenges.includes('dns01')) {
      throw new InvalidInputError({ property: 'dnsNames', value: dnsName, expected: `no wildcard: issuer ${this.ref.name} has no DNS-01 solver`, where });
    }
    if (!dnsName.includes('.') || /\.(svc|local|localhost|internal|test|example|invalid)$/.test(dnsName)) {
      throw new InvalidInputError({ property: 'dnsNames', value: dnsName, expected: 'a name of the public DNS; for names of Services use servingCertificate()', where });
    }
  }
}
