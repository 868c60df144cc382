import path from 'node:path';
import type { Construct } from 'constructs';
import { Component } from '../core/component';
import type { CertificateIssuer, ServingCertificate, ServiceAccountRef, ServingCertificateRequest, WorkloadIdentity } from '../core/contracts';
import { CustomResourceDefinitions } from '../core/crd';
import { InvalidInputError } from '../core/errors';
import { SystemNamespace } from '../core/namespace';
import { allow, ANYWHERE, TO_API_SERVER } from '../core/network-policy';
import { checkWholeNumber } from '../core/numbers';
import type { ContainerResources } from '../core/workload';
import { CaInjector } from './ca-injector';
import { CertManagerController } from './controller';
import type { DnsCheck } from './dns-check';
import type { IssuerRef } from './issuer';
import { type IssuerSource, type PrivateIssuerSource, selfSigned, serverPort } from './issuer-source';
import { CRD_LABELS, selectorOf } from './labels';
import { PlatformIssuer } from './platform-issuer';
import { PublicIssuer } from './public-issuer';
import { servingCertificate } from './serving-certificate';
import { userRoles } from './user-roles';
import { CERT_MANAGER_KUBERNETES, CERT_MANAGER_VERSION } from './versions';
import { CertManagerWebhook } from './webhook';

/** Props of {@link CertManager}. */
export interface CertManagerProps {
  /** Who signs serving certificates inside the cluster. ACME cannot, and does not fit here. @default selfSigned() */
  readonly platformIssuer?: PrivateIssuerSource;
  /** Pods of each program. @default 2 */
  readonly replicas?: number;
  /** @default none: the cluster's default priority */
  readonly priorityClassName?: string;
  /** Verbosity of the logs, 0 to 10. @default 2 */
  readonly logLevel?: number;
  /** Domain of Services. @default 'cluster.local' */
  readonly clusterDomain?: string;
  /** A cloud's identity for the controller, for DNS-01 with ambient credentials. @default none */
  readonly workloadIdentity?: WorkloadIdentity;
  /** @default the cluster's resolvers, then the zone's own servers */
  readonly dnsCheck?: DnsCheck;
  /** Watch Gateways and solve challenges through them; the Gateway API's CRDs must be there. @default false */
  readonly gatewayApi?: boolean;
  /** Sign Kubernetes' own CertificateSigningRequests: an alpha feature. @default false */
  readonly signsCertificateSigningRequests?: boolean;
  /** The webhook. */
  readonly webhook?: {
    /** Port of its pods. Not 10250 on Fargate, where the kubelet has it. @default 10250, which private GKE clusters let through */
    readonly port?: number;
    /** How long the API server waits for it, 1 to 30 seconds. @default 30 */
    readonly timeoutSeconds?: number;
  };
  /** Requests and limits. */
  readonly resources?: {
    /** @default 50m to 500m, 128Mi to 512Mi: its cache grows with the certificates and Secrets it made */
    readonly controller?: ContainerResources;
    /** @default 25m to 250m, 64Mi to 128Mi */
    readonly webhook?: ContainerResources;
    /** @default 50m to 500m, 192Mi to 768Mi: it caches every CRD of the cluster */
    readonly caInjector?: ContainerResources;
  };
}

const RESOURCES = {
  controller: { cpu: { request: '50m', limit: '500m' }, memory: { request: '128Mi', limit: '512Mi' } },
  webhook: { cpu: { request: '25m', limit: '250m' }, memory: { request: '64Mi', limit: '128Mi' } },
  caInjector: { cpu: { request: '50m', limit: '500m' }, memory: { request: '192Mi', limit: '768Mi' } },
} as const;

const NAMESPACE = 'cert-manager';

/** Who the controller is, for whoever grants it something before it is declared. */
export const CERT_MANAGER_SERVICE_ACCOUNT = { namespace: NAMESPACE, name: 'cert-manager' } as const satisfies ServiceAccountRef;

/**
 * cert-manager, and the issuer of the platform's serving certificates.
 *
 * @see https://github.com/cert-manager/cert-manager/tree/v1.20.2/deploy/charts/cert-manager
 */
