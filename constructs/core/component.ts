import { type ApiObject, App, Chart, type IResolver, type ResolutionContext } from 'cdk8s';
import { Construct } from 'constructs';
import { InvalidInputError } from './errors';

/** Something a component can be given: by another component, or found in the cluster already. */
export interface Provided {
  /** The component that provides it. @default it exists already; nothing waits for it */
  readonly providedBy?: Component;
}

/** Minor versions of Kubernetes that a component works on, both included. */
export interface KubernetesRange {
  /** E.g. `1.32`. */
  readonly oldest: string;
  /** E.g. `1.36`. */
  readonly newest: string;
}

/** What every component states about itself. */
export interface ComponentOptions {
  /** Version of the upstream system that is deployed, e.g. `1.20.2`. */
  readonly version: string;
  /** What it was given as constructor arguments; its workloads wait for theirs. */
  readonly requires?: readonly (Provided | undefined)[];
  /** API groups it reconciles although another component declares their CRDs. @default none */
  readonly reconciles?: readonly string[];
  /** Versions of Kubernetes it works on. @default it does not mind */
  readonly kubernetes?: KubernetesRange;
}

/** Labels on every object, by which people and tools find what belongs to the platform. */
const PLATFORM_LABELS = {
  'app.kubernetes.io/managed-by': 'kubeflow-cdk',
  'app.kubernetes.io/part-of': 'kubeflow',
} as const;

/** cdk8s wraps what a resolver throws in an error of its own; synthesis looks up here what was really said. */
const REFUSALS = new WeakMap<ApiObject, InvalidInputError>();

/** Why an object could not be rendered, if it was refused for its input. */
export function refusalOf(object: ApiObject): InvalidInputError | undefined {
  return REFUSALS.get(object);
}

const COMPONENT = Symbol.for('kubeflow-cdk.Component');

/**
 * A platform component: a cdk8s chart with everything one system needs, and what it provides to others.
 *
 * A subclass takes what it needs as typed constructor arguments and passes them on as `requires`.
 */
export abstract class Component extends Chart implements Provided {
  readonly version: string;
  /** Ids of the components that provide what this one was given. */
  readonly requires: readonly string[];
  /** API groups it reconciles although another component declares their CRDs. */
  readonly reconciles: readonly string[];
  /** Versions of Kubernetes it works on. */
  readonly kubernetes?: KubernetesRange;
  readonly providedBy: Component = this;

  constructor(scope: Construct, id: string, options: ComponentOptions) {
    super(scope, id, { labels: { ...PLATFORM_LABELS }, disableResourceNameHashes: true });
    Object.defineProperty(this, COMPONENT, { value: true });
    this.version = options.version;
    this.requires = [...new Set((options.requires ?? []).flatMap((given) => (given?.providedBy ? [given.providedBy.componentId] : [])))].sort();
    this.reconciles = options.reconciles ?? [];
    this.kubernetes = options.kubernetes;
    refuseRawOutputs(App.of(this));
  }

  /** Id of the component, unique in an app, e.g. `cert-manager`. */
  get componentId(): string {
    return this.node.id;
  }

  /** Whether a construct is a component, also across copies of this package. */
  static isComponent(construct: unknown): construct is Component {
    return typeof construct === 'object' && construct !== null && COMPONENT in construct;
  }
}

/** cdk8s would silently write a Pulumi Output's internals into the manifest; this refuses it instead. */
class RawOutputResolver implements IResolver {
  resolve(context: ResolutionContext): void {
    const value: unknown = context.value;
    if (typeof value === 'object' && value !== null && '__pulumiOutput' in value) {
      const refusal = new InvalidInputError({
        property: context.key.join('.'),
        value: 'a Pulumi Output',
        expected: 'a plain value, or the Output wrapped as asString(output)',
        where: `${context.obj.node.path} (${context.obj.kind} ${context.obj.name})`,
      });
      REFUSALS.set(context.obj, refusal);
      throw refusal;
    }
  }
}

function refuseRawOutputs(app: App): void {
  // An app of somebody else's (AWS CDK makes its own) must refuse them too, hence not by App props.
  if (Array.isArray(app.resolvers) && !app.resolvers.some((resolver) => resolver instanceof RawOutputResolver)) {
    app.resolvers.unshift(new RawOutputResolver());
  }
}
