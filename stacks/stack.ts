import type { App } from 'cdk8s';
import type { z } from 'zod';

/** Where a stack's objects go. */
export type Target =
  /** The embedded control plane of this machine. */
  | { readonly kind: 'embedded'; readonly nodes: number; readonly gpuNodes: number }
  /** A cluster that exists. */
  | { readonly kind: 'existing'; readonly kubeconfig: string; readonly context: string };

/** A stack: what is deployed, and where to. */
export interface Stack<Schema extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly description: string;
  readonly config: Schema;
  /** Declares the objects. */
  readonly build: (app: App, config: z.infer<Schema>) => void;
  readonly target: (config: z.infer<Schema>) => Target;
}

/** A stack with its configuration checked and filled in. */
export interface ConfiguredStack {
  readonly name: string;
  readonly target: Target;
  /** Declares the objects in an app of their own; the same every time. */
  readonly synthesize: () => App;
}
