import { z } from 'zod';
import { secret, text } from './values';

/** An OpenID Connect issuer there is, in place of the one that a cloud's stack makes. */
export const openIdIssuer = z.strictObject({
  issuer: text('an https URL').describe('Its URL, as it stands in tokens'),
  clientId: text('the id of a client').describe('Client that the platform is registered as'),
  clientSecret: secret.describe("The client's secret"),
  userClaim: text('a claim').optional().describe('Claim with the name people are known by (default email)'),
  groupsClaim: text('a claim').optional().describe("Claim with people's groups (default none)"),
});
