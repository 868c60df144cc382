import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ContainerProps, type ContainerResources, containerWaivers, type Image, InvalidInputError, templateContainer, waiverAnnotations } from '../core';

/** URIs a storage container can download: all with a prefix, or all that match a regular expression. */
export type SupportedUris = { readonly prefix: string } | { readonly regex: string };

/** Props of {@link ClusterStorageContainer}. */
export interface ClusterStorageContainerProps {
  /** Name of the object. */
  readonly name: string;
  readonly image: Image;
  readonly resources: ContainerResources;
  readonly supports: readonly SupportedUris[];
  /** Init container of model servers, or job of the model cache. @default 'initContainer' */
  readonly workload?: 'initContainer' | 'localModelDownloadJob';
  /** Whether it downloads several models in one go. @default false */
  readonly supportsSeveral?: boolean;
}

/** URIs KServe's own storage initializer downloads. */
export const SUPPORTED_URIS: readonly SupportedUris[] = [
  ...['gs://', 's3://', 'hdfs://', 'hf://', 'webhdfs://'].map((prefix) => ({ prefix })),
  { regex: 'https://(.+?).blob.core.windows.net/(.+)' },
  { regex: 'https://(.+?).file.core.windows.net/(.+)' },
  { regex: 'https?://(.+)/(.+)' },
];

const WRITABLE_ROOT =
  'KServe puts the container into pods that it makes, with no volume but the model\'s: there is nothing to mount where the libraries of model stores keep ' +
  'credentials, partial downloads and caches (/tmp and the home directory).';

/** How models of some kind of URI come to a model server. KServe merges it over the init container of its pods. */
export class ClusterStorageContainer extends Construct {
  /** @throws InvalidInputError if it supports nothing */
  constructor(scope: Construct, id: string, props: ClusterStorageContainerProps) {
    super(scope, id);
    if (props.supports.length === 0) {
      throw new InvalidInputError({ property: 'supports', value: props.supports, expected: 'at least one prefix or regular expression', where: this.node.path });
    }
    const container: ContainerProps = { name: 'storage-initializer', image: props.image, resources: props.resources, security: { writableRoot: WRITABLE_ROOT } };
    new ApiObject(this, 'storage-container', {
      apiVersion: 'serving.kserve.io/v1alpha1',
      kind: 'ClusterStorageContainer',
      metadata: { name: props.name, annotations: waiverAnnotations(containerWaivers([container]), this.node.path) },
      spec: {
        container: templateContainer(this, container),
        supportedUriFormats: props.supports.map((uris) => ({ ...uris })),
        workloadType: props.workload ?? 'initContainer',
        // KServe's own downloads any number; unless this says so, the controller refuses `storageUris`.
        ...(props.supportsSeveral && { supportsMultiModelDownload: true }),
      },
    });
  }
}
