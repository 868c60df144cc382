import type { Construct } from 'constructs';
import { templateContainer } from '../../core';
import { LLM_IMAGES } from '../images';
import { SERVER_PORT } from './server-pod';

/** Names KServe derives from that of a service; `ChildName` shortens them to what Kubernetes allows. */
const POOL = '{{ ChildName .ObjectMeta.Name `-inference-pool` }}';
const WORKLOAD_SERVICE = '{{ ChildName .ObjectMeta.Name `-kserve-workload-svc` }}';
const SCHEDULER_SERVICE = '{{ ChildName .ObjectMeta.Name `-epp-service` }}';

const GRPC_PORT = 9002;
const GRPC_HEALTH_PORT = 9003;

/** The scheduler (endpoint picker) of a service, and the pool of servers it picks from. */
export function schedulerPreset(scope: Construct): object {
  const probe = (service: string, initialDelaySeconds: number) => ({ grpc: { port: GRPC_HEALTH_PORT, service }, initialDelaySeconds, periodSeconds: 10 });
  return {
    pool: {
      spec: {
        // Without a scheduler the gateway spreads requests evenly.
        endpointPickerRef: { kind: 'Service', name: SCHEDULER_SERVICE, port: { number: GRPC_PORT }, failureMode: 'FailOpen' },
        selector: {
          matchLabels: {
            'app.kubernetes.io/name': '{{ .ObjectMeta.Name }}',
            'app.kubernetes.io/part-of': 'llminferenceservice',
            'kserve.io/component': 'workload',
          },
        },
        targetPorts: [{ number: SERVER_PORT }],
      },
    },
    template: {
      containers: [
        templateContainer(scope, {
          name: 'main',
          image: LLM_IMAGES.scheduler,
          args: [
            '--pool-name', POOL,
            '--pool-namespace', '{{ .ObjectMeta.Namespace }}',
            '--zap-encoder', 'json',
            '--grpc-port', String(GRPC_PORT),
            '--grpc-health-port', String(GRPC_HEALTH_PORT),
            '--kv-cache-usage-percentage-metric', 'vllm:kv_cache_usage_perc',
          ],
          ports: { grpc: GRPC_PORT, 'grpc-health': GRPC_HEALTH_PORT, metrics: 9090, zmq: 5557 },
          resources: { cpu: { request: '256m', limit: '2' }, memory: { request: '500Mi', limit: '2Gi' } },
          readiness: probe('readiness', 30),
          liveness: probe('liveness', 5),
          mounts: [{ name: 'tls-certs', mountPath: '/var/run/kserve/tls', readOnly: true }],
        }),
      ],
      volumes: [{ name: 'tls-certs', secret: { secretName: '{{ ChildName .ObjectMeta.Name `-kserve-self-signed-certs` }}' } }],
      dnsPolicy: 'ClusterFirst',
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
    },
  };
}

/** Completions go to the pool, by way of the scheduler; everything else below the service's path to any server. */
export function routePreset(): object {
  const pool = { group: 'inference.networking.k8s.io', kind: 'InferencePool', name: POOL };
  return {
    parentRefs: [
      {
        group: 'gateway.networking.k8s.io',
        kind: 'Gateway',
        name: '{{ .GlobalConfig.IngressGatewayName }}',
        namespace: '{{ .GlobalConfig.IngressGatewayNamespace }}',
      },
    ],
    rules: [rule('/v1/completions', pool), rule('/v1/chat/completions', pool), rule('', { kind: 'Service', name: WORKLOAD_SERVICE })],
  };
}

function rule(path: string, backend: object): object {
  return {
    matches: [{ path: { type: 'PathPrefix', value: `/{{ .ObjectMeta.Namespace }}/{{ .ObjectMeta.Name }}${path}` } }],
    filters: [{ type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: path || '/' } } }],
    backendRefs: [{ ...backend, port: SERVER_PORT, weight: 1 }],
    // A long answer takes as long as it takes.
    timeouts: { request: '0s', backendRequest: '0s' },
  };
}
