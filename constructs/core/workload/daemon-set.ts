import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Waiver, waiverAnnotations } from '../waiver';
import { type PodProps, podTemplate, workloadWaivers } from './pod';
import { intOrString } from './probe';

/** Props of {@link HardenedDaemonSet}. */
export interface HardenedDaemonSetProps extends PodProps {
  readonly name: string;
  readonly namespace: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Nodes updated at a time, number or percentage. @default 1 */
  readonly maxUnavailable?: number | string;
  /** Reasoned exceptions to policies, besides those its pods give the reason of. @default none */
  readonly waivers?: readonly Waiver[];
}

/** A DaemonSet, hardened as far as its waivers allow. */
export class HardenedDaemonSet extends Construct {
  readonly name: string;
  readonly namespace: string;
  readonly selector: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: HardenedDaemonSetProps) {
    super(scope, id);
    const { name, namespace, selector } = props;
    this.name = name;
    this.namespace = namespace;
    this.selector = selector;
    new k8s.KubeDaemonSet(this, 'daemon-set', {
      metadata: { name, namespace, labels: { ...selector, ...props.labels }, annotations: waiverAnnotations(workloadWaivers(props), this.node.path) },
      spec: {
        revisionHistoryLimit: 3,
        selector: { matchLabels: { ...selector } },
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: intOrString(props.maxUnavailable ?? 1) } },
        template: podTemplate(this, props, false),
      },
    });
  }
}
