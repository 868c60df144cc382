import type { App } from 'cdk8s';
import type { z } from 'zod';
import type { Output, Resource } from '@pulumi/pulumi';
import type { Leftovers } from '../components/drain';
import type { NodePoolCapacity } from '../components/capacity';

/** Where a stack's objects go. */
export type Target =
  /** The embedded control plane of this machine. */
  | { readonly kind: 'embedded'; readonly nodes: number; readonly gpuNodes: number }
  /** A cluster that exists. */
  | { readonly kind: 'existing'; readonly kubeconfig: string; readonly context: string }
  /** A cluster that the stack makes, or finds, in a cloud. */
  | { readonly kind: 'provisioned'; readonly cloud: Cloud };

/** A cluster that was there before the program. */
export interface ReachedPlace {
  readonly kubeconfig: string;
  readonly context: string;
}

/** A cloud, by the name of its Pulumi package. */
export type Cloud = 'aws' | 'gcp' | 'azure-native';

/**
 * Where facts about a cloud come from: asked of it, or taken as the configuration has them, for looking at a stack without an
 * account.
 */
export type Facts = 'live' | 'assumed';

/** The cluster that a stack made. */
export interface Provisioned {
  /** Contents of a kubeconfig. */
  readonly kubeconfig: Output<string>;
  /** Context of the kubeconfig. */
  readonly context: string;
  /** What must be there before anything is deployed to it: nodes, add-ons. */
  readonly readyAfter: readonly Resource[];
  /** What people need to know of what was made. */
  readonly outputs: Readonly<Record<string, Output<unknown>>>;
  /** What is done, when the cluster goes, with what people have left in it. @default the cluster was there before, and stays */
  readonly leftovers?: Leftovers;
  /** What its nodes have room for. */
  readonly nodePools: readonly NodePoolCapacity[];
}

/** A stack: what is deployed, and where to. */
export interface Stack<Schema extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly description: string;
  readonly config: Schema;
  readonly target: (config: z.infer<Schema>) => Target;
  /** Declares the objects and, in a Pulumi program, what they stand on. Loads no more than this stack needs. */
  readonly declare: (app: App, config: z.infer<Schema>, facts: Facts) => Promise<Provisioned | void>;
  /** Looks at a cluster that was there before, and refuses what cannot work on it. @default nothing is asked */
  readonly preflight?: (app: App, config: z.infer<Schema>, place: ReachedPlace) => Promise<void>;
}

/** What a stack declared. */
export interface Declared {
  readonly app: App;
  /** Only of a stack that makes its cluster. */
  readonly provisioned?: Provisioned;
}

/** A stack with its configuration checked and filled in. */
export interface ConfiguredStack {
  readonly name: string;
  readonly target: Target;
  /** Declares the objects in an app of their own; the same every time. */
  readonly declare: (facts: Facts) => Promise<Declared>;
  /** Refuses what cannot work on a cluster that was there before. */
  readonly preflight: (app: App, place: ReachedPlace) => Promise<void>;
}
