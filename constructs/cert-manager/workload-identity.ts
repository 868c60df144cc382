import { InvalidInputError } from '../core/errors';
import type { EgressRule } from '../core/network-policy';
import { hasToken } from '../core/token';

/** How the controller proves to a cloud who it is, without a stored credential: for DNS-01 challenges with ambient credentials. */
export interface WorkloadIdentity {
  /** Annotations of its ServiceAccount. */
  readonly serviceAccountAnnotations: Readonly<Record<string, string>>;
  /** Labels of its pods. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Addresses on the node that hand out credentials, which a default-deny namespace must open. */
  readonly egress: readonly EgressRule[];
}

const METADATA_SERVER = '169.254.169.254/32';
const GKE_METADATA_SERVER = '169.254.169.252/32';
const EKS_POD_IDENTITY_AGENT = '169.254.170.23/32';

function identity(given: Partial<WorkloadIdentity>): WorkloadIdentity {
  return { serviceAccountAnnotations: {}, podLabels: {}, egress: [], ...given };
}

/**
 * An AWS role for the ServiceAccount (IRSA).
 *
 * @throws InvalidInputError if `roleArn` is no ARN of a role
 */
export function awsRole(roleArn: string): WorkloadIdentity {
  if (!hasToken(roleArn) && !/^arn:aws[a-z-]*:iam::\d{12}:role\/.+/.test(roleArn)) {
    throw new InvalidInputError({ property: 'roleArn', value: roleArn, expected: "an ARN such as 'arn:aws:iam::123456789012:role/cert-manager'", where: 'awsRole' });
  }
  return identity({ serviceAccountAnnotations: { 'eks.amazonaws.com/role-arn': roleArn } });
}

/** EKS Pod Identity: the association with a role is made in EKS, not in the cluster. */
export function awsPodIdentity(): WorkloadIdentity {
  return identity({ egress: [{ to: [{ ipBlock: { cidr: EKS_POD_IDENTITY_AGENT } }], ports: [80] }] });
}

/**
 * A Google service account for the ServiceAccount (Workload Identity Federation for GKE).
 *
 * @throws InvalidInputError if `email` is no address of a service account
 */
export function gcpServiceAccount(email: string): WorkloadIdentity {
  if (!hasToken(email) && !/^[^@\s]+@[^@\s]+\.iam\.gserviceaccount\.com$/.test(email)) {
    throw new InvalidInputError({ property: 'email', value: email, expected: "an address such as 'cert-manager@my-project.iam.gserviceaccount.com'", where: 'gcpServiceAccount' });
  }
  return identity({
    serviceAccountAnnotations: { 'iam.gke.io/gcp-service-account': email },
    egress: [
      { to: [{ ipBlock: { cidr: METADATA_SERVER } }], ports: [80] },
      { to: [{ ipBlock: { cidr: GKE_METADATA_SERVER } }], ports: [988] },
    ],
  });
}

/**
 * A Microsoft Entra application or managed identity for the ServiceAccount (Azure Workload Identity).
 *
 * @throws InvalidInputError if `clientId` is no UUID
 */
export function azureClient(clientId: string): WorkloadIdentity {
  if (!hasToken(clientId) && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(clientId)) {
    throw new InvalidInputError({ property: 'clientId', value: clientId, expected: 'the UUID of an Entra client', where: 'azureClient' });
  }
  return identity({
    serviceAccountAnnotations: { 'azure.workload.identity/client-id': clientId },
    podLabels: { 'azure.workload.identity/use': 'true' },
  });
}
