import { type Finding, type KubernetesObject, POLICIES, type Policy } from '../../policies';

type Fields = Readonly<Record<string, unknown>>;

const CORE_IDS = [
  'pod-security-enforced', 'privileged', 'host-pid', 'host-ipc', 'host-network', 'privilege-escalation', 'run-as-non-root', 'net-raw-capability', 'capabilities',
  'windows-host-process', 'host-path', 'host-port', 'cpu-requests', 'cpu-limits', 'memory-requests', 'memory-limits',
];

/** Some policies that see one object alone: what tests of the engine run, so that a new policy changes none of them. */
export const CORE: readonly Policy[] = POLICIES.filter(({ id }) => CORE_IDS.includes(id));

/** A container that passes the policies of {@link CORE}. */
export const CLEAN_CONTAINER = {
  name: 'main',
  image: 'registry.example.com/app:1.0',
  securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: { drop: ['ALL'] } },
  resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '1', memory: '128Mi' } },
} as const;

/** A container that fails most of them. */
export const BARE_CONTAINER = { name: 'main', image: 'registry.example.com/app:1.0' } as const;

/** A Deployment around a pod spec. */
export function deployment(podSpec: Fields, metadata: Fields = {}, podMetadata: Fields = {}): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'team-a', ...metadata },
    spec: { selector: {}, template: { metadata: podMetadata, spec: podSpec } },
  };
}

/** A Deployment of one container that passes {@link CORE} but for what is given. */
export function withContainer(container: Fields, podSpec: Fields = {}): KubernetesObject {
  return deployment({ ...podSpec, containers: [{ ...CLEAN_CONTAINER, ...container }] });
}

/** `policy container? path` of each finding: what a test usually compares. */
export function brief(findings: readonly Finding[]): string[] {
  return findings.map(({ policy, container, path }) => [policy, container, path].filter((part) => part !== undefined).join(' '));
}
