import { Construct } from 'constructs';
import { ServiceIdentity } from '../core/rbac';
import { HardenedDeployment, httpProbe, service } from '../core/workload';
import { leaderElectionRules } from './controller-rules';
import { CERT_MANAGER_IMAGES } from './images';
import { extraLabelsOf, labelsOf, selectorOf } from './labels';
import { allowProgram, METRICS_PORT, type ProgramProps, SCRAPE_ANNOTATIONS } from './program';

const NAME = 'cert-manager-cainjector';
const READ = ['get', 'list', 'watch'] as const;

/** The CA injector: puts CA bundles into webhooks, CRDs and APIServices that ask for them by annotation. */
export class CaInjector extends Construct {
  constructor(scope: Construct, id: string, props: ProgramProps) {
    super(scope, id);
    const { namespace } = props;
    const labels = labelsOf('cainjector');

    const inject = [...READ, 'update', 'patch'];
    new ServiceIdentity(this, 'identity', { name: NAME, namespace, labels })
      .grantInCluster({
        name: NAME,
        labels,
        rules: [
          { apiGroups: ['cert-manager.io'], resources: ['certificates'], verbs: READ },
          {
            resources: ['secrets'],
            verbs: READ,
            waives: { 'secret-access': 'CA bundles come from the Secrets of Certificates, and from Secrets that webhooks name, in any namespace.' },
          },
          { resources: ['events'], verbs: ['get', 'create', 'update', 'patch'] },
          {
            apiGroups: ['admissionregistration.k8s.io'],
            resources: ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'],
            verbs: inject,
            waives: { 'webhook-configuration': 'Writing CA bundles into the webhook configurations that ask for it is what this program is for.' },
          },
          { apiGroups: ['apiregistration.k8s.io'], resources: ['apiservices'], verbs: inject },
          { apiGroups: ['apiextensions.k8s.io'], resources: ['customresourcedefinitions'], verbs: inject },
        ],
      })
      .grantInNamespace({ name: `${NAME}:leaderelection`, labels, rules: leaderElectionRules('cert-manager-cainjector-leader-election') });

    // It has no health endpoint; its metrics are served by replicas with and without the lease.
    const alive = (failureThreshold: number) => httpProbe('/metrics', METRICS_PORT, { periodSeconds: 10, timeoutSeconds: 5, failureThreshold });
    const deployment = new HardenedDeployment(this, 'deployment', {
      name: NAME,
      namespace,
      labels: extraLabelsOf('cainjector'),
      replicas: props.replicas,
      selector: selectorOf('cainjector'),
      podLabels: extraLabelsOf('cainjector'),
      podAnnotations: SCRAPE_ANNOTATIONS,
      serviceAccount: NAME,
      apiAccess: 'It watches Certificates and Secrets, and writes CA bundles into webhooks, CRDs and APIServices.',
      priorityClassName: props.priorityClassName,
      containers: [
        {
          name: 'cert-manager-cainjector',
          image: CERT_MANAGER_IMAGES.caInjector,
          args: [`--v=${props.logLevel}`, '--leader-election-namespace=$(POD_NAMESPACE)'],
          env: { POD_NAMESPACE: { field: 'metadata.namespace' } },
          ports: { 'http-metrics': METRICS_PORT },
          resources: props.resources,
          // It may wait up to five minutes for the CRDs before it serves anything.
          startup: alive(33),
          liveness: alive(3),
          readiness: alive(3),
        },
      ],
    });
    service(this, 'service', { name: NAME, namespace, labels, selector: deployment.selector, ports: [{ name: 'http-metrics', port: METRICS_PORT }] });
    allowProgram(this, 'cainjector', namespace);
  }
}
