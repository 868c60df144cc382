import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkWholeNumber } from '../numbers';
import { type Waiver, waiverAnnotations } from '../waiver';
import { type PodProps, podTemplate, workloadWaivers } from './pod';
import { intOrString } from './probe';

/** Props of {@link HardenedDeployment}. */
export interface HardenedDeploymentProps extends PodProps {
  readonly name: string;
  readonly namespace: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Pods wanted. More than one needs leader election or a stateless program. @default 2 */
  readonly replicas?: number;
  /** Pods that may be away during an update, number or percentage. @default 0: a new one is ready before an old one goes */
  readonly maxUnavailable?: number | string;
  /** Pods above `replicas` during an update. @default 1 */
  readonly maxSurge?: number | string;
  /** Reasoned exceptions to policies, besides those its pods give the reason of. @default none */
  readonly waivers?: readonly Waiver[];
}

/** A Deployment with a PodDisruptionBudget, hardened. */
export class HardenedDeployment extends Construct {
  readonly name: string;
  readonly namespace: string;
  readonly selector: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: HardenedDeploymentProps) {
    super(scope, id);
    const { name, namespace, replicas = 2, selector } = props;
    checkWholeNumber('replicas', replicas, this.node.path, { least: 1 });
    this.name = name;
    this.namespace = namespace;
    this.selector = selector;
    const annotations = waiverAnnotations(workloadWaivers(props), this.node.path);
    new k8s.KubeDeployment(this, 'deployment', {
      metadata: { name, namespace, labels: { ...selector, ...props.labels }, annotations },
      spec: {
        replicas,
        revisionHistoryLimit: 3,
        selector: { matchLabels: { ...selector } },
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxSurge: intOrString(props.maxSurge ?? 1), maxUnavailable: intOrString(props.maxUnavailable ?? 0) },
        },
        template: podTemplate(this, props, true),
      },
    });
    disruptionBudget(this, { name, namespace, selector });
  }
}

/**
 * A PodDisruptionBudget that a node drain can always satisfy: one pod at a time may go, also when there is only one.
 */
export function disruptionBudget(
  scope: Construct,
  props: { readonly name: string; readonly namespace: string; readonly selector: Readonly<Record<string, string>> },
): void {
  new k8s.KubePodDisruptionBudget(scope, 'disruption-budget', {
    metadata: { name: props.name, namespace: props.namespace },
    spec: {
      maxUnavailable: intOrString(1),
      selector: { matchLabels: { ...props.selector } },
      // A pod that is not ready must not block a drain: it serves nobody.
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  });
}
