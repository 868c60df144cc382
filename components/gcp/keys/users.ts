/** A service of Google's that encrypts with a key of one's own, by what it holds. */
export type KeyUser = 'cluster' | 'disks' | 'objects' | 'database' | 'files' | 'registry' | 'secrets';

/** The account under which a service uses keys in a project. */
interface ServiceAgent {
  /** API of the service. */
  readonly service: string;
  /** Domain of the account, before `.iam.gserviceaccount.com`. */
  readonly domain: string;
  /** How the account comes to be: asked for by the API of all services, or of Cloud Storage alone, or there once the API is enabled. */
  readonly made: 'service-identity' | 'storage' | 'with-the-api';
}

/**
 * @see https://cloud.google.com/iam/docs/service-agents
 * @see https://cloud.google.com/kms/docs/compatible-services
 */
export const SERVICE_AGENTS: Readonly<Record<KeyUser, ServiceAgent>> = {
  cluster: { service: 'container.googleapis.com', domain: 'container-engine-robot', made: 'service-identity' },
  // Boot disks of nodes, and the volumes that the CSI driver has made.
  disks: { service: 'compute.googleapis.com', domain: 'compute-system', made: 'with-the-api' },
  objects: { service: 'storage.googleapis.com', domain: 'gs-project-accounts', made: 'storage' },
  database: { service: 'sqladmin.googleapis.com', domain: 'gcp-sa-cloud-sql', made: 'service-identity' },
  files: { service: 'file.googleapis.com', domain: 'cloud-filer', made: 'service-identity' },
  registry: { service: 'artifactregistry.googleapis.com', domain: 'gcp-sa-artifactregistry', made: 'service-identity' },
  secrets: { service: 'secretmanager.googleapis.com', domain: 'gcp-sa-secretmanager', made: 'service-identity' },
};

/** The IAM member that a service is in a project. */
export function serviceAgent(user: KeyUser, projectNumber: string): string {
  return `serviceAccount:service-${projectNumber}@${SERVICE_AGENTS[user].domain}.iam.gserviceaccount.com`;
}
