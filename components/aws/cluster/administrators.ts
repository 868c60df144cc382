import { InvalidInputError } from '../../../constructs/core';

const PRINCIPAL = /^arn:aws[a-z-]*:iam::(\d{12}):(role|user)\/(?:.*\/)?([\w+=,.@-]+)$/;
const SESSION = /^arn:aws[a-z-]*:sts::(\d{12}):assumed-role\/([\w+=,.@-]+)\/.+$/;

/**
 * Checks who administers a cluster.
 *
 * @param arns IAM roles and users
 * @param deployer ARN of whoever puts the platform on the cluster: as a role, a user or a session of a role
 * @throws InvalidInputError if there is nobody, one that is no role or user, one twice, or not the deployer: with access entries nobody else gets in, not even the maker of the cluster
 */
export function checkAdministrators(arns: readonly string[], deployer: string, where: string): void {
  const refuse = (value: unknown, expected: string): never => {
    throw new InvalidInputError({ property: 'administrators', value, expected, where });
  };
  for (const [index, arn] of arns.entries()) {
    if (SESSION.test(arn)) refuse(arn, `the role itself, '${roleOfSession(arn)}' (with its path, if it has one), not a session of it`);
    if (!PRINCIPAL.test(arn)) refuse(arn, "ARNs of IAM roles and users, e.g. 'arn:aws:iam::123456789012:role/platform'");
    if (arns.indexOf(arn) !== index) refuse(arn, 'each ARN once');
  }
  const known = new Set(arns.map(nameOf));
  if (!known.has(nameOf(deployer))) refuse(arns, `'${roleOfSession(deployer)}' among them: it puts the platform on the cluster`);
}

/** Account, kind and name of a principal. The path of a role is not in the ARNs of its sessions. */
function nameOf(arn: string): string {
  const session = SESSION.exec(arn);
  if (session) return `${session[1]}/role/${session[2]}`;
  const principal = PRINCIPAL.exec(arn);
  return principal ? `${principal[1]}/${principal[2]}/${principal[3]}` : arn;
}

function roleOfSession(arn: string): string {
  return arn.replace(/:sts::(\d{12}):assumed-role\/([^/]+)\/.+$/, ':iam::$1:role/$2');
}
