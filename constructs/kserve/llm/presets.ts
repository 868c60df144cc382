import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type Waiver, waiverAnnotations } from '../../core';
import { BEHIND_SIDECAR_PORT, type LlmPodOptions, SERVER_PORT, serverPod } from './server-pod';
import { parallelCommand } from './start-script';
import { routePreset, schedulerPreset } from './router-presets';

/** Props of {@link LlmPresets}. */
export interface LlmPresetsProps extends LlmPodOptions {
  readonly namespace: string;
}

/** Locked memory, raw device access and raw sockets: what verbs need where the device plugin does not provide for it. */
const RDMA_CAPABILITIES = ['IPC_LOCK', 'SYS_RAWIO', 'NET_RAW'];
const RDMA_WAIVERS: readonly Waiver[] = (['capabilities', 'net-raw-capability'] as const).map((policy) => ({
  policy,
  reason: 'The platform asks for RDMA between nodes of a model; the verbs libraries lock memory and open raw queues.',
}));

/**
 * What LLMInferenceServices start from: KServe merges the presets that fit a service (one node or several, prefill apart or not, with
 * a scheduler, with a route) under what the service itself says. Their names are fixed in KServe.
 *
 * @see https://github.com/kserve/kserve/tree/v0.17.0/config/llmisvcconfig
 */
export class LlmPresets extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: LlmPresetsProps,
  ) {
    super(scope, id);
    const simple = (port: number) => ['vllm', 'serve', '/mnt/models', '--served-model-name', '{{ .Spec.Model.Name }}', '--port', String(port)];
    const pod = (options: Parameters<typeof serverPod>[2]) => serverPod(this, props, options);

    this.preset('template', { template: pod({ port: SERVER_PORT, command: simple(SERVER_PORT) }) });
    this.preset('prefill-template', { prefill: { template: pod({ port: SERVER_PORT, command: simple(SERVER_PORT) }) } });
    this.preset('decode-template', { template: pod({ port: BEHIND_SIDECAR_PORT, command: simple(BEHIND_SIDECAR_PORT), routingSidecar: true }) });

    const several = props.rdma ? RDMA_WAIVERS : [];
    this.preset('worker-data-parallel', this.dataParallel({ parallelism: '.Spec.Parallelism', port: SERVER_PORT }), several);
    this.preset('prefill-worker-data-parallel', { prefill: this.dataParallel({ parallelism: '.Spec.Prefill.Parallelism', port: SERVER_PORT }) }, several);
    this.preset('decode-worker-data-parallel', this.dataParallel({ parallelism: '.Spec.Parallelism', port: BEHIND_SIDECAR_PORT, routingSidecar: true }), several);

    this.preset('scheduler', { router: { scheduler: schedulerPreset(this) } });
    this.preset('router-route', { router: { route: { http: { spec: routePreset() } } } });
  }

  private preset(suffix: string, spec: object, waivers: readonly Waiver[] = []): void {
    new ApiObject(this, suffix, {
      apiVersion: 'serving.kserve.io/v1alpha2',
      kind: 'LLMInferenceServiceConfig',
      metadata: { name: `kserve-config-llm-${suffix}`, namespace: this.props.namespace, annotations: waiverAnnotations(waivers, this.node.path) },
      spec,
    });
  }

  /** The first node and the others of a server that spreads over several. */
  private dataParallel(node: { readonly parallelism: '.Spec.Parallelism' | '.Spec.Prefill.Parallelism'; readonly port: number; readonly routingSidecar?: boolean }): object {
    const { port, routingSidecar = false, parallelism } = node;
    const capabilities = this.props.rdma ? { addCapabilities: RDMA_CAPABILITIES } : {};
    return {
      template: serverPod(this, this.props, { port, command: parallelCommand({ parallelism, port, leads: true }), readinessPeriodSeconds: 30, routingSidecar, ...capabilities }),
      worker: serverPod(this, this.props, {
        port,
        command: parallelCommand({ parallelism, port, leads: false }),
        answers: false,
        // Nodes that are idle in a step take part with made-up tokens; all alike, they would all ask the same experts.
        ...(routingSidecar && { env: { VLLM_RANDOMIZE_DP_DUMMY_INPUTS: '1' } }),
        ...capabilities,
      }),
    };
  }
}
