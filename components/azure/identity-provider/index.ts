export { DEFAULT_ACCESS, MICROSOFT_GRAPH } from './application';
export { EntraApplication, type EntraApplicationArgs, type EntraUserClaim } from './entra-application';
