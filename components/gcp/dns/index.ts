export { LoadBalancerCertificate, type LoadBalancerCertificateArgs } from './certificate';
export { type ExistingManagedZone, existingManagedZone, type ExistingManagedZoneArgs } from './existing';
export { assumedZones, type FoundZone, liveZones, type ZoneLookups } from './lookups';
export { ManagedZone, type ManagedZoneArgs } from './managed-zone';
