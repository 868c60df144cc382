import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Waiver, waiverAnnotations } from '../waiver';
import { intOrString } from './probe';

/** A port of a Service. */
export interface ServicePortProps {
  readonly name: string;
  readonly port: number;
  /** Number or name of the container's port. @default the port itself */
  readonly targetPort?: number | string;
  /** @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP';
  /** Protocol spoken, which meshes and gateways read. @default not stated */
  readonly appProtocol?: string;
}

/** Props of {@link service}. */
export interface ServiceProps {
  readonly name: string;
  readonly namespace: string;
  /** Labels of the pods it leads to. */
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly ServicePortProps[];
  /** @default 'ClusterIP' */
  readonly type?: 'ClusterIP' | 'LoadBalancer' | 'NodePort';
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Reasoned exceptions to policies. @default none */
  readonly waivers?: readonly Waiver[];
}

/** Declares a Service. */
export function service(scope: Construct, id: string, props: ServiceProps): void {
  new k8s.KubeService(scope, id, {
    metadata: { name: props.name, namespace: props.namespace, labels: { ...props.labels }, annotations: { ...props.annotations, ...waiverAnnotations(props.waivers, scope.node.path) } },
    spec: {
      type: props.type ?? 'ClusterIP',
      selector: { ...props.selector },
      ports: props.ports.map(({ name, port, targetPort, protocol, appProtocol }) => ({
        name,
        port,
        targetPort: intOrString(targetPort ?? port),
        protocol: protocol ?? 'TCP',
        ...(appProtocol && { appProtocol }),
      })),
    },
  });
}
