import { createHash } from 'node:crypto';
import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import {
  ALL_PODS,
  allow,
  Component,
  type ContainerResources,
  type DnsZone,
  HardenedDeployment,
  httpProbe,
  InvalidInputError,
  service,
  type ServiceAccountRef,
  ServiceIdentity,
  SystemNamespace,
  TO_API_SERVER,
} from '../core';
import { EXTERNAL_DNS_IMAGES } from './images';
import { checkDomain, nameAnnotations, type PublishedNames } from './names';
import { AZURE_CONFIG_DIRECTORY, AZURE_CONFIG_FILE, type AzureCloud, dnsProvider } from './provider';
import { type DnsSource, providersOf, sourceFlags, sourceRules } from './sources';
import { EXTERNAL_DNS_VERSION } from './versions';

/** Who ExternalDNS is, for a zone that grants it its records before it is declared. */
export const EXTERNAL_DNS_SERVICE_ACCOUNT = { namespace: 'external-dns', name: 'external-dns' } as const satisfies ServiceAccountRef;

/** Props of {@link ExternalDns}. */
export interface ExternalDnsProps {
  /** The zone whose records it keeps, and no other; it also says who the pods are to the zone's service. */
  readonly zone: DnsZone;
  /**
   * Name of this cluster in the zone's ownership records, unique among all that write into the zone. Records of another owner are left
   * alone, and so are records of this one once the name changes.
   */
  readonly ownerId: string;
  /** Where names come from. @default load balancers of Services with a host name annotation, and Ingresses */
  readonly sources?: readonly [DnsSource, ...DnsSource[]];
  /** `sync`: records go when what they belong to goes. `upsert-only`: none ever goes. @default 'sync' */
  readonly policy?: 'sync' | 'upsert-only';
  /**
   * What names of ownership records begin with; `%{record_type}` stands for the type. Records whose ownership records are called otherwise
   * are not recognised any more: it stays as it was.
   *
   * @default '%{record_type}-external-dns.'
   */
  readonly txtPrefix?: string;
  /** Whether annotations `external-dns.alpha.kubernetes.io/…` are read, too, as before 0.22. @default false */
  readonly legacyAnnotations?: boolean;
  /** How often everything is compared; changes are seen at once. @default 1 minute */
  readonly interval?: Duration;
  /** Cloud of a zone in Azure. @default 'AzurePublicCloud' */
  readonly azureCloud?: AzureCloud;
  /** @default cpu 20m (limit 500m), memory 64Mi (limit 512Mi) */
  readonly resources?: ContainerResources;
  /** @default none: the cluster's default priority */
  readonly priorityClassName?: string;
  /** @default 'info' */
  readonly logLevel?: 'debug' | 'info' | 'warning' | 'error';
}

const PORT = 7979;
const USER = 65532;
const SELECTOR = { 'app.kubernetes.io/name': 'external-dns', 'app.kubernetes.io/instance': 'external-dns' } as const;

/**
 * ExternalDNS: names in a zone for what the cluster serves to the outside.
 *
 * @see https://github.com/kubernetes-sigs/external-dns/tree/v0.23.0/charts/external-dns
 */
export class ExternalDns extends Component {
  /** Who it is, for grants. */
  readonly serviceAccount: ServiceAccountRef = EXTERNAL_DNS_SERVICE_ACCOUNT;
  private readonly domain: string;

