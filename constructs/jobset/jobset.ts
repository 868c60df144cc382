import path from 'node:path';
import type { Construct } from 'constructs';
import { type CertificateIssuer, Component, type ContainerResources, CustomResourceDefinitions, type Image, InvalidInputError, SystemNamespace } from '../core';
import { configText, type JobSetConfig } from './config';
import { controller, METRICS_SERVICE } from './controller';
import { JOBSET_IMAGES } from './images';
import type { JobSets } from './job-sets';
import { controllerIdentity, userRoles } from './rbac';
import { JOBSET_VERSION } from './versions';
import { WEBHOOK_SERVICE, webhooks } from './webhooks';

/** Props of {@link JobSet}. */
export interface JobSetProps {
  /** Issues the certificates of its webhooks and metrics. */
  readonly certificates: CertificateIssuer;
  /** Where the controller runs. @default a namespace of its own, `jobset-system` */
  readonly namespace?: SystemNamespace;
  /** @default registry.k8s.io/jobset/jobset at the version of this component */
  readonly image?: Image;
  /** Pods of the controller; one leads, all serve webhooks. @default 2 */
  readonly replicas?: number;
  /**
   * What the controller may use. It keeps every pod of the cluster's JobSets in memory, about 1 MB a pod: raise the memory for more
   * than 4,000 of them.
   *
   * @default cpu 100m (limit 2), memory 128Mi (limit 4Gi)
   */
  readonly resources?: ContainerResources;
  /** PriorityClass of the controller's pods. @default none: the cluster's default priority */
  readonly priorityClassName?: string;
  /** Verbosity of the log, 1 and up. @default 2 */
  readonly logLevel?: number;
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
    super(scope, id, { version: JOBSET_VERSION, requires: [props.certificates] });
    const { logLevel = 2 } = props;
    if (!Number.isInteger(logLevel) || logLevel < 1) {
      throw new InvalidInputError({ property: 'logLevel', value: logLevel, expected: 'a whole number, at least 1', where: this.node.path });
    }
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
      replicas: props.replicas ?? 2,
      resources: props.resources ?? { cpu: { request: '100m', limit: '2' }, memory: { request: '128Mi', limit: '4Gi' } },
      ...(props.priorityClassName && { priorityClassName: props.priorityClassName }),
      logLevel,
      config: configText(props.config ?? {}, this.node.path),
      webhookCertificate,
      metricsCertificate,
    });
    webhooks(this, namespace, webhookCertificate);
    userRoles(this);
  }
}
