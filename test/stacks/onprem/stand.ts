import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App } from 'cdk8s';
import type { FoundCluster, FoundNode, FoundPod } from '../../../components/onprem';
import { hasToken, InvalidInputError, type Manifest, splitTokens, synthesize } from '../../../constructs/core';
import { configFault, type OnpremConfig, onpremConfig, parseConfig } from '../../../stacks/config';
import { program } from '../../../stacks/onprem/program';
import { AUTHORITY, SERVER } from './key-pairs';

export type Values = Readonly<Record<string, unknown>>;

const folder = mkdtempSync(path.join(tmpdir(), 'onprem-files-'));

/** A file with this text. */
export function file(name: string, text: string): string {
  const at = path.join(folder, name);
  writeFileSync(at, text);
  return at;
}

/** What everybody must say. */
export const MINIMAL = { context: 'production', domain: 'ml.example.com' };

export const DATABASE = { engine: 'mysql', version: '8.4', host: 'sql.example.com', username: 'kubeflow', password: 'hush-sql', caFile: file('sql-ca.crt', AUTHORITY.certificate) };
export const GIVEN = { certificateFile: file('gateway.crt', SERVER.certificate), key: SERVER.key };
export const OWN_CA = { certificateFile: file('ca.crt', AUTHORITY.certificate), key: AUTHORITY.key };

/** Every part there is. */
export const EVERYTHING = {
  ...MINIMAL,
  imageRegistry: 'registry.example.com/mirror',
  teams: ['team-a', 'vision'],
  loadBalancer: { addresses: ['192.168.10.0/28', '192.168.10.100-192.168.10.110'], ingressAddress: '192.168.10.5' },
  certificates: { given: GIVEN },
  metricsServer: { install: true, kubeletCertificates: 'self-signed' },
  registry: { username: 'robot', password: 'hush-registry' },
  objectStore: { endpoint: 'http://minio.storage.svc:9000', bucket: 'models', accessKeyId: 'hush-id', secretAccessKey: 'hush-key' },
  database: DATABASE,
  signIn: { issuer: 'https://login.example.com/realms/ml', clientId: 'kubeflow', clientSecret: 'hush-oidc' },
  block: { storageClass: 'ceph-rbd' },
  sharedFiles: { nfs: { server: 'nfs.example.com', share: '/exports/kubeflow' } },
};

/** A configuration, and what it declares. */
export interface Declared {
  readonly app: App;
  readonly config: OnpremConfig;
  readonly objects: readonly Manifest[];
  one(kind: string, name: string, namespace?: string): Manifest;
}

/** Declares the stack, and says what is wrong as the list of all stacks does. */
export function declare(values: Values = MINIMAL): Declared {
  const app = new App();
  const config = parseConfig('onprem', onpremConfig, values);
  try {
    program(app, config);
  } catch (error) {
    throw error instanceof InvalidInputError ? configFault('onprem', onpremConfig, error) : error;
  }
  const objects = synthesize(app).map(({ manifest }) => manifest);
  return {
    app,
    config,
    objects,
    one(kind, name, namespace) {
      const [found, ...more] = objects.filter(({ kind: k, metadata: m }) => k === kind && m.name === name && (namespace === undefined || m.namespace === namespace));
      if (!found || more.length > 0) throw new Error(`${found ? 'more than one' : 'no'} ${kind}/${name}`);
      return found;
    },
  };
}

/** The text behind tokens, as the engine would put it in. */
export async function resolved(text: string): Promise<string> {
  if (!hasToken(text)) return text;
  const parts = splitTokens(text).map((part) => (typeof part === 'string' ? part : new Promise<string>((resolve) => (part.value as { apply(use: (value: string) => void): void }).apply(resolve))));
  return (await Promise.all(parts)).join('');
}

/** A node with room for a part of the platform. */
export function node(name: string, more: Partial<FoundNode> = {}): FoundNode {
  return { name, labels: { 'kubernetes.io/os': 'linux', pool: 'cpu' }, taints: [], allocatable: { cpu: '16', memory: '64Gi', pods: '110', 'ephemeral-storage': '100Gi' }, pods: [], ready: true, ...more };
}

export function pod(namespace: string, requests: Readonly<Record<string, string>>, name = 'pod'): FoundPod {
  return { namespace, name, spec: { containers: [{ name: 'main', resources: { requests } }] } };
}

/** A cluster on which everything fits. */
export function cluster(more: Partial<FoundCluster> = {}): FoundCluster {
  return {
    version: '1.35.2',
    nodes: ['n1', 'n2', 'n3'].map((name) => node(name)),
    storageClasses: { 'ceph-rbd': { isDefault: true }, cephfs: { isDefault: false } },
    csiDrivers: [],
    foreign: new Set(),
    ...more,
  };
}
