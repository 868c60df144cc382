import type { Construct } from 'constructs';
import { KubeflowBase } from '../constructs/base';
import { CERT_MANAGER_SERVICE_ACCOUNT, CertManager } from '../constructs/cert-manager';
import { type DnsZone, type IdentityProvider, type Mesh, type ObjectStore, type ServiceLoadBalancer, type Sql, type WorkloadIdentity, rewriteImages } from '../constructs/core';
import { ExternalDns } from '../constructs/external-dns';
import { type CniOptions, Istio } from '../constructs/istio';
import { JobSet } from '../constructs/jobset';
import { KServe } from '../constructs/kserve';
import { SignIn } from '../constructs/sign-in';
import { StorageClasses, type StorageClassesProps } from '../constructs/storage-classes';
import { Team } from '../constructs/team';
import { Trainer } from '../constructs/trainer';
import type { PlatformConfig } from './config';
import { publicCertificate } from './public-certificate';

/** What a platform stands on, beyond a cluster, in the form constructs take it. Whatever is not given, is not used. */
export interface Foundation {
  readonly block?: StorageClassesProps['block'];
  readonly shared?: StorageClassesProps['shared'];
  readonly objectStore?: ObjectStore;
  readonly database?: Sql;
  readonly identityProvider?: IdentityProvider;
  /** The zone of the platform's names, and the cluster's own name in it. */
  readonly names?: { readonly zone: DnsZone; readonly ownerId: string };
  readonly loadBalancer?: ServiceLoadBalancer;
  /** Certificate of the ingress gateway. @default one that is proved through the zone, or none without a zone */
  readonly tls?: { readonly secretName: string };
  /** Where nodes have what belongs to their network. @default as most have it */
  readonly cni?: CniOptions;
}

/** What every other component stands on, made first so that a stack can add components of its own cloud between. */
export interface Core {
  readonly base: KubeflowBase;
  readonly certificates: CertManager;
  /** Who cert-manager is to the zone, if there is one. */
  readonly challenges?: WorkloadIdentity;
}

/** Namespaces, users' roles, and certificates. */
export function core(scope: Construct, config: PlatformConfig, zone?: DnsZone): Core {
  if (config.imageRegistry) rewriteImages(scope, { registry: config.imageRegistry });
  const base = new KubeflowBase(scope, 'base');
  const challenges = zone?.grantRecords(CERT_MANAGER_SERVICE_ACCOUNT, 'challenges');
  const certificates = new CertManager(scope, 'cert-manager', { priorityClassName: base.priorityClassName, ...(challenges && { workloadIdentity: challenges }) });
  return { base, certificates, ...(challenges && { challenges }) };
}

/** The platform, as a bill of materials. */
export function platform(scope: Construct, config: PlatformConfig, { base, certificates, challenges }: Core, foundation: Foundation = {}): void {
  const { block, shared, objectStore, database, identityProvider, names, loadBalancer, tls: given, cni } = foundation;
  const { priorityClassName } = base;
  const storage = block || shared ? new StorageClasses(scope, 'storage', { block, shared }) : undefined;
  const hosts = [config.domain, `*.${config.domain}`] as const;
  const externalDns = names && new ExternalDns(scope, 'external-dns', { ...names, priorityClassName });
  const tls = given ?? (names && challenges && publicCertificate(certificates, { ...config, zone: names.zone, challenges, hosts }));
  const mesh = new Istio(scope, 'istio', {
    priorityClassName,
    ...(cni && { cni }),
    ingress: {
      serviceType: config.ingressServiceType,
      ...(loadBalancer && { loadBalancer }),
      ...(externalDns && { serviceAnnotations: externalDns.nameAnnotations({ names: hosts }), annotationReaders: [externalDns] }),
      ...((externalDns || tls) && { hosts }),
      ...(tls && { tls }),
    },
  });
  if (identityProvider) new SignIn(scope, 'sign-in', { mesh, identityProvider });
  const jobSets = new JobSet(scope, 'jobset', { namespace: base.system, certificates, priorityClassName });
  new Trainer(scope, 'trainer', { namespace: base.system, certificates, jobSets, priorityClassName });
  new KServe(scope, 'kserve', { certificates, mesh, domain: config.domain, priorityClassName });
  for (const team of config.teams) teamSpace(scope, team, config, { mesh, objectStore, database, storage });
}

function teamSpace(scope: Construct, name: string, { teamQuota }: PlatformConfig, given: { readonly mesh: Mesh; readonly objectStore?: ObjectStore; readonly database?: Sql; readonly storage?: StorageClasses }): void {
  const { mesh, objectStore, database, storage } = given;
  new Team(scope, `team-${name}`, {
    name,
    mesh,
    quota: { cpu: { request: teamQuota.cpu }, memory: { request: teamQuota.memory } },
    ...(objectStore && { objectStore }),
    ...(database && { database }),
    ...(storage?.shared && { sharedVolume: { storage: storage.shared, size: teamQuota.sharedFiles } }),
  });
}
