import path from 'node:path';
import type { Construct } from 'constructs';
import { type CrdAddition, CustomResourceDefinitions } from '../core';
import { LLM_WEBHOOK_SERVICE } from './llm/names';
import { INFERENCE_EXTENSION_VERSION } from './versions';

/** Which of KServe's CRDs are wanted, and who converts between the versions of one. */
export interface KServeCrdsProps {
  readonly namespace: string;
  /** @default none: without LLMInferenceServices */
  readonly llm?: { readonly injectCa: Readonly<Record<string, string>> };
  readonly localModels: boolean;
}

const INFERENCE_EXTENSION = /\.inference\.networking\.(x-)?k8s\.io$/;

/** The API server refuses CRDs of a `k8s.io` group without a word on their review. */
const REVIEWS: Readonly<Record<string, string>> = {
  'inferencepools.inference.networking.k8s.io': 'https://github.com/kubernetes-sigs/gateway-api-inference-extension/pull/1173',
  'inferencepools.inference.networking.x-k8s.io': 'unapproved, experimental-only',
};

/** KServe's CRDs, and with LLMInferenceServices those of the Gateway API Inference Extension, which their scheduler speaks. */
export function kserveCrds(scope: Construct, props: KServeCrdsProps): void {
  new CustomResourceDefinitions(scope, 'crds', {
    file: path.join(__dirname, 'crds.json'),
    only: (name) => {
      if (name.startsWith('localmodel')) return props.localModels;
      if (name.startsWith('llminference') || INFERENCE_EXTENSION.test(name)) return props.llm !== undefined;
      return true;
    },
    add: (name) => addition(name, props),
  });
}

function addition(name: string, { namespace, llm }: KServeCrdsProps): CrdAddition | undefined {
  if (INFERENCE_EXTENSION.test(name)) {
    const review = REVIEWS[name];
    return {
      annotations: {
        'inference.networking.k8s.io/bundle-version': `v${INFERENCE_EXTENSION_VERSION}`,
        ...(review !== undefined && { 'api-approved.kubernetes.io': review }),
      },
    };
  }
  if (!name.startsWith('llminference') || !llm) return undefined;
  return {
    annotations: llm.injectCa,
    conversion: {
      strategy: 'Webhook',
      webhook: {
        clientConfig: { service: { name: LLM_WEBHOOK_SERVICE, namespace, path: '/convert', port: 443 } },
        conversionReviewVersions: ['v1', 'v1beta1'],
      },
    },
  };
}