export class CertManager extends Component implements CertificateIssuer {
  readonly systemNamespace: SystemNamespace;
  /** The ClusterIssuer behind {@link servingCertificate}. */
  readonly platformIssuer: IssuerRef;
  private readonly props: CertManagerProps;
  private readonly clusterDomain: string;

  /** @throws InvalidInputError for a value out of its range */
  constructor(scope: Construct, id: string, props: CertManagerProps = {}) {
    super(scope, id, { version: CERT_MANAGER_VERSION, kubernetes: CERT_MANAGER_KUBERNETES });
    this.props = props;
    this.clusterDomain = props.clusterDomain ?? 'cluster.local';
    const logLevel = checkWholeNumber('logLevel', props.logLevel ?? 2, this.node.path, { least: 0, most: 10 });
    const port = checkWholeNumber('webhook.port', props.webhook?.port ?? 10250, this.node.path, { least: 1024, most: 65535 });
    const timeoutSeconds = checkWholeNumber('webhook.timeoutSeconds', props.webhook?.timeoutSeconds ?? 30, this.node.path, { least: 1, most: 30 });

    this.systemNamespace = new SystemNamespace(this, NAMESPACE);
    new CustomResourceDefinitions(this, 'crds', { file: path.join(__dirname, 'crds.json'), add: () => ({ labels: CRD_LABELS }) });
    userRoles(this);

    const common = { namespace: NAMESPACE, replicas: props.replicas ?? 2, priorityClassName: props.priorityClassName, logLevel };
    new CertManagerController(this, 'controller', {
      ...common,
      resources: props.resources?.controller ?? RESOURCES.controller,
      workloadIdentity: props.workloadIdentity,
      dnsCheck: props.dnsCheck,
      gatewayApi: props.gatewayApi ?? false,
      signsCertificateSigningRequests: props.signsCertificateSigningRequests ?? false,
    });
    new CertManagerWebhook(this, 'webhook', { ...common, resources: props.resources?.webhook ?? RESOURCES.webhook, port, timeoutSeconds });
    new CaInjector(this, 'cainjector', { ...common, resources: props.resources?.caInjector ?? RESOURCES.caInjector });

    const source = props.platformIssuer ?? selfSigned();
    this.platformIssuer = new PlatformIssuer(this, 'platform-issuer', { namespace: NAMESPACE, source, clusterDomain: this.clusterDomain }).ref;
    this.allowIssuer(this.platformIssuer.name, [serverPort(source)]);
  }

  servingCertificate(scope: Construct, id: string, request: ServingCertificateRequest): ServingCertificate {
    return servingCertificate(scope, id, request, this.platformIssuer, this.clusterDomain);
  }

  /**
   * Declares a ClusterIssuer for gateways, and lets the controller out to check what it needs.
   *
   * @throws InvalidInputError if it answers through a Gateway and `gatewayApi` is off
   */
  publicIssuer(name: string, source: IssuerSource): PublicIssuer {
    const issuer = new PublicIssuer(this, `public-issuer-${name}`, { name, source });
    if (issuer.needsGatewayApi && !this.props.gatewayApi) {
      throw new InvalidInputError({ property: 'gatewayApi', value: false, expected: `true, because issuer ${name} answers challenges through a Gateway`, where: this.node.path });
    }
    // Over HTTP the controller looks itself before it tells the ACME server to look.
    this.allowIssuer(name, [serverPort(source), issuer.answersHttp ? 80 : undefined]);
    return issuer;
  }

  /** Lets the controller out to an issuer's server, unless it may go there anyway. */
  private allowIssuer(name: string, ports: readonly (number | undefined)[]): void {
    const wanted = [...new Set(ports)].filter((port) => port !== undefined).filter((port) => !TO_API_SERVER.ports?.includes(port));
    if (wanted.length === 0) return;
    allow(this, `allow-${name}`, {
      namespace: NAMESPACE,
      policyName: `cert-manager-issuer-${name}`,
      pods: selectorOf('controller'),
      egress: [{ to: ANYWHERE, ports: wanted }],
    });
  }
}
