import type { k8s } from 'cdk8s-plus-27';
import type { ContainerResources, EnvValue, Image, Waiver } from '../../core';
import type { Gpus } from './props';

/** A language model, or an adapter of one. */
export interface LlmModel {
  /** `hf://organisation/model`, `s3://bucket/path`, `pvc://claim/path` or `oci://image`. */
  readonly uri: string;
  /** What requests call it. @default the name of the LLMInferenceService */
  readonly name?: string;
}

/** Servers of one kind, and the nodes each of them spreads over. */
export interface LlmWorkload {
  /** Servers. @default 1 */
  readonly replicas?: number;
  /** GPUs a node. @default none, which only an image for CPUs can do with */
  readonly gpus?: Gpus;
  /** What a node may use. @default the platform's (2 CPUs, 8 GiB; at most 8 and 32) */
  readonly resources?: ContainerResources;
  /** Image with vLLM in it. @default the platform's, for NVIDIA GPUs */
  readonly image?: Image;
  /** Further arguments of vLLM. @default none */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, EnvValue>>;
  /** GPUs a layer is cut over. @default 1 */
  readonly tensorParallel?: number;
  /** Copies of the model in one server, over several nodes. Needs LeaderWorkerSet in the cluster. @default none: one node */
  readonly dataParallel?: {
    /** Copies in all. */
    readonly size: number;
    /** Copies a node; `size` is a multiple. */
    readonly perNode: number;
    /** @default 5555 */
    readonly rpcPort?: number;
  };
  /** Spread a mixture of experts over the copies. @default false */
  readonly expertParallel?: boolean;
  /** ServiceAccount with credentials for the model's store. @default the namespace's `default` */
  readonly serviceAccount?: string;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly tolerations?: readonly k8s.Toleration[];
}

/** How requests come in. */
export interface LlmRouter {
  /** HTTPRoute: KServe's own, or such that you made. @default 'managed' */
  readonly route?: 'managed' | { readonly routes: readonly string[] };
  /** Gateways it attaches to. @default the platform's */
  readonly gateways?: readonly { readonly namespace: string; readonly name: string }[];
  /** Picks the server that has most of a request's prompt in its cache. @default false: evenly */
  readonly scheduler?: boolean | { readonly replicas: number };
}

/** Props of {@link LLMInferenceService}. */
export interface LLMInferenceServiceProps extends LlmWorkload {
  /** @default the construct's id */
  readonly name?: string;
  /** @default the chart's */
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly model: LlmModel;
  /** Adapters served beside the model, each by its name. @default none */
  readonly adapters?: readonly (LlmModel & { readonly name: string })[];
  /** Servers apart that read prompts, so that the others only write answers. @default none */
  readonly prefill?: LlmWorkload;
  /** Lets requests in through the platform's Gateway, which KServe must have been given. @default inside the cluster only */
  readonly router?: LlmRouter;
  /** Names of LLMInferenceServiceConfigs, here or in KServe's namespace, that complete this one. @default the platform's presets only */
  readonly configs?: readonly string[];
  /** Keep the object but no pods. @default false */
  readonly stopped?: boolean;
  readonly waivers?: readonly Waiver[];
}
