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
const TO_METADATA_SERVER: readonly EgressRule[] = [
  { to: [{ ipBlock: { cidr: METADATA_SERVER } }], ports: [80] },
  { to: [{ ipBlock: { cidr: GKE_METADATA_SERVER } }], ports: [988] },
];
const EKS_POD_IDENTITY_AGENT = '169.254.170.23/32';

/** Annotations of our own: a ServiceAccount's later grant tells of its earlier ones too, so the last one says everything. */
const OWN_ANNOTATION = /^kubeflow-cdk\.dev\//;

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
  return identity({ serviceAccountAnnotations: { 'iam.gke.io/gcp-service-account': email }, egress: TO_METADATA_SERVER });
}

/** Annotation by which a ServiceAccount waits for what it was granted, and people find it. */
const IAM_GRANTS = 'kubeflow-cdk.dev/iam-grants';

/**
 * The ServiceAccount itself as a principal of Google Cloud's IAM (Workload Identity Federation for GKE): no service account of Google's in
 * between.
 *
 * @param grants what it was granted, where that is made together with it: pods that start before have nothing
 */
export function gcpPrincipal(grants?: string): WorkloadIdentity {
  return identity({ ...(grants !== undefined && { serviceAccountAnnotations: { [IAM_GRANTS]: grants } }), egress: TO_METADATA_SERVER });
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

/**
 * What several grants to one ServiceAccount come to, in the order in which they were made.
 *
 * @throws InvalidInputError if they are of different identities: a ServiceAccount has one
 */
export function mergeIdentities(identities: readonly WorkloadIdentity[], where: string): WorkloadIdentity {
  const merged = (property: 'serviceAccountAnnotations' | 'podLabels'): Record<string, string> => {
    const all: Record<string, string> = {};
    for (const [key, value] of identities.flatMap((each) => Object.entries(each[property]))) {
      const known = all[key];
      if (known !== undefined && known !== value && !OWN_ANNOTATION.test(key)) {
        throw new InvalidInputError({ property: `${property}['${key}']`, value, expected: `'${known}', which the ServiceAccount has been given already: it has one identity`, where });
      }
      all[key] = value;
    }
    return all;
  };
  const egress = new Map(identities.flatMap((each) => each.egress).map((rule) => [JSON.stringify(rule), rule]));
  const [clientId] = identities.flatMap((each) => each.clientId ?? []);
  return identity({ serviceAccountAnnotations: merged('serviceAccountAnnotations'), podLabels: merged('podLabels'), egress: [...egress.values()], ...(clientId !== undefined && { clientId }) });
}
