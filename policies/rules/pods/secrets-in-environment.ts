import { read } from '../../engine/field-path';
import { podPolicy } from '../../engine/pod-policy';
import { setting } from '../../engine/setting';
import { readOr } from '../../engine/unknown-value';
import { cis } from '../cis';
import { examplePod } from './example';

/** CIS 5.4.1: secrets reach a container as files. */
export const secretsInEnvironment = podPolicy({
  id: 'secrets-in-environment',
  title: 'Containers read secrets from files',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: cis({ kubernetes: '5.4.1', eks: '4.4.1', gke: '4.4.1', aks: '4.5.1' }),
  rationale:
    'The environment of a process goes to every program that it starts, is printed into logs and crash reports, and can be ' +
    'read by whoever may look at the process. It also keeps the old value when a secret is changed. A file has none of ' +
    'these troubles.',
  remediation: 'Mount the secret as a volume, and let the program read the file.',
  examples: {
    fails: examplePod({ env: [{ name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }] }),
    passes: examplePod(
      { env: [{ name: 'DB_PASSWORD_FILE', value: '/var/run/secrets/db/password' }], volumeMounts: [{ name: 'db', mountPath: '/var/run/secrets/db' }] },
      { volumes: [{ name: 'db', secret: { secretName: 'db' } }] },
    ),
  },
  checkContainer(container, report) {
    const { value: env } = setting(container, 'env');
    for (const index of Array.isArray(env) ? env.keys() : []) {
      const { path, value } = setting(container, 'env', index, 'valueFrom', 'secretKeyRef');
      if (value === undefined) continue;
      const message = `container '${container.name}' takes variable ${nameIn(() => read(env, index, 'name'))} from secret ${nameIn(() => read(value, 'name'))}`;
      report.finding({ at: container, path, found: value, message });
    }
    const { value: envFrom } = setting(container, 'envFrom');
    for (const index of Array.isArray(envFrom) ? envFrom.keys() : []) {
      const { path, value } = setting(container, 'envFrom', index, 'secretRef');
      if (value === undefined) continue;
      report.finding({ at: container, path, found: value, message: `container '${container.name}' takes variables from secret ${nameIn(() => read(value, 'name'))}` });
    }
  },
});

function nameIn(reader: () => unknown): string {
  const name = readOr(undefined, reader);
  return typeof name === 'string' ? `'${name}'` : '(no name)';
}
