import { type FieldPath, read } from '../field-path';
import { isFields } from '../object';
import { all, expand, overrideAt, podSpecAt, rows, type TemplateFinder, type TemplateShape, type TemplateTable, templateAt } from './shape';

/**
 * What the Prometheus operator makes: the main container takes its resources from the object itself, and containers
 * listed under the operator's own names complete those that it makes.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/
 */
function monitoring(name: string): TemplateFinder {
  return podSpecAt('spec', {
    metadata: ['spec', 'podMetadata'],
    merged: [name, 'config-reloader', 'init-config-reloader', 'thanos-sidecar'],
    singles: [{ path: [], name, partial: true }],
  });
}

/**
 * Strimzi describes each pod in a `template` section: the pod's settings under `pod`, those of a container under its name.
 *
 * @see https://strimzi.io/docs/operators/latest/configuring#type-KafkaClusterTemplate-reference
 */
function strimziAt(...patterns: readonly string[]): TemplateFinder {
  return (object) =>
    patterns.flatMap((pattern) => expand(object, `${pattern}.template`)).map((spec): TemplateShape => {
      const section = read(object, ...spec);
      const containers = isFields(section) ? Object.keys(section).filter((key) => /[cC]ontainer$/.test(key)) : [];
      return {
        spec,
        metadata: [...spec, 'pod', 'metadata'],
        securityContext: ['pod', 'securityContext'],
        partial: true,
        singles: containers.map((key) => ({ path: [key], name: key, partial: true })),
      };
    });
}

/** An operator's one container, which takes its settings from the object itself. */
function soleContainerAt(pattern: string, name: string, podSecurity: FieldPath, more: Partial<TemplateShape> = {}): TemplateFinder {
  return podSpecAt(pattern, { metadata: undefined, openPod: true, securityContext: podSecurity, singles: [{ path: [], name, partial: true }], ...more });
}

/** The pod that answers ACME challenges; its containers are cert-manager's own. */
function acmeSolverAt(pattern: string): TemplateFinder {
  return all(...['ingress', 'gatewayHTTPRoute'].map((route) => overrideAt(`${pattern}.http01.${route}.podTemplate`, 'acmesolver')));
}

const envoy = all(
  ...['envoyDeployment', 'envoyDaemonSet'].map((at) =>
    podSpecAt(`spec.provider.kubernetes.${at}`, {
      metadata: ['spec', 'provider', 'kubernetes', at, 'pod'],
      securityContext: ['pod', 'securityContext'],
      partial: true,
      singles: [{ path: ['container'], name: 'envoy', partial: true }],
    }),
  ),
);
const leaderWorkers = (at: string) => all(templateAt(`${at}.leaderTemplate`), templateAt(`${at}.workerTemplate`));
const unitedDeployment = templateAt('spec.template.*.spec.template');

/** Custom resources that stand for other workloads, or for software that an operator runs. */
export const OPERATORS: TemplateTable = [
  ...rows('cert-manager.io', ['Issuer', 'ClusterIssuer'], acmeSolverAt('spec.acme.solvers[]')),
  ['acme.cert-manager.io/Challenge', acmeSolverAt('spec.solver')],
  ['monitoring.coreos.com/Prometheus', monitoring('prometheus')],
  ['monitoring.coreos.com/PrometheusAgent', monitoring('prometheus')],
  ['monitoring.coreos.com/Alertmanager', monitoring('alertmanager')],
  ['monitoring.coreos.com/ThanosRuler', monitoring('thanos-ruler')],
  ['opentelemetry.io/OpenTelemetryCollector', soleContainerAt('spec', 'otc-container', ['podSecurityContext'], { lists: [{ path: ['additionalContainers'] }] })],
  ['gateway.envoyproxy.io/EnvoyProxy', envoy],
  ['kafka.strimzi.io/Kafka', strimziAt('spec.kafka', 'spec.zookeeper', 'spec.entityOperator', 'spec.kafkaExporter', 'spec.cruiseControl')],
  ...rows('kafka.strimzi.io', ['KafkaNodePool', 'KafkaConnect', 'KafkaMirrorMaker', 'KafkaMirrorMaker2', 'KafkaBridge'], strimziAt('spec')),
  ['elasticsearch.k8s.elastic.co/Elasticsearch', overrideAt('spec.nodeSets[].podTemplate', 'elasticsearch')],
  ['kibana.k8s.elastic.co/Kibana', overrideAt('spec.podTemplate', 'kibana')],
  ['logstash.k8s.elastic.co/Logstash', overrideAt('spec.podTemplate', 'logstash')],
  ['beat.k8s.elastic.co/Beat', all(...['deployment', 'daemonSet'].map((at) => overrideAt(`spec.${at}.podTemplate`, 'beat')))],
  ['agent.k8s.elastic.co/Agent', all(...['deployment', 'daemonSet', 'statefulSet'].map((at) => overrideAt(`spec.${at}.podTemplate`, 'agent')))],
  ['leaderworkerset.x-k8s.io/LeaderWorkerSet', leaderWorkers('spec.leaderWorkerTemplate')],
  ['disaggregatedset.x-k8s.io/DisaggregatedSet', leaderWorkers('spec.roles[].spec.leaderWorkerTemplate')],
  ...rows('apps.kruise.io', ['CloneSet', 'StatefulSet', 'DaemonSet', 'BroadcastJob'], templateAt('spec.template')),
  ['apps.kruise.io/AdvancedCronJob', unitedDeployment],
  ['apps.kruise.io/UnitedDeployment', unitedDeployment],
  ['apps.kruise.io/SidecarSet', podSpecAt('spec', { metadata: undefined, openPod: true })],
  ['agones.dev/GameServer', templateAt('spec.template')],
  ...rows('agones.dev', ['GameServerSet', 'Fleet'], templateAt('spec.template.spec.template')),
  ['apps.openshift.io/DeploymentConfig', templateAt('spec.template', { imageLess: true })],
  ['/DeploymentConfig', templateAt('spec.template', { imageLess: true })],
];
