import { Construct } from 'constructs';
import { IstioObject, type IstioObjectProps } from './istio-object';

/** Spec of a {@link Sidecar}. @see https://istio.io/latest/docs/reference/config/networking/sidecar/ */
export interface SidecarSpec {
  /** @default every workload of the namespace; in the mesh's root namespace, of the mesh */
  readonly workloadSelector?: { readonly labels: Readonly<Record<string, string>> };
  /** Hosts the workloads know of, as `namespace/host`; `./*` is their own namespace, `*` every one. */
  readonly egress?: readonly { readonly hosts: readonly string[] }[];
  readonly outboundTrafficPolicy?: { readonly mode: 'REGISTRY_ONLY' | 'ALLOW_ANY' };
}

/** What sidecars know of the mesh. It bounds their memory and how much is pushed to them; it is no access control. */
export class Sidecar extends IstioObject<SidecarSpec> {
  constructor(scope: Construct, id: string, props: IstioObjectProps<SidecarSpec>) {
    super(scope, id, { group: 'networking', kind: 'Sidecar' }, props);
  }
}
