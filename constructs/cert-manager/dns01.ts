import type { AcmeSolver, SolverSelector } from './acme';
import type { SecretKey } from './secret-key';

/** What every DNS-01 solver takes. */
export interface Dns01Props {
  readonly selector?: SolverSelector;
  /** Follow CNAME records to the zone that holds the challenge. @default false */
  readonly followCname?: boolean;
}

/** Uses what the controller's pods are given by the cloud: see the `workloadIdentity` of cert-manager. */
export type Ambient = 'ambient';

function dns01(props: Dns01Props, provider: object): AcmeSolver {
  return { challenge: 'dns01', selector: props.selector, spec: { dns01: { ...(props.followCname && { cnameStrategy: 'Follow' }), ...provider } } };
}

/** Credentials for Route 53. */
export type Route53Credentials =
  | Ambient
  /** A ServiceAccount in the issuer's namespace that may take on `role` of the solver; cert-manager must be allowed to make its tokens. */
  | { readonly serviceAccount: string }
  | { readonly accessKeyId: SecretKey; readonly secretAccessKey: SecretKey };

/** Props of {@link route53}. */
export interface Route53Props extends Dns01Props {
  readonly region: string;
  /** @default 'ambient' */
  readonly credentials?: Route53Credentials;
  /** ARN of a role to take on. @default none */
  readonly role?: string;
  /** @default found by the name */
  readonly hostedZoneId?: string;
}

/** Amazon Route 53. */
export function route53(props: Route53Props): AcmeSolver {
  const { region, role, hostedZoneId, credentials = 'ambient' } = props;
  return dns01(props, { route53: { region, ...(role && { role }), ...(hostedZoneId && { hostedZoneID: hostedZoneId }), ...route53Auth(credentials) } });
}

function route53Auth(credentials: Route53Credentials): object {
  if (credentials === 'ambient') return {};
  if ('serviceAccount' in credentials) return { auth: { kubernetes: { serviceAccountRef: { name: credentials.serviceAccount } } } };
  return { accessKeyIDSecretRef: { ...credentials.accessKeyId }, secretAccessKeySecretRef: { ...credentials.secretAccessKey } };
}

/** Props of {@link cloudDns}. */
export interface CloudDnsProps extends Dns01Props {
  /** Google Cloud project with the zone. */
  readonly project: string;
  /** @default found by the name */
  readonly hostedZoneName?: string;
  /** A service account key, if it must be one. @default 'ambient' */
  readonly credentials?: Ambient | { readonly serviceAccountKey: SecretKey };
}

/** Google Cloud DNS. */
export function cloudDns(props: CloudDnsProps): AcmeSolver {
  const { project, hostedZoneName, credentials = 'ambient' } = props;
  return dns01(props, {
    cloudDNS: {
      project,
      ...(hostedZoneName && { hostedZoneName }),
      ...(credentials !== 'ambient' && { serviceAccountSecretRef: { ...credentials.serviceAccountKey } }),
    },
  });
}

/** Credentials for Azure DNS. */
export type AzureDnsCredentials =
  /** The identity of the controller's pods (workload identity), by its client id. */
  | { readonly managedIdentityClientId: string }
  | { readonly tenantId: string; readonly clientId: string; readonly clientSecret: SecretKey };

/** Props of {@link azureDns}. */
export interface AzureDnsProps extends Dns01Props {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** @default found by the name */
  readonly hostedZoneName?: string;
  readonly credentials: AzureDnsCredentials;
  /** @default 'AzurePublicCloud' */
  readonly environment?: 'AzurePublicCloud' | 'AzureChinaCloud' | 'AzureUSGovernmentCloud';
}

/** Azure DNS. */
export function azureDns(props: AzureDnsProps): AcmeSolver {
  const { subscriptionId, resourceGroup, hostedZoneName, credentials, environment = 'AzurePublicCloud' } = props;
  return dns01(props, {
    azureDNS: {
      subscriptionID: subscriptionId,
      resourceGroupName: resourceGroup,
      ...(hostedZoneName && { hostedZoneName }),
      environment,
      ...('managedIdentityClientId' in credentials
        ? { managedIdentity: { clientID: credentials.managedIdentityClientId } }
        : { tenantID: credentials.tenantId, clientID: credentials.clientId, clientSecretSecretRef: { ...credentials.clientSecret } }),
    },
  });
}

/** Cloudflare, with an API token that may edit the zone's records. */
export function cloudflare(props: Dns01Props & { readonly apiToken: SecretKey }): AcmeSolver {
  return dns01(props, { cloudflare: { apiTokenSecretRef: { ...props.apiToken } } });
}

/** Props of {@link rfc2136}. */
export interface Rfc2136Props extends Dns01Props {
  /** Address of the primary server, on port 53: that is where the controller is let out to. */
  readonly nameserver: string;
  readonly tsig: { readonly keyName: string; readonly key: SecretKey; readonly algorithm: 'HMACSHA256' | 'HMACSHA512' };
}

/** A DNS server that takes dynamic updates (RFC 2136), e.g. BIND; for data centres. */
export function rfc2136(props: Rfc2136Props): AcmeSolver {
  const { nameserver, tsig } = props;
  return dns01(props, { rfc2136: { nameserver, tsigKeyName: tsig.keyName, tsigAlgorithm: tsig.algorithm, tsigSecretSecretRef: { ...tsig.key } } });
}
