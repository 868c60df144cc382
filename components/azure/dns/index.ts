export { existingZone, findZone, type ExistingZoneArgs, type ZonePlace } from './existing';
export { assumedZoneLookups, liveZoneLookups, type FoundZone, type ZoneLookups } from './lookups';
export { PublicZone, type PublicZoneArgs, type ZoneAccount } from './public-zone';
export { DNS_ROLES } from './record-grants';
