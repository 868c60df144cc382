import { createHash } from 'node:crypto';
import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { HardenedDaemonSet, httpProbe, yamlText } from '../core';
import type { NodeSelector } from './advertisements';
import { METALLB_IMAGES } from './images';
import { BGP_TYPE, commonArguments, HEALTH_PORT, METRICS_PORT, type ProgramProps, SCRAPE_ANNOTATIONS } from './programs';
import { MEMBERLIST_SECRET } from './rbac';

/** What only the speakers are told. */
export interface SpeakerProps extends ProgramProps {
  readonly excludedInterfaces: readonly string[];
  readonly memberlistPort: number;
  readonly nodeSelector?: NodeSelector;
  readonly tolerations?: readonly k8s.Toleration[];
}

/** Interfaces of container networks and the like, on which nobody asks for a Service's address. */
export const EXCLUDED_INTERFACES: readonly string[] = [
  '^docker.*', '^cbr.*', '^dummy.*', '^virbr.*', '^lxcbr.*', '^veth.*', '^lo$', '^cali.*', '^tunl.*', '^flannel.*', '^kube-ipvs.*', '^cni.*', '^nodelocaldns.*', '^lxc.*',
];

const NAME = 'speaker';
const SPEAKER_PODS = { app: 'metallb', component: 'speaker' } as const;
const EXCLUSION = 'metallb-excludel2';
const TOLERATIONS: readonly k8s.Toleration[] = ['node-role.kubernetes.io/master', 'node-role.kubernetes.io/control-plane'].map((key) => ({ key, operator: 'Exists', effect: 'NoSchedule' }));

/** The speakers: one on each node, which tells the network what addresses are there. */
export function speaker(scope: Construct, props: SpeakerProps): void {
  const { namespace, memberlistPort } = props;
  const exclusion = yamlText({ announcedInterfacesToExclude: props.excludedInterfaces });
  new k8s.KubeConfigMap(scope, 'excluded-interfaces', { metadata: { name: EXCLUSION, namespace }, data: { 'excludel2.yaml': exclusion } });
  const probe = (path: string): k8s.Probe => {
    const { httpGet, ...timing } = httpProbe(path, HEALTH_PORT, { initialDelaySeconds: 10, periodSeconds: 10 });
    // On the node's network it answers on loopback only.
    return httpGet ? { ...timing, httpGet: { ...httpGet, host: '127.0.0.1' } } : timing;
  };
  new HardenedDaemonSet(scope, 'speaker', {
    name: NAME,
    namespace,
    selector: SPEAKER_PODS,
    podAnnotations: {
      ...SCRAPE_ANNOTATIONS,
      // Read once, at start: a change of it must start new pods.
      'metallb.io/excluded-interfaces-hash': createHash('sha256').update(exclusion).digest('hex'),
    },
    serviceAccount: props.serviceAccount,
    apiAccess: 'Speakers watch Services, their endpoints and the nodes, and say which addresses they announce.',
    priorityClassName: props.priorityClassName,
    hostNetwork: true,
    runAsNonRoot: false,
    runAsUser: 0,
    nodeSelector: props.nodeSelector,
    tolerations: props.tolerations ?? TOLERATIONS,
    terminationGracePeriodSeconds: 2,
    waivers: [
      { policy: 'host-network', reason: 'Speakers answer for addresses on the network that the nodes are on.' },
      { policy: 'capabilities', reason: 'ARP is no protocol of sockets: answering takes NET_RAW, and nothing else is added.', containers: [NAME] },
      { policy: 'net-raw-capability', reason: 'ARP is no protocol of sockets: answering takes NET_RAW.', containers: [NAME] },
      { policy: 'run-as-non-root', reason: 'A capability that is added counts for root alone, since the image gives none to its program.' },
      { policy: 'probe-host', reason: 'The health endpoint listens on loopback of the node only, where no other machine reaches it.' },
    ],
    containers: [
      {
        name: NAME,
        image: METALLB_IMAGES.speaker,
        args: [...commonArguments(props)],
        env: {
          METALLB_NODE_NAME: { field: 'spec.nodeName' },
          METALLB_POD_NAME: { field: 'metadata.name' },
          METALLB_ML_BIND_ADDR: { field: 'status.podIP' },
          METALLB_ML_BIND_PORT: String(memberlistPort),
          METALLB_ML_LABELS: Object.entries(SPEAKER_PODS).map(([key, value]) => `${key}=${value}`).join(','),
          METALLB_ML_SECRET_KEY_PATH: '/etc/ml_secret_key',
          ...BGP_TYPE,
        },
        ports: { metricshttps: METRICS_PORT, 'memberlist-tcp': memberlistPort, 'memberlist-udp': { port: memberlistPort, protocol: 'UDP' } },
        resources: props.resources,
        readiness: probe('/readyz'),
        liveness: probe('/healthz'),
        mounts: [
          { name: 'memberlist', mountPath: '/etc/ml_secret_key', readOnly: true },
          { name: EXCLUSION, mountPath: '/etc/metallb', readOnly: true },
        ],
        security: { addCapabilities: ['NET_RAW'] },
      },
    ],
    volumes: [
      // Made by the controller when it first starts; speakers wait for it.
      { name: 'memberlist', secret: { secretName: MEMBERLIST_SECRET } },
      { name: EXCLUSION, configMap: { name: EXCLUSION } },
    ],
  });
}
