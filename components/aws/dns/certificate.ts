import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { InvalidInputError } from '../../../constructs/core';
import { asString } from '../../bridge';
import { checkDomain, isWithin } from '../../names';

/** What a {@link LoadBalancerCertificate} is made of. */
export interface LoadBalancerCertificateArgs {
  /** Names it is valid for, in the zone, e.g. `ml.example.com` and `*.ml.example.com`. */
  readonly domains: readonly [string, ...string[]];
  /** Zone in which it is shown that the names are ours. */
  readonly zone: { readonly domain: string; readonly zoneId: pulumi.Input<string> };
}

/** ACM puts the first name into the subject, which takes as many characters. */
export const FIRST_DOMAIN_LENGTH = 64;
/** Names a certificate has unless AWS was asked for more. @see https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html */
export const MOST_DOMAINS = 10;

/**
 * A certificate of ACM for load balancers, which renews itself as long as its records are in the zone.
 *
 * @throws InvalidInputError if a name is none, is not in the zone, or if there are too many
 */
export class LoadBalancerCertificate extends pulumi.ComponentResource {
  /** ARN of the certificate, once it is issued. */
  readonly certificateArn: pulumi.Output<string>;
  /** The same for constructs, e.g. for an annotation of a Service. */
  readonly arn: string;

  constructor(name: string, args: LoadBalancerCertificateArgs, options?: pulumi.ComponentResourceOptions) {
    const { domains, zone } = args;
    checkArgs(name, args);
    super('kubeflow-cdk:aws:LoadBalancerCertificate', name, {}, options);
    const [domainName, ...others] = domains;
    const certificate = new aws.acm.Certificate(name, { domainName, subjectAlternativeNames: others, validationMethod: 'DNS' }, { parent: this });
    // A domain and its wildcard are proved by the same record.
    const records = [...new Set(domains.map(withoutWildcard))].map((domain) => {
      const option = certificate.domainValidationOptions.apply((validations) => {
        const found = validations.find((each) => withoutWildcard(each.domainName) === domain);
        if (!found) throw new Error(`ACM names no record that would prove '${domain}'`);
        return found;
      });
      return new aws.route53.Record(
        `${name}-${domain}`,
        { zoneId: zone.zoneId, name: option.resourceRecordName, type: option.resourceRecordType, records: [option.resourceRecordValue], ttl: 300, allowOverwrite: true },
        { parent: this, deleteBeforeReplace: true },
      );
    });
    this.certificateArn = new aws.acm.CertificateValidation(name, { certificateArn: certificate.arn, validationRecordFqdns: records.map((record) => record.fqdn) }, { parent: this }).certificateArn;
    this.arn = asString(this.certificateArn, `the ARN of certificate '${name}'`);
    this.registerOutputs({ certificateArn: this.certificateArn });
  }
}

function withoutWildcard(domain: string): string {
  return domain.replace(/^\*\./, '');
}

function checkArgs(name: string, { domains, zone }: LoadBalancerCertificateArgs): void {
  if (domains.length > MOST_DOMAINS) throw new InvalidInputError({ property: 'domains', value: domains.length, expected: `at most ${MOST_DOMAINS} names`, where: name });
  for (const [index, domain] of domains.entries()) {
    const property = `domains[${index}]`;
    checkDomain(property, withoutWildcard(domain), name);
    if (!isWithin(withoutWildcard(domain), zone.domain)) throw new InvalidInputError({ property, value: domain, expected: `a name in the zone '${zone.domain}'`, where: name });
  }
  if (domains[0].length > FIRST_DOMAIN_LENGTH) throw new InvalidInputError({ property: 'domains[0]', value: domains[0], expected: `a first name of at most ${FIRST_DOMAIN_LENGTH} characters; longer ones go behind it`, where: name });
}
