import { stringify } from 'yaml';

/**
 * What happens to simulated objects, as kwok `Stage`s. Differences from kwok's own stages: pods of Jobs keep
 * running (training jobs are to be seen at work, not finished at once), Services of type LoadBalancer
 * get an address, and claims get a volume.
 * @see https://kwok.sigs.k8s.io/docs/user/stages-configuration/
 */
export function kwokStages(): string {
  return [NODE_READY, NODE_HEARTBEAT, POD_RUNNING, POD_GONE, LOAD_BALANCER, VOLUME_PROVISION, VOLUME_GONE].map((stage) => stringify(stage)).join('---\n');
}

/** Storage class that {@link kwokStages} provisions for; the default one of an embedded cluster. */
export const STORAGE_CLASS = 'standard';
/** Name simulated storage goes by. */
export const STORAGE_PROVISIONER = 'volume.kwok.x-k8s.io';

/** A jq query and what it must yield; without a value, that it must yield nothing. */
type Requirement = readonly [query: string, value?: string];

const where = (...requirements: Requirement[]): object => ({
  matchExpressions: requirements.map(([key, value]) => ({
    jq: value === undefined ? { key, operator: 'DoesNotExist' } : { key, operator: 'In', values: [value] },
  })),
});
const NOT_DELETED: Requirement = ['.metadata.deletionTimestamp'];
/** `"True"`, or nothing at all. */
const READY = '.status.conditions[]? | select(.type == "Ready" and .status == "True") | .status';

function stage(name: string, kind: string, spec: Readonly<Record<string, unknown>>): object {
  return { apiVersion: 'kwok.x-k8s.io/v1alpha1', kind: 'Stage', metadata: { name }, spec: { resourceRef: { apiGroup: 'v1', kind }, ...spec } };
}

function status(template: string): object {
  return { patch: { root: 'status', subresource: 'status', template } };
}

const CONDITIONS_OF_NODE = `{{ $now := Now }}
conditions:
{{ range NodeConditions }}
- type: {{ .type | Quote }}
  status: {{ .status | Quote }}
  reason: {{ .reason | Quote }}
  message: {{ .message | Quote }}
  lastHeartbeatTime: {{ $now | Quote }}
  lastTransitionTime: {{ $now | Quote }}
{{ end }}
`;

const NODE_READY = stage('node-ready', 'Node', {
  selector: where([READY]),
  steps: [status(`${CONDITIONS_OF_NODE}addresses:
- type: InternalIP
  address: {{ NodeIP | Quote }}
- type: Hostname
  address: {{ .metadata.name | Quote }}
phase: Running
`)],
});

const NODE_HEARTBEAT = stage('node-heartbeat', 'Node', {
  selector: where([READY, 'True']),
  delay: { durationMilliseconds: 600_000, jitterDurationMilliseconds: 660_000 },
  steps: [status(CONDITIONS_OF_NODE)],
});

const POD_RUNNING = stage('pod-running', 'Pod', {
  selector: where(NOT_DELETED, ['.status.phase', 'Pending']),
  steps: [status(`{{ $now := Now }}
phase: Running
startTime: {{ $now | Quote }}
conditions:
{{ range list "Initialized" "ContainersReady" "Ready" }}
- type: {{ . | Quote }}
  status: "True"
  lastTransitionTime: {{ $now | Quote }}
{{ end }}
{{ range .spec.readinessGates }}
- type: {{ .conditionType | Quote }}
  status: "True"
  lastTransitionTime: {{ $now | Quote }}
{{ end }}
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  imageID: ""
  ready: true
  started: true
  restartCount: 0
  state: { running: { startedAt: {{ $now | Quote }} } }
{{ end }}
{{ if .spec.initContainers }}
initContainerStatuses:
{{ range .spec.initContainers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  imageID: ""
  ready: true
  restartCount: 0
  {{ if eq (or .restartPolicy "") "Always" }}
  started: true
  state: { running: { startedAt: {{ $now | Quote }} } }
  {{ else }}
  state: { terminated: { exitCode: 0, reason: Completed, startedAt: {{ $now | Quote }}, finishedAt: {{ $now | Quote }} } }
  {{ end }}
{{ end }}
{{ end }}
{{ with NodeIPWith .spec.nodeName }}
hostIP: {{ . | Quote }}
hostIPs: [{ ip: {{ . | Quote }} }]
{{ end }}
{{ with PodIPWith .spec.nodeName (or .spec.hostNetwork false) (or .metadata.uid "") (or .metadata.name "") (or .metadata.namespace "") }}
podIP: {{ . | Quote }}
podIPs: [{ ip: {{ . | Quote }} }]
{{ end }}
`)],
});

const POD_GONE = stage('pod-gone', 'Pod', { selector: { matchExpressions: [{ jq: { key: '.metadata.deletionTimestamp', operator: 'Exists' } }] }, steps: [{ delete: true }] });

/** An address of the block reserved for documentation (RFC 5737): it leads nowhere. */
const LOAD_BALANCER = stage('load-balancer', 'Service', {
  selector: where(NOT_DELETED, ['.spec.type', 'LoadBalancer'], ['.status.loadBalancer.ingress']),
  steps: [status('loadBalancer:\n  ingress:\n  - ip: 192.0.2.1\n')],
});

/** The controller manager binds the claim to the volume made for it. */
const VOLUME_PROVISION = stage('volume-provision', 'PersistentVolumeClaim', {
  selector: where(NOT_DELETED, ['.spec.storageClassName', STORAGE_CLASS], ['.spec.volumeName'], ['.status.phase', 'Pending']),
  steps: [{
    apply: {
      template: `apiVersion: v1
kind: PersistentVolume
metadata:
  name: pvc-{{ .metadata.uid }}
  annotations:
    pv.kubernetes.io/provisioned-by: ${STORAGE_PROVISIONER}
spec:
  accessModes: {{ .spec.accessModes | toJson }}
  capacity: {{ .spec.resources.requests | toJson }}
  persistentVolumeReclaimPolicy: Delete
  storageClassName: ${STORAGE_CLASS}
  volumeMode: {{ or .spec.volumeMode "Filesystem" }}
  csi:
    driver: ${STORAGE_PROVISIONER}
    volumeHandle: {{ .metadata.uid | Quote }}
  claimRef:
    apiVersion: v1
    kind: PersistentVolumeClaim
    namespace: {{ .metadata.namespace | Quote }}
    name: {{ .metadata.name | Quote }}
    uid: {{ .metadata.uid | Quote }}
`,
    },
  }],
});

const VOLUME_GONE = stage('volume-gone', 'PersistentVolume', {
  selector: where(NOT_DELETED, ['.spec.storageClassName', STORAGE_CLASS], ['.status.phase', 'Released']),
  steps: [{ delete: true }],
});
