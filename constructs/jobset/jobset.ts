import path from 'node:path';
import type { Construct } from 'constructs';
import { type CertificateIssuer, Component, type ContainerResources, CustomResourceDefinitions, type Image, type ManagerOptions, SystemNamespace } from '../core';
import { configText, type JobSetConfig } from './config';
import { controller, METRICS_SERVICE } from './controller';
import { JOBSET_IMAGES } from './images';
import type { JobSets } from './job-sets';
import { controllerIdentity, userRoles } from './rbac';
import { JOBSET_KUBERNETES, JOBSET_VERSION } from './versions';
import { WEBHOOK_SERVICE, webhooks } from './webhooks';

/** Props of {@link JobSet}. */
export interface JobSetProps extends ManagerOptions {
  /** Issues the certificates of its webhooks and metrics. */
  readonly certificates: CertificateIssuer;
  /** Where the controller runs. @default a namespace of its own, `jobset-system` */
  readonly namespace?: SystemNamespace;
  /** @default registry.k8s.io/jobset/jobset at the version of this component */
  readonly image?: Image;
  /**
   * What the controller may use. It keeps every pod of the cluster's JobSets in memory, about 1 MB a pod: raise the memory for more
   * than 4,000 of them.
   *
   * @default cpu 100m (limit 2), memory 128Mi (limit 4Gi)
   */
  readonly resources?: ContainerResources;
  /** @default upstream's defaults, with leader election, and certificates from `certificates` */
  readonly config?: JobSetConfig;
}

/**
 * JobSet: Jobs that belong together, such as the nodes of one training run.
 *
 * @see https://github.com/kubernetes-sigs/jobset/tree/v0.11.0/config
 */
export class JobSet extends Component implements JobSets {
  readonly jobSetVersion = JOBSET_VERSION;
  /** Name of the namespace the controller runs in. */
  readonly namespaceName: string;

  constructor(scope: Construct, id: string, props: JobSetProps) {
    super(scope, id, { version: JOBSET_VERSION, kubernetes: JOBSET_KUBERNETES, requires: [props.certificates] });
    const namespace = (props.namespace ?? new SystemNamespace(this, 'jobset-system')).name;
    this.namespaceName = namespace;

    new CustomResourceDefinitions(this, 'crds', { file: path.join(__dirname, 'crds.json') });

    const webhookCertificate = props.certificates.servingCertificate(this, 'webhook-certificate', {
      name: 'jobset-serving-cert',
      namespace,
      secretName: 'jobset-webhook-server-cert',
      services: [WEBHOOK_SERVICE],
    });
    // Without it the program would not start: once it is told not to make certificates, it expects this one, too.
    const metricsCertificate = props.certificates.servingCertificate(this, 'metrics-certificate', {
      name: 'jobset-metrics-cert',
      namespace,
      secretName: 'jobset-metrics-server-cert',
      services: [METRICS_SERVICE],
    });

    const identity = controllerIdentity(this, namespace);
    controller(this, {
      namespace,
      serviceAccount: identity.name,
      image: props.image ?? JOBSET_IMAGES.controller,
      replicas: props.replicas,
      resources: props.resources ?? { cpu: { request: '100m', limit: '2' }, memory: { request: '128Mi', limit: '4Gi' } },
      priorityClassName: props.priorityClassName,
      logLevel: props.logLevel,
      config: configText(props.config ?? {}, this.node.path),
      webhookCertificate,
      metricsCertificate,
    });
    webhooks(this, namespace, webhookCertificate);
    userRoles(this);
  }
}
