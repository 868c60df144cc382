import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { InvalidInputError } from '../../../constructs/core';

/** APIs that a cluster and what is around it are made through. */
export const REQUIRED_SERVICES = [
  'artifactregistry.googleapis.com',
  'binaryauthorization.googleapis.com',
  'cloudkms.googleapis.com',
  'cloudresourcemanager.googleapis.com',
  'compute.googleapis.com',
  'container.googleapis.com',
  // Looks through images for known flaws when they are pushed.
  'containerscanning.googleapis.com',
  'dns.googleapis.com',
  'file.googleapis.com',
  'iam.googleapis.com',
  'iamcredentials.googleapis.com',
  'logging.googleapis.com',
  'monitoring.googleapis.com',
  'secretmanager.googleapis.com',
  'servicenetworking.googleapis.com',
  'sqladmin.googleapis.com',
  'storage.googleapis.com',
  'sts.googleapis.com',
] as const;

/** Props of {@link Services}. */
export interface ServicesArgs {
  readonly project: string;
  /** APIs besides {@link REQUIRED_SERVICES}, e.g. `iap.googleapis.com`. @default none */
  readonly more?: readonly string[];
}

/**
 * Enables the APIs of a project. They stay enabled when the stack goes: others in the project may use them, and disabling one takes its resources along.
 *
 * What is made through them takes this as `dependsOn`.
 */
export class Services extends pulumi.ComponentResource {
  constructor(name: string, { project, more = [] }: ServicesArgs, options?: pulumi.ComponentResourceOptions) {
    for (const [index, service] of more.entries()) {
      if (!/^[a-z0-9-]+\.googleapis\.com$/.test(service)) {
        throw new InvalidInputError({ property: `more[${index}]`, value: service, expected: "the name of an API such as 'iap.googleapis.com'", where: name });
      }
    }
    super('kubeflow-cdk:gcp:Services', name, {}, options);
    for (const service of new Set<string>([...REQUIRED_SERVICES, ...more])) {
      new gcp.projects.Service(`${name}-${service.split('.', 1).join()}`, { project, service, disableOnDestroy: false }, { parent: this });
    }
    this.registerOutputs({});
  }
}