  constructor(scope: Construct, id: string, props: ExternalDnsProps) {
    const { zone, sources = [{ kind: 'service' }, { kind: 'ingress' }] } = props;
    super(scope, id, { version: EXTERNAL_DNS_VERSION, requires: [zone, ...providersOf(sources)] });
    const where = this.node.path;
    this.domain = zone.domain;
    checkDomain(zone.domain, where);
    const flags = [...sourceFlags(sources, where), ...registryFlags(props, where), ...loopFlags(props, where)];

    const { namespace, name } = EXTERNAL_DNS_SERVICE_ACCOUNT;
    const cloudIdentity = zone.grantRecords(EXTERNAL_DNS_SERVICE_ACCOUNT, 'all');
    const { args, env, azureConfig } = dnsProvider(zone, cloudIdentity, props.azureCloud ?? 'AzurePublicCloud');

    new SystemNamespace(this, namespace);
    new ServiceIdentity(this, 'identity', { name, namespace, annotations: cloudIdentity.serviceAccountAnnotations }).grantInCluster({
      name: 'external-dns',
      bindingName: 'external-dns-viewer',
      rules: sourceRules(sources),
    });
    if (azureConfig !== undefined) {
      new k8s.KubeConfigMap(this, 'azure-config', { metadata: { name: 'external-dns-azure', namespace }, data: { [AZURE_CONFIG_FILE]: azureConfig } });
    }
    new HardenedDeployment(this, 'deployment', {
      name,
      namespace,
      selector: SELECTOR,
      podLabels: cloudIdentity.podLabels,
      // The file is read once, at start.
      ...(azureConfig !== undefined && { podAnnotations: { 'external-dns.kubeflow-cdk.dev/config-hash': createHash('sha256').update(azureConfig).digest('hex') } }),
      // It elects no leader, and two would undo each other's changes: the old one goes before the new one comes.
      replicas: 1,
      maxSurge: 0,
      maxUnavailable: 1,
      serviceAccount: name,
      apiAccess: 'It watches what the cluster serves to the outside, and writes nothing but the zone.',
      runAsUser: USER,
      runAsGroup: USER,
      // Tokens for a cloud are projected with the group of the pod.
      fsGroup: USER,
      priorityClassName: props.priorityClassName,
      containers: [
        {
          name: 'external-dns',
          image: EXTERNAL_DNS_IMAGES.controller,
          args: [...flags, ...args, `--domain-filter=${zone.domain}`],
          env,
          ports: { http: PORT },
          resources: props.resources ?? { cpu: { request: '20m', limit: '500m' }, memory: { request: '64Mi', limit: '512Mi' } },
          readiness: httpProbe('/healthz', 'http', { initialDelaySeconds: 5, timeoutSeconds: 5, failureThreshold: 6 }),
          liveness: httpProbe('/healthz', 'http', { initialDelaySeconds: 10, timeoutSeconds: 5 }),
          ...(azureConfig !== undefined && { mounts: [{ name: 'azure-config', mountPath: AZURE_CONFIG_DIRECTORY, readOnly: true }] }),
        },
      ],
      ...(azureConfig !== undefined && { volumes: [{ name: 'azure-config', configMap: { name: 'external-dns-azure' } }] }),
    });
    service(this, 'service', { name, namespace, selector: SELECTOR, labels: SELECTOR, ports: [{ name: 'http', port: PORT, targetPort: 'http' }] });
    allow(this, 'network', {
      namespace,
      policyName: name,
      pods: SELECTOR,
      ingress: [{ from: [ALL_PODS], ports: [PORT] }],
      // The services that keep zones are on port 443, as the API server is.
      egress: [TO_API_SERVER, ...cloudIdentity.egress],
    });
  }

  /**
   * Annotations of a Service of type LoadBalancer by which its address gets names in the zone.
   *
   * @throws InvalidInputError for a name outside the zone
   */
  nameAnnotations(published: PublishedNames): Readonly<Record<string, string>> {
    return nameAnnotations(this.domain, published, this.node.path);
  }
}

function registryFlags({ ownerId, policy, txtPrefix = '%{record_type}-external-dns.' }: ExternalDnsProps, where: string): readonly string[] {
  if (!/^[a-z0-9]([-_.a-z0-9]{0,61}[a-z0-9])?$/i.test(ownerId)) {
    throw new InvalidInputError({ property: 'ownerId', value: ownerId, expected: "letters, digits, '-', '_' and '.', at most 63, known before deployment, such as 'kubeflow-production'", where });
  }
  if (!/^[a-z0-9_]*(%\{record_type\})?[-a-z0-9_.]*$/.test(txtPrefix) || txtPrefix === '') {
    throw new InvalidInputError({ property: 'txtPrefix', value: txtPrefix, expected: "the beginning of a name, such as '%{record_type}-external-dns.'", where });
  }
  return [
    `--policy=${policy ?? 'sync'}`,
    '--registry=txt',
    `--txt-owner-id=${ownerId}`,
    // Ownership of the zone's own name stays within the zone, and beside a CNAME there can be nothing.
    `--txt-prefix=${txtPrefix}`,
    // An asterisk within a name means nothing to most services.
    '--txt-wildcard-replacement=any',
  ];
}

function loopFlags({ interval = Duration.minutes(1), legacyAnnotations, logLevel }: ExternalDnsProps, where: string): readonly string[] {
  if (interval.toSeconds() < 10) {
    throw new InvalidInputError({ property: 'interval', value: interval.toHumanString(), expected: 'at least 10 seconds: zones have limits of requests', where });
  }
  return [
    `--interval=${interval.toSeconds()}s`,
    '--events',
    ...(legacyAnnotations === true ? ['--enable-legacy-annotation-prefix'] : []),
    `--log-level=${logLevel ?? 'info'}`,
    '--log-format=json',
    `--metrics-address=:${PORT}`,
  ];
}
