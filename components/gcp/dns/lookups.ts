import * as gcp from '@pulumi/gcp';
import type * as pulumi from '@pulumi/pulumi';

/** A public zone that exists. */
export interface FoundZone {
  /** Name in Cloud DNS. */
  readonly zoneName: string;
  /** Without a trailing dot. */
  readonly domain: string;
}

/** What is asked of Cloud DNS about zones that exist. */
export interface ZoneLookups {
  /** Project with the zones, which may be another than the cluster's. */
  readonly project: string;
  publicZones(): Promise<readonly FoundZone[]>;
}

/** Asks Cloud DNS, by the provider given and so with its credentials. */
export function liveZones(provider: pulumi.ProviderResource, project: string): ZoneLookups {
  return {
    project,
    async publicZones() {
      const { managedZones } = await gcp.dns.getManagedZones({ project }, { provider });
      return managedZones.flatMap(({ name, dnsName, visibility }) => (visibility === 'public' && name !== undefined ? [{ zoneName: name, domain: dnsName.replace(/\.$/, '') }] : []));
    },
  };
}

/** Takes it for granted that there is a zone of exactly that domain: for synthesis without an account. */
export function assumedZones(project: string, domain: string): ZoneLookups {
  return { project, publicZones: () => Promise.resolve([{ zoneName: domain.replaceAll('.', '-'), domain }]) };
}
