import * as pulumi from '@pulumi/pulumi';
import type { Construct } from 'constructs';
import { componentsOf, objectIdentity, synthesize, type Manifest } from '../../constructs/core';
import { ReleaseGraph, type ObjectNode } from '../../constructs/core/release';
import { CustomResourceDefinitions } from '../crds';
import type { ClusterTarget } from './cluster';
import { awaitingCa } from './injected-ca';
import { KubernetesObject } from './kubernetes-object';

/** How CRDs are deployed. */
export type CrdDeployment =
  /** Those of a component as one resource, with a life cycle of its own. Needs this package's own provider plugin. */
  | 'unit'
  /** Each a resource like any other object. Slow: their schemas pass through engine and state node by node. */
  | 'resources';

/** Props of {@link PlatformDeployment}. */
export interface PlatformDeploymentArgs {
  readonly cluster: ClusterTarget;
  /** @default 'unit' */
  readonly crds?: CrdDeployment;
  /**
   * Wait until the CA of a webhook has been put in (by cert-manager's injector, or by the webhook's own controller), so that nothing it admits is
   * sent before it can answer. Off where nothing runs that would put it in.
   * @default true
   */
  readonly awaitInjectedCa?: boolean;
}

/** A platform component as Pulumi shows it: the parent of its objects. */
class ComponentGroup extends pulumi.ComponentResource {
  constructor(name: string, parent: pulumi.Resource) {
    super('kubeflow-cdk:index:Component', name, {}, { parent });
  }
}

/**
 * Brings everything below a construct onto a cluster: each object one Pulumi resource, each waiting for exactly what the
 * release graph says it waits for.
 *
 * All is synthesised and ordered before the first resource is registered, so bad input leaves nothing behind.
 *
 * @throws InvalidInputError for input the API server would refuse, DuplicateObjectError, ReleaseCycleError
 */
export class PlatformDeployment extends pulumi.ComponentResource {
  private readonly resources = new Map<string, pulumi.Resource>();
  private readonly groups = new Map<string, ComponentGroup>();

  constructor(name: string, scope: Construct, args: PlatformDeploymentArgs, options?: pulumi.ComponentResourceOptions) {
    const graph = ReleaseGraph.of(synthesize(scope), componentsOf(scope));
    super('kubeflow-cdk:index:Platform', name, {}, options);
    const nodes = graph.order();
    const crds = (args.crds ?? 'unit') === 'unit' ? nodes.filter(isCrd) : [];
    this.deployCrds(crds, args.cluster);
    for (const node of nodes) {
      if (this.resources.has(node.id)) continue;
      const dependsOn = graph.directDependencies(node, { reduce: true }).map((dependency) => this.resource(dependency.node));
      this.resources.set(
        node.id,
        new KubernetesObject(args.awaitInjectedCa === false ? node.object.manifest : awaitingCa(node.object.manifest), { parent: this.group(node.object.component), provider: args.cluster.provider, dependsOn: [...new Set(dependsOn)] }),
      );
    }
  }

  /**
   * The resource of an object, for programs that go on from here.
   *
   * @throws Error if there is no such object
   */
  objectResource(object: Pick<Manifest, 'apiVersion' | 'kind' | 'metadata'>): pulumi.Resource {
    const resource = this.resources.get(objectIdentity(object));
    if (!resource) throw new Error(`the platform has no ${objectIdentity(object)}`);
    return resource;
  }

  private deployCrds(nodes: readonly ObjectNode[], cluster: ClusterTarget): void {
    for (const [component, crds] of byComponent(nodes)) {
      const unit = new CustomResourceDefinitions(
        component,
        { definitions: crds.map(({ object }) => object.manifest), kubeconfig: cluster.args.kubeconfig, context: cluster.args.context },
        { parent: this.group(component), dependsOn: [...(cluster.args.readyAfter ?? [])] },
      );
      for (const crd of crds) this.resources.set(crd.id, unit);
    }
  }

  private group(component: string): ComponentGroup {
    const group = this.groups.get(component) ?? new ComponentGroup(component, this);
    this.groups.set(component, group);
    return group;
  }

  private resource(node: ObjectNode): pulumi.Resource {
    const resource = this.resources.get(node.id);
    if (!resource) throw new Error(`${node.id} is ordered after what waits for it`);
    return resource;
  }
}

function isCrd({ object }: ObjectNode): boolean {
  return object.manifest.kind === 'CustomResourceDefinition';
}

function byComponent(nodes: readonly ObjectNode[]): Map<string, ObjectNode[]> {
  const groups = new Map<string, ObjectNode[]>();
  for (const node of nodes) {
    const group = groups.get(node.object.component);
    if (group) group.push(node);
    else groups.set(node.object.component, [node]);
  }
  return groups;
}
