import type { Construct } from 'constructs';
import { checkWholeNumber, type ContainerResources, imageReference, InvalidInputError, jsonText, resourceRequirements, useImage } from '../../core';
import type { InferenceServiceConfig, InjectedProgram, S3CredentialsConfig } from './types';

/** Istio Gateway the controller wants to be told of even where it never uses one (it does in Knative mode only). */
const UNUSED_GATEWAY = 'knative-serving/knative-ingress-gateway';

/**
 * The ConfigMap's data: each section under its key, as JSON text in the words KServe reads.
 *
 * @throws InvalidInputError for an amount that is no quantity, a number out of range, or an explainer image with a digest
 */
export function renderConfig(scope: Construct, config: InferenceServiceConfig): Record<string, string> {
  return Object.fromEntries(Object.entries(sections(scope, config)).map(([key, section]) => [key, jsonText(section)]));
}

function sections(scope: Construct, config: InferenceServiceConfig): Record<string, object> {
  const { storageInitializer, credentials, ingress, logger, batcher, router, deploy, localModel, inferenceService, opentelemetryCollector: otel, scheduler } = config;
  const program = ({ image, resources }: InjectedProgram) => ({ image: useImage(scope, image), ...amounts(scope, resources) });
  const { caBundle, modelcar } = storageInitializer;
  const count = (property: string, value: number, least: number): number => checkWholeNumber(`config.${property}`, value, scope.node.path, { least });
  return {
    explainers: { art: artExplainer(scope, config) },
    storageInitializer: {
      ...program(storageInitializer),
      caBundleConfigMapName: caBundle?.configMap ?? '',
      caBundleVolumeMountPath: caBundle?.mountPath ?? '/etc/ssl/custom-certs',
      enableModelcar: modelcar.enabled,
      cpuModelcar: modelcar.cpu,
      memoryModelcar: modelcar.memory,
      uidModelcar: modelcar.uid,
    },
    credentials: {
      storageSpecSecretName: credentials.storageSpecSecretName,
      storageSecretNameAnnotation: credentials.storageSecretNameAnnotation,
      gcs: { gcsCredentialFileName: credentials.gcs.credentialFileName },
      s3: s3(credentials.s3),
    },
    ingress: {
      enableGatewayApi: ingress.kserveIngressGateway !== undefined,
      kserveIngressGateway: ingress.kserveIngressGateway,
      ingressGateway: ingress.ingressGateway ?? UNUSED_GATEWAY,
      localGateway: ingress.localGateway,
      localGatewayService: ingress.localGatewayService,
      ingressDomain: ingress.ingressDomain,
      additionalIngressDomains: ingress.additionalIngressDomains,
      ingressClassName: ingress.ingressClassName,
      domainTemplate: ingress.domainTemplate,
      urlScheme: ingress.urlScheme,
      // VirtualServices are made in Knative mode only; otherwise each InferenceService would get a warning about them.
      disableIstioVirtualHost: true,
      disableIngressCreation: ingress.disableIngressCreation ?? false,
    },
    logger: {
      ...program(logger),
      defaultUrl: logger.defaultUrl,
      caBundle: logger.caBundle,
      caCertFile: logger.caCertFile,
      tlsSkipVerify: logger.tlsSkipVerify,
      marshallerUrl: logger.marshallerUrl,
      batchSize: logger.batchSize,
      batchInterval: logger.batchInterval,
    },
    batcher: {
      ...program(batcher),
      maxBatchSize: String(count('batcher.maxBatchSize', batcher.maxBatchSize, 1)),
      maxLatency: String(count('batcher.maxLatencyMilliseconds', batcher.maxLatencyMilliseconds, 1)),
    },
    agent: program(config.agent),
    router: {
      ...program(router),
      ...(router.propagateHeaders && { headers: { propagate: router.propagateHeaders } }),
      imagePullPolicy: router.imagePullPolicy,
      imagePullSecrets: router.imagePullSecrets,
    },
    deploy: {
      defaultDeploymentMode: deploy.defaultDeploymentMode,
      ...(deploy.rollout && { deploymentRolloutStrategy: { defaultRollout: { ...deploy.rollout } } }),
    },
    metricsAggregator: {
      enableMetricAggregation: String(config.metricsAggregator.enableMetricAggregation),
      enablePrometheusScraping: String(config.metricsAggregator.enablePrometheusScraping),
    },
    localModel: {
      enabled: localModel.enabled,
      jobNamespace: localModel.jobNamespace,
      defaultJobImage: useImage(scope, localModel.jobImage),
      fsGroup: localModel.fsGroup,
      jobTTLSecondsAfterFinished: count('localModel.jobTtlSecondsAfterFinished', localModel.jobTtlSecondsAfterFinished, 0),
      // Upstream's own spelling.
      reconcilationFrequencyInSecs: count('localModel.reconciliationFrequencySeconds', localModel.reconciliationFrequencySeconds, 1),
      disableVolumeManagement: localModel.disableVolumeManagement,
    },
    security: config.security,
    service: config.service,
    inferenceService: {
      resource: amounts(scope, inferenceService.resources),
      serviceAnnotationDisallowedList: inferenceService.serviceAnnotationDisallowedList,
      serviceLabelDisallowedList: inferenceService.serviceLabelDisallowedList,
    },
    multiNode: config.multiNode,
    opentelemetryCollector: {
      scrapeInterval: otel.scrapeInterval,
      metricReceiverEndpoint: otel.metricReceiverEndpoint,
      metricScalerEndpoint: otel.metricScalerEndpoint,
      resource: amounts(scope, otel.resources),
    },
    autoscaler: {
      scaleUpStabilizationWindowSeconds: String(count('autoscaler.scaleUpStabilizationWindowSeconds', config.autoscaler.scaleUpStabilizationWindowSeconds, 0)),
      scaleDownStabilizationWindowSeconds: String(count('autoscaler.scaleDownStabilizationWindowSeconds', config.autoscaler.scaleDownStabilizationWindowSeconds, 0)),
    },
    ...(Object.keys(scheduler).length > 0 && { scheduler }),
  };
}

