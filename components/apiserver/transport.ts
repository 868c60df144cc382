import { setMaxListeners } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, ConnectionError } from './errors';
import type { ClusterConnection } from './kubeconfig';

/** One request to the API server. */
export interface ApiRequest {
  readonly method: 'GET' | 'PATCH' | 'POST' | 'PUT' | 'DELETE';
  /** Path with its query, below the server's base URL. */
  readonly path: string;
  readonly body?: unknown;
  /** @default application/json */
  readonly contentType?: string;
  /** @default application/json */
  readonly accept?: string;
  readonly signal?: AbortSignal;
}

/** A success answer. */
export interface ApiResponse {
  readonly code: number;
  readonly body: unknown;
}

/** Milliseconds over which attempts are spread before a request that may be repeated is given up. */
export const PATIENCE_MS = 30_000;
const REQUEST_TIMEOUT_MS = 60_000;

/**
 * Sends requests over the kept connections. A request is repeated only when that is safe: server-side apply, reads
 * and deletions mean the same when they arrive twice, so a broken connection, 429, 502, 503, 504 and a webhook that
 * does not answer yet are tried again for a while. A POST is repeated only when it cannot have arrived.
 */
export class Transport {
  constructor(
    readonly connection: ClusterConnection,
    private readonly patienceMs: number = PATIENCE_MS,
  ) {}

  async send(request: ApiRequest): Promise<ApiResponse> {
    if (request.signal) setMaxListeners(0, request.signal);
    const started = performance.now();
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.attempt(request);
      } catch (error) {
        const delay = retryDelay(error, request.method, attempt);
        const elapsed = performance.now() - started;
        if (delay === undefined || request.signal?.aborted || elapsed + delay > this.patienceMs) throw error;
        await sleep(delay, undefined, { signal: request.signal });
      }
    }
  }

  /** Opens a request whose answer is read as it comes (watch). */
  async stream(path: string, signal: AbortSignal): Promise<IncomingMessage> {
    const response = await this.open({ method: 'GET', path, signal });
    if (response.statusCode === 200) return response;
    throw ApiError.fromResponse(response.statusCode ?? 0, await text(response), `GET ${path}`, response.headers['retry-after']);
  }

  private async attempt(request: ApiRequest): Promise<ApiResponse> {
    const response = await this.open(request, REQUEST_TIMEOUT_MS);
    const what = `${request.method} ${request.path.split('?')[0]}`;
    const body = await text(response).catch((error: Error) => {
      throw new ConnectionError(this.connection.server, what, error);
    });
    const code = response.statusCode ?? 0;
    if (code < 200 || code > 299) throw ApiError.fromResponse(code, body, what, response.headers['retry-after']);
    return { code, body: body === '' ? undefined : JSON.parse(body) };
  }

  private async open(request: ApiRequest, timeout?: number): Promise<IncomingMessage> {
    const { server } = this.connection;
    const { agent, headers } = await this.connection.credentials();
    const body = request.body === undefined ? undefined : Buffer.from(JSON.stringify(request.body));
    return new Promise((resolve, reject) => {
      const send = server.startsWith('http:') ? httpRequest : httpsRequest;
      const outgoing = send(server + request.path, {
        method: request.method,
        agent,
        signal: request.signal,
        timeout,
        headers: {
          'user-agent': 'kubeflow-cdk',
          accept: request.accept ?? 'application/json',
          ...(body ? { 'content-type': request.contentType ?? 'application/json', 'content-length': body.length } : {}),
          ...headers,
        },
      }, resolve);
      outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer in ${REQUEST_TIMEOUT_MS / 1000} s`)));
      outgoing.on('error', (error) => reject(error.name === 'AbortError' ? error : new ConnectionError(server, `${request.method} ${request.path.split('?')[0]}`, error)));
      outgoing.end(body);
    });
  }
}

/** Milliseconds to wait before the next attempt, or nothing when there must be none. */
function retryDelay(error: unknown, method: string, attempt: number): number | undefined {
  const backoff = Math.min(100 * 2 ** attempt, 5_000);
  if (error instanceof ConnectionError) {
    const neverArrived = error.cause.code === 'ECONNREFUSED' || error.cause.code === 'ENOTFOUND' || error.cause.code === 'EAI_AGAIN';
    const certificate = /^(CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(error.cause.code ?? '');
    return !certificate && (neverArrived || method !== 'POST') ? backoff : undefined;
  }
  if (!(error instanceof ApiError)) return undefined;
  const busy = error.code === 429 || error.code === 503;
  const gateway = method !== 'POST' && (error.code === 502 || error.code === 504);
  // Admission comes before anything is stored, so a webhook without an answer has left nothing behind.
  const webhook = error.code === 500 && /failed calling webhook/.test(error.message);
  if (!busy && !gateway && !webhook) return undefined;
  return error.retryAfterSeconds === undefined ? backoff : Math.max(error.retryAfterSeconds * 1000, 100);
}

async function text(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
