import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { InvalidInputError } from '../../../constructs/core';

/** Writes logs and metrics, and nothing else. @see https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster#use_least_privilege_sa */
const NODE_ROLE = 'roles/container.defaultNodeServiceAccount';

/** Pulls images. */
const READER_ROLE = 'roles/artifactregistry.reader';

/** Ids of service accounts have 6 to 30 characters, of which 8 tell stacks apart. */
const MAX_NAME = 22;

/** Props of {@link NodeAccount}. */
export interface NodeAccountArgs {
  readonly project: string;
}

/** A repository of images in Artifact Registry. */
export interface ImageRepository {
  readonly project: string;
  readonly location: string;
  /** Name of the repository. */
  readonly repository: pulumi.Input<string>;
}

/** What nodes are in Google Cloud: an account that writes logs and metrics, and pulls images from the repositories it is told. */
export class NodeAccount extends pulumi.ComponentResource {
  /** Address of the account. What takes it waits until it has its role. */
  readonly email: pulumi.Output<string>;
  /** The same as a member of IAM policies. */
  readonly member: pulumi.Output<string>;

  constructor(
    private readonly title: string,
    { project }: NodeAccountArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    if (title.length > MAX_NAME || !/^[a-z][a-z0-9-]*$/.test(title)) {
      throw new InvalidInputError({ property: 'name', value: title, expected: `at most ${MAX_NAME} lower-case letters, digits and "-", a letter first`, where: 'NodeAccount' });
    }
    super('kubeflow-cdk:gcp:NodeAccount', title, {}, options);
    const account = new gcp.serviceaccount.Account(title, { project, displayName: 'Nodes of a GKE cluster' }, { parent: this });
    this.member = account.member;
    const role = new gcp.projects.IAMMember(title, { project, role: NODE_ROLE, member: account.member }, { parent: this });
    this.email = pulumi.all([account.email, role.id]).apply(([email]) => email);
    this.registerOutputs({ email: this.email });
  }

  /**
   * Lets nodes pull images from a repository.
   *
   * @param id unique for the account, e.g. `platform`
   */
  pullFrom(id: string, { project, location, repository }: ImageRepository): gcp.artifactregistry.RepositoryIamMember {
    return new gcp.artifactregistry.RepositoryIamMember(`${this.title}-${id}`, { project, location, repository, role: READER_ROLE, member: this.member }, { parent: this });
  }
}