/** KServe joins name and tag itself, so that an explainer can ask for another version. */
function artExplainer(scope: Construct, config: InferenceServiceConfig): object {
  const { image } = config.explainers.art;
  if (image.digest !== undefined) {
    throw new InvalidInputError({ property: 'config.explainers.art.image', value: imageReference(image), expected: 'an image without a digest: KServe puts `:version` behind its name', where: scope.node.path });
  }
  return { image: useImage(scope, image).slice(0, -`:${image.tag}`.length), defaultImageVersion: image.tag };
}

function amounts(scope: Construct, resources: ContainerResources): object {
  const { cpu, memory } = resources;
  resourceRequirements(resources, `${scope.node.path}, inferenceservice-config`);
  return { cpuRequest: cpu.request, cpuLimit: cpu.limit ?? cpu.request, memoryRequest: memory.request, memoryLimit: memory.limit ?? memory.request };
}

function s3(config: S3CredentialsConfig): object {
  // An empty string is how KServe is told to set nothing. Its programs read two of the switches as 1 and 0, the others as words.
  const bit = (value: boolean | undefined): string => (value === undefined ? '' : value ? '1' : '0');
  const word = (value: boolean | undefined): string => (value === undefined ? '' : String(value));
  return {
    s3AccessKeyIDName: config.accessKeyIdName,
    s3SecretAccessKeyName: config.secretAccessKeyName,
    s3Endpoint: config.endpoint ?? '',
    s3UseHttps: bit(config.useHttps),
    s3Region: config.region ?? '',
    s3VerifySSL: bit(config.verifySsl),
    s3UseVirtualBucket: word(config.useVirtualBucket),
    s3UseAccelerate: word(config.useAccelerate),
    s3UseAnonymousCredential: word(config.useAnonymousCredential),
    s3CABundleConfigMap: config.caBundleConfigMap ?? '',
    s3CABundle: config.caBundle ?? '',
  };
}
