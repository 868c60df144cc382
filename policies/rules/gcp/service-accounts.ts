/** The account that Compute Engine makes in every project, and gives to what names no other. */
const DEFAULT_COMPUTE = /^\d+-compute@developer\.gserviceaccount\.com$/;
/** An account that someone made: it is named after its project. Some write another prefix than `serviceAccount:`, which Google refuses. */
const USER_CREATED = /^\w+:[^@]+@[^@]+\.iam\.gserviceaccount\.com$/;
/** Accounts of Google's own services live in projects of Google's. */
const SERVICE_AGENT = /^\w+:service-\d+@|@gcp-sa-[^@]+\.iam\.gserviceaccount\.com$/;

/** Whether an account is the default one of Compute Engine. */
export function isDefaultComputeAccount(email: unknown): boolean {
  return typeof email === 'string' && DEFAULT_COMPUTE.test(email);
}

/** Whether a member of a role has the prefix of service accounts. */
export function isWrittenAsAccount(member: string): boolean {
  return member.startsWith('serviceAccount:');
}

/** Whether a member of a role is a service account that a user made. */
export function isUserCreatedAccount(member: string): boolean {
  return USER_CREATED.test(member) && !SERVICE_AGENT.test(member);
}
