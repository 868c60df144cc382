import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { jsonText, yamlText } from '../../core';
import { gatewayTemplate } from './gateway-template';
import { kubeGatewayTemplate } from './kube-gateway-template';
import type { InjectionFacts } from './proxy-container';
import { sidecarTemplate } from './sidecar-template';

/** Name of the ConfigMap istiod reads injection from. */
export const INJECTOR_CONFIG = 'istio-sidecar-injector';

/** Props of {@link injectorConfig}. */
export interface InjectorConfigProps extends InjectionFacts {
  /** Whether istiod makes Deployments for Gateways of the Gateway API. */
  readonly gatewayApi: boolean;
}

/** Declares what istiod puts into pods: the templates, and the few values its injector itself looks at. */
export function injectorConfig(scope: Construct, props: InjectorConfigProps): void {
  const config = {
    policy: 'enabled',
    defaultTemplates: ['sidecar'],
    templates: {
      sidecar: sidecarTemplate(props),
      gateway: gatewayTemplate(props),
      ...(props.gatewayApi && { 'kube-gateway': kubeGatewayTemplate(props) }),
    },
  };
  // The templates hold their values already; these are read by the injector's own code.
  const values = {
    global: { multiCluster: { clusterName: 'Kubernetes' } },
    sidecarInjectorWebhook: { rewriteAppHTTPProbe: true },
  };
  new k8s.KubeConfigMap(scope, 'injector-config', {
    metadata: { name: INJECTOR_CONFIG, namespace: props.controlPlaneNamespace, labels: { 'istio.io/rev': 'default' } },
    data: { config: yamlText(config), values: jsonText(values) },
  });
}
