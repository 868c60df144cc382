import { type ObjectRef, type Reason, objectName, refName } from './model';
import type { ReleaseGraph } from './release-graph';

/** The graph as data: objects in the order they are applied, each with what it waits for and why. */
export interface ReleaseJson {
  readonly apiVersion: 'kubeflow-cdk.dev/v1';
  readonly kind: 'Release';
  readonly objects: readonly ReleaseJsonObject[];
  /** Edges left out, since what should wait is itself waited for. */
  readonly skipped: readonly { readonly from: string; readonly to: string; readonly reason: Reason }[];
  /** What is expected on the cluster already. */
  readonly external: readonly { readonly object: string; readonly group: string; readonly neededBy: string; readonly reason: Reason }[];
}

export interface ReleaseJsonObject {
  /** `Kind/namespace/name`. */
  readonly object: string;
  readonly apiVersion: string;
  readonly component: string;
  readonly path: string;
  readonly layer: number;
  readonly waitsFor: readonly ReleaseJsonDependency[];
}

export interface ReleaseJsonDependency {
  readonly object: string;
  readonly apiVersion: string;
  readonly reasons: readonly Reason[];
  /** Present if another entry of the same list already waits for this one. */
  readonly implied?: true;
}

/** @see ReleaseGraph.toJSON */
export function releaseJson(graph: ReleaseGraph): ReleaseJson {
  return {
    apiVersion: 'kubeflow-cdk.dev/v1',
    kind: 'Release',
    objects: graph.order().map((node) => ({
      object: objectName(node.object.manifest),
      apiVersion: node.object.manifest.apiVersion,
      component: node.object.component,
      path: node.object.path,
      layer: graph.layerOf(node),
      waitsFor: graph.directDependencies(node).map(({ node: on, reasons, implied }) => ({
        object: objectName(on.object.manifest),
        apiVersion: on.object.manifest.apiVersion,
        reasons,
        ...(implied ? { implied } : {}),
      })),
    })),
    skipped: graph.skipped.map(({ from, to, reason }) => ({ from: graph.nameOf(from), to: graph.nameOf(to), reason })),
    external: graph.external.map(({ from, to, reason }) => ({ ...externalName(to), neededBy: objectName(from.object.manifest), reason })),
  };
}

function externalName(ref: ObjectRef): { object: string; group: string } {
  return { object: refName(ref), group: ref.group };
}
