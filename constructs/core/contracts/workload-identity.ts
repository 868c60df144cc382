import { InvalidInputError } from '../errors';
import type { EgressRule } from '../network-policy';
import { hasToken } from '../token';

/** A ServiceAccount, as it is named to whoever grants it something. */
export interface ServiceAccountRef {
  readonly namespace: string;
  readonly name: string;
}

/** How pods prove to a cloud who they are, without a stored credential. */
export interface WorkloadIdentity {
  /** Annotations of their ServiceAccount. */
  readonly serviceAccountAnnotations: Readonly<Record<string, string>>;
  /** Labels of the pods. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Addresses on the node that hand out credentials, which a default-deny namespace must open. */
  readonly egress: readonly EgressRule[];
  /** Id of the identity, where settings of programs name it (Azure). */
  readonly clientId?: string;
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

/** Annotation by which a ServiceAccount waits for its association, and people find it. */
const POD_IDENTITY_ASSOCIATION = 'kubeflow-cdk.dev/pod-identity-association';

/**
 * EKS Pod Identity: the association with a role is made in EKS, not in the cluster.
 *
 * @param associationId of the association, where it is made together with the ServiceAccount: pods that start before it is there have no role
 */
export function awsPodIdentity(associationId?: string): WorkloadIdentity {
  return identity({
    ...(associationId !== undefined && { serviceAccountAnnotations: { [POD_IDENTITY_ASSOCIATION]: associationId } }),
    egress: [{ to: [{ ipBlock: { cidr: EKS_POD_IDENTITY_AGENT } }], ports: [80] }],
  });
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
    clientId,
  });
}
