// Kubernetes objects of a made-up company, the same in every run: teams of 25 objects each, a sixth of whose Deployments have flaws.
import { closeSync, openSync, writeSync } from 'node:fs';

export const TEAM_SIZE = 25;

/** Writes that many objects, rounded to whole teams, to a file; returns how many they are. */
export function writeManifests(file, objects) {
  const teams = Math.ceil(objects / TEAM_SIZE);
  const descriptor = openSync(file, 'w');
  for (let team = 0; team < teams; team += 1) writeSync(descriptor, teamManifests(`team-${team}`));
  closeSync(descriptor);
  return teams * TEAM_SIZE;
}

function teamManifests(team) {
  const numbers = (count) => Array.from({ length: count }, (_, index) => index);
  return [
    namespace(team),
    object('networking.k8s.io/v1', 'NetworkPolicy', 'default-deny', team, 'spec:\n  podSelector: {}\n  policyTypes: [Ingress, Egress]\n'),
    object('v1', 'ResourceQuota', 'quota', team, 'spec:\n  hard: {limits.cpu: "40", limits.memory: 80Gi, requests.cpu: "20", requests.memory: 40Gi, pods: "100"}\n'),
    object('v1', 'LimitRange', 'limits', team, 'spec:\n  limits:\n    - type: Container\n      default: {cpu: "1", memory: 512Mi}\n      defaultRequest: {cpu: 100m, memory: 128Mi}\n'),
    ...numbers(3).map((index) => object('v1', 'ServiceAccount', `app-${index}`, team, 'automountServiceAccountToken: false\n')),
    ...numbers(6).map((index) => deployment(`app-${index}`, team, index % 3, index === 5)),
    ...numbers(6).map((index) => object('v1', 'Service', `app-${index}`, team, `spec:\n  selector:\n    app: app-${index}\n  ports:\n    - name: http\n      port: 80\n      targetPort: 8080\n`)),
    ...numbers(4).map((index) => object('v1', 'ConfigMap', `settings-${index}`, team, `data:\n  level: info\n  app.properties: |\n    team=${team}\n    number=${index}\n    cache.size=1024\n`)),
    object('rbac.authorization.k8s.io/v1', 'Role', 'reader', team, 'rules:\n  - apiGroups: [""]\n    resources: [configmaps]\n    verbs: [get, list, watch]\n'),
    object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'reader', team, `roleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: Role\n  name: reader\nsubjects:\n  - kind: ServiceAccount\n    name: app-0\n    namespace: ${team}\n`),
  ].join('');
}

function object(apiVersion, kind, name, namespace, rest) {
  return `---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\n  labels:\n    app.kubernetes.io/part-of: ${namespace}\n${rest}`;
}

function namespace(name) {
  const modes = ['enforce', 'audit', 'warn'].map((mode) => `    pod-security.kubernetes.io/${mode}: restricted\n`);
  return `---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n  labels:\n${modes.join('')}`;
}

function deployment(name, team, account, flawed) {
  const security = flawed
    ? '            privileged: true\n'
    : '            allowPrivilegeEscalation: false\n            readOnlyRootFilesystem: true\n            capabilities:\n              drop: [ALL]\n';
  const limits = flawed ? '' : '            limits: {cpu: "1", memory: 256Mi}\n';
  return object('apps/v1', 'Deployment', name, team, `spec:
  replicas: 2
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      serviceAccountName: app-${account}
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        runAsUser: 10001
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: main
          image: registry.example.com/${team}/${name}@sha256:${'0123456789abcdef'.repeat(4)}
          args: ["--port=8080", "--settings=/etc/app/app.properties"]
          ports:
            - name: http
              containerPort: 8080
          readinessProbe:
            httpGet: {path: /ready, port: http}
          securityContext:
${security}          resources:
            requests: {cpu: 100m, memory: 128Mi}
${limits}          volumeMounts:
            - name: settings
              mountPath: /etc/app
              readOnly: true
      volumes:
        - name: settings
          configMap:
            name: settings-${account}
`);
}
