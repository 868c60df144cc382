export { LoadBalancerCertificate, type LoadBalancerCertificateArgs } from './certificate';
export { existingHostedZone, type ExistingHostedZone, type ExistingHostedZoneArgs } from './existing';
export { HostedZone, type HostedZoneArgs } from './hosted-zone';
export { assumedHostedZones, type FoundZone, type HostedZoneLookups, liveHostedZones } from './lookups';
