import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';

/** A zone as Route 53 knows it. */
export interface FoundZone {
  readonly zoneId: string;
  readonly arn: string;
  /** Without a trailing dot. */
  readonly domain: string;
}

/** What is asked of Route 53 about zones that exist. */
export interface HostedZoneLookups {
  /** The public zone of exactly this domain; `undefined` if the account has none. */
  publicZone(domain: string): Promise<FoundZone | undefined>;
}

/** What the provider says when there is no such zone, in its newer and its older words. Anything else is a failure to ask. */
const NO_ZONE = /no matching Route ?53 ?(?:Hosted )?Zone found/i;

/**
 * Asks Route 53 itself.
 *
 * @param provider whose account is asked. @default the one Pulumi is configured with
 */
export function liveHostedZones(provider?: pulumi.ProviderResource): HostedZoneLookups {
  return {
    async publicZone(domain) {
      try {
        const { zoneId, arn } = await aws.route53.getZone({ name: domain, privateZone: false }, provider && { provider });
        return { zoneId, arn, domain };
      } catch (error) {
        if (error instanceof Error && NO_ZONE.test(error.message)) return undefined;
        throw error;
      }
    },
  };
}

/** Takes it for granted that there is a zone of exactly the domain asked for: for synthesis without an account. */
export function assumedHostedZones(): HostedZoneLookups {
  const zoneId = 'Z00000000000000ASSUMED';
  return { publicZone: (domain) => Promise.resolve({ zoneId, arn: `arn:aws:route53:::hostedzone/${zoneId}`, domain }) };
}
