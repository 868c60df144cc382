import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';

/** Props every Istio object has. */
export interface IstioObjectProps<Spec> {
  readonly name: string;
  readonly namespace: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec: Spec;
}

/** What an Istio object is called in the API. */
interface ApiKind {
  readonly group: 'networking' | 'security';
  readonly kind: string;
}

/** An Istio object with a typed `spec`. */
export abstract class IstioObject<Spec> extends ApiObject {
  constructor(scope: Construct, id: string, { group, kind }: ApiKind, props: IstioObjectProps<Spec>) {
    super(scope, id, {
      apiVersion: `${group}.istio.io/v1`,
      kind,
      metadata: {
        name: props.name,
        namespace: props.namespace,
        ...(props.labels && { labels: { ...props.labels } }),
        ...(props.annotations && { annotations: { ...props.annotations } }),
      },
      spec: props.spec,
    });
  }

  /** `namespace/name`: how other Istio objects refer to it. */
  get reference(): string {
    return `${this.metadata.namespace}/${this.name}`;
  }
}

/** Pods by label. */
export interface WorkloadSelector {
  readonly matchLabels: Readonly<Record<string, string>>;
}

/** A period of time as Istio writes it, e.g. `30s`, `1.5h` or `100ms`. */
export type Duration = `${number}${'h' | 'm' | 's' | 'ms'}`;

/** How a string is compared; exactly one way. */
export type StringMatch =
  | { readonly exact: string; readonly prefix?: never; readonly regex?: never }
  | { readonly prefix: string; readonly exact?: never; readonly regex?: never }
  | { readonly regex: string; readonly exact?: never; readonly prefix?: never };
