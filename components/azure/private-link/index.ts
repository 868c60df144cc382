export { checkZone, PrivateLink, type PrivateLinkArgs } from './private-link';
export { PrivateLinkZone, PRIVATE_LINK_SERVICES, type PrivateLinkService, type PrivateLinkZoneArgs } from './zone';
