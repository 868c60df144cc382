import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent, type RequestOptions } from 'node:https';
import { homedir } from 'node:os';
import path from 'node:path';
import { createSecureContext } from 'node:tls';
import { parse } from 'yaml';
import { isObject } from './objects';

/** Number of connections kept open to one API server. */
export const CONNECTIONS = 32;

/** How requests reach one API server, with whatever proves who we are. */
export interface ClusterConnection {
  /** Base URL, without a trailing slash; may have a path. */
  readonly server: string;
  /** Name of the kubeconfig context in use. */
  readonly context: string;
  /** Namespace of the context, if it names one. */
  readonly namespace?: string;
  /** Agent and headers for the next request. Runs credential plugins when their token has expired. */
  credentials(): Credentials | Promise<Credentials>;
}

/** What a request carries besides its own content. */
export interface Credentials {
  readonly agent: HttpAgent | HttpsAgent;
  readonly headers: Readonly<Record<string, string>>;
}

/** Which cluster to talk to. */
export interface KubeconfigSource {
  /**
   * Contents of a kubeconfig, or the path of one (`~` is the home directory).
   * @default - the files of the KUBECONFIG environment variable, then ~/.kube/config, then the service account of the pod
   */
  readonly kubeconfig?: string;
  /**
   * Name of the context.
   * @default - the current context of the kubeconfig
   */
  readonly context?: string;
}

/**
 * Opens a kubeconfig. Users with certificates or a token are read here; the full Kubernetes client, whose
 * import alone takes half a second, is loaded only for what needs it: credential plugins (`exec`), OIDC and other
 * auth providers, impersonation, proxies, several merged files, in-cluster service accounts.
 * @throws Error when the kubeconfig cannot be read or lacks the context.
 */
export async function openCluster(source: KubeconfigSource = {}): Promise<ClusterConnection> {
  const { text, file } = read(source.kubeconfig);
  const simple = text === undefined ? undefined : simpleConnection(text, file, source.context);
  return simple ?? libraryConnection(text, file, source.context);
}

function read(kubeconfig: string | undefined): { text?: string; file?: string } {
  const value = kubeconfig?.trim();
  if (value && (value.includes('\n') || value.startsWith('{'))) return { text: value };
  const files = value ? [value] : (process.env['KUBECONFIG'] ?? '').split(path.delimiter).filter(Boolean);
  if (files.length > 1) return {};
  const file = expandHome(files[0] ?? '~/.kube/config');
  try {
    return { text: readFileSync(file, 'utf8'), file };
  } catch (error) {
    if (files.length === 0) return {};
    throw new Error(`kubeconfig ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function expandHome(file: string): string {
  return file === '~' || file.startsWith('~/') ? path.join(homedir(), file.slice(1)) : path.resolve(file);
}

/** The connection for a user whose credentials are plain values, or nothing when the library has to do it. */
function simpleConnection(text: string, file: string | undefined, wanted: string | undefined): ClusterConnection | undefined {
  const config: unknown = text.startsWith('{') ? JSON.parse(text) : parse(text);
  if (!isObject(config)) throw new Error(`kubeconfig ${file ?? '(given as text)'} is not a kubeconfig: it holds no mapping`);
  const contextName = wanted ?? string(config['current-context']);
  const context = entry(config, 'contexts', 'context', contextName);
  const cluster = entry(config, 'clusters', 'cluster', string(context?.['cluster']));
  const user = entry(config, 'users', 'user', string(context?.['user'])) ?? {};
  if (!contextName || !context || !cluster) throw new Error(missing(config, file, contextName, context));
  const handled = ['client-certificate', 'client-certificate-data', 'client-key', 'client-key-data', 'token'];
  if (cluster['proxy-url'] || Object.keys(user).some((key) => !handled.includes(key))) return undefined;

  const pem = (owner: Record<string, unknown>, key: string): Buffer | undefined => {
    const data = string(owner[`${key}-data`]);
    if (data) return Buffer.from(data, 'base64');
    const name = string(owner[key]);
    return name ? readFileSync(path.resolve(file ? path.dirname(file) : '.', name)) : undefined;
  };
  const server = (string(cluster['server']) ?? '').replace(/\/$/, '');
  const options = { keepAlive: true, maxSockets: CONNECTIONS, scheduling: 'lifo' as const };
  const agent = server.startsWith('http://') ? new HttpAgent(options) : new HttpsAgent({
    ...options,
    // Made once: each connection would parse the certificates again.
    secureContext: createSecureContext({
      ca: pem(cluster, 'certificate-authority'),
      cert: pem(user, 'client-certificate'),
      key: pem(user, 'client-key'),
    }),
    ...(cluster['insecure-skip-tls-verify'] === true ? { rejectUnauthorized: false } : {}),
    servername: string(cluster['tls-server-name']),
  });
  const token = string(user['token']);
  const credentials: Credentials = { agent, headers: token ? { authorization: `Bearer ${token}` } : {} };
  return { server, context: contextName, namespace: string(context['namespace']), credentials: () => credentials };
}

function missing(config: Record<string, unknown>, file: string | undefined, context: string | undefined, found: unknown): string {
  const names = list(config['contexts']).map((item) => string(item['name'])).filter(Boolean);
  const where = `kubeconfig ${file ?? '(given as text)'}`;
  if (!context) return `${where} names no current context; choose one of: ${names.join(', ') || '(it has none)'}`;
  if (found) return `${where}: the cluster of context ${context} is missing`;
  return `${where} has no context ${context}; it has: ${names.join(', ') || '(none)'}`;
}

function entry(config: Record<string, unknown>, section: string, key: string, name: string | undefined): Record<string, unknown> | undefined {
  const found = list(config[section]).find((item) => item['name'] === name);
  return found && isObject(found[key]) ? found[key] : undefined;
}

function list(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function string(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

async function libraryConnection(text: string | undefined, file: string | undefined, context: string | undefined): Promise<ClusterConnection> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  if (file) config.loadFromFile(file);
  else if (text !== undefined) config.loadFromString(text);
  else config.loadFromDefault();
  if (context) config.setCurrentContext(context);
  const cluster = config.getCurrentCluster();
  if (!cluster) throw new Error(`The kubeconfig has no context ${context ?? config.getCurrentContext()}; it has: ${config.getContexts().map((item) => item.name).join(', ') || '(none)'}`);

  let agent: HttpAgent | HttpsAgent | undefined;
  let agentFor: unknown;
  return {
    server: cluster.server.replace(/\/$/, ''),
    context: config.getCurrentContext(),
    namespace: config.getContextObject(config.getCurrentContext())?.namespace,
    async credentials() {
      const options: RequestOptions = {};
      await config.applyToHTTPSOptions(options);
      // The library makes an agent a request; one is kept, so that connections live on, until the certificate changes.
      if ((!agent || agentFor !== options.cert) && options.agent instanceof HttpAgent) {
        agent = Object.assign(options.agent, { keepAlive: true, maxSockets: CONNECTIONS });
        agentFor = options.cert;
      }
      if (!agent) throw new Error('The Kubernetes client made no agent for this cluster');
      const basic: Record<string, string> = options.auth ? { authorization: `Basic ${Buffer.from(options.auth).toString('base64')}` } : {};
      return { agent, headers: { ...basic, ...plainHeaders(options.headers) } };
    },
  };
}

function plainHeaders(headers: RequestOptions['headers']): Record<string, string> {
  if (!headers || Array.isArray(headers)) return {};
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
}
