import { createHash } from 'node:crypto';
import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { InvalidInputError } from '../../../constructs/core';
import { asString } from '../../bridge';
import { checkComponentName } from '../../names';
import { checkDomain, isWithin } from '../../names';

/** What a {@link LoadBalancerCertificate} is made of. */
export interface LoadBalancerCertificateArgs {
  /** e.g. `my-project`. */
  readonly project: string;
  /** Names it is valid for, in the zone, e.g. `ml.example.com` and `*.ml.example.com`. */
  readonly domains: readonly [string, ...string[]];
  /** Zone in which it is shown that the names are ours. */
  readonly zone: { readonly domain: string; readonly zoneName: pulumi.Input<string> };
}

/** Names that a managed certificate has at most. @see https://cloud.google.com/certificate-manager/docs/quotas */
export const MOST_DOMAINS = 100;

/** What belongs to one of the names is called after it by so much of a hash: domains are longer than names may be. */
const LABEL_LENGTH = 8;

/** Names of certificates, maps and what belongs to them. */
const NAME = { noun: 'certificate', maxLength: 64 - LABEL_LENGTH - 1, pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/, form: 'lower-case letters, digits and dashes, a letter first' } as const;

/**
 * A certificate of Certificate Manager for load balancers of Google's, which renews itself as long as its records are in the zone. The project needs
 * `certificatemanager.googleapis.com`.
 *
 * @throws InvalidInputError if a name is none, is not in the zone, is there twice, or if there are too many
 * @see https://cloud.google.com/certificate-manager/docs/dns-authorizations
 */
export class LoadBalancerCertificate extends pulumi.ComponentResource {
  /** Name of the map that leads to it: the annotation `networking.gke.io/certmap` of a Gateway takes it. */
  readonly certificateMap: string;

  constructor(name: string, args: LoadBalancerCertificateArgs, options?: pulumi.ComponentResourceOptions) {
    const { project, domains, zone } = args;
    checkArgs(name, args);
    super('kubeflow-cdk:gcp:LoadBalancerCertificate', name, {}, options);
    // A domain and its wildcard are proved by the same record.
    const proofs = [...new Set(domains.map(withoutWildcard))].map((domain) => this.prove(name, domain, project, zone.zoneName));
    const dnsAuthorizations = proofs.map(({ authorization, record }) => pulumi.all([authorization.id, record.id]).apply(([id]) => id));
    const certificate = new gcp.certificatemanager.Certificate(name, { project, managed: { domains: [...domains], dnsAuthorizations } }, { parent: this });
    const map = new gcp.certificatemanager.CertificateMap(name, { project, description: `Certificates of '${name}'` }, { parent: this });
    const entries = domains.map(
      (hostname) => new gcp.certificatemanager.CertificateMapEntry(`${name}-${label(hostname)}`, { project, map: map.name, hostname, certificates: [certificate.id] }, { parent: this, deleteBeforeReplace: true }),
    );
    const ready = pulumi.all([map.name, ...entries.map(({ id }) => id)]).apply(([known = '']) => known);
    this.certificateMap = asString(ready, `the map of certificate '${name}'`);
    this.registerOutputs({ certificateMap: ready });
  }

  private prove(name: string, domain: string, project: string, managedZone: pulumi.Input<string>) {
    const title = `${name}-${label(domain)}`;
    const authorization = new gcp.certificatemanager.DnsAuthorization(title, { project, domain, type: 'PER_PROJECT_RECORD' }, { parent: this });
    const record = authorization.dnsResourceRecords.apply(([found]) => {
      if (!found) throw new Error(`Certificate Manager names no record that would prove '${domain}'`);
      return found;
    });
    const proof = new gcp.dns.RecordSet(title, { project, managedZone, name: record.name, type: record.type, ttl: 300, rrdatas: [record.data] }, { parent: this });
    return { authorization, record: proof };
  }
}

function label(domain: string): string {
  return createHash('sha256').update(domain).digest('hex').slice(0, LABEL_LENGTH);
}

function withoutWildcard(domain: string): string {
  return domain.replace(/^\*\./, '');
}

function checkArgs(name: string, { domains, zone }: LoadBalancerCertificateArgs): void {
  const refuse = (property: string, value: unknown, expected: string): never => {
    throw new InvalidInputError({ property, value, expected, where: name });
  };
  checkComponentName(name, NAME);
  if (domains.length > MOST_DOMAINS) refuse('domains', domains.length, `at most ${MOST_DOMAINS} names`);
  for (const [index, domain] of domains.entries()) {
    const property = `domains[${index}]`;
    const base = withoutWildcard(domain);
    checkDomain(property, base, name);
    if (!isWithin(base, zone.domain)) refuse(property, domain, `a name in the zone '${zone.domain}'`);
    if (domains.indexOf(domain) !== index) refuse(property, domain, 'each name once');
  }
}
