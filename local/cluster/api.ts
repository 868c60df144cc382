import { request } from 'node:https';
import type { Access } from './config';

const TIMEOUT_MS = 10_000;

export interface ApiResponse {
  readonly status: number;
  readonly body: string;
}

/**
 * One request to an API server, which must prove itself by the cluster's own certificate: whatever else
 * may listen on that port is not mistaken for it.
 * @throws if no answer comes
 */
export function callApi({ server, ca, token }: Access, method: string, path: string, body?: unknown): Promise<ApiResponse> {
  return new Promise((resolve, reject) => {
    const content = body === undefined ? undefined : JSON.stringify(body);
    const sent = request(new URL(path, server), {
      method, ca, timeout: TIMEOUT_MS,
      headers: { authorization: `Bearer ${token}`, ...(content === undefined ? {} : { 'content-type': 'application/json' }) },
    }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      response.on('error', reject);
    });
    sent.on('timeout', () => sent.destroy(new Error(`${method} ${path}: no answer in ${TIMEOUT_MS / 1000} s`)));
    sent.on('error', reject);
    sent.end(content);
  });
}

/** Whether the API server says of itself that it is ready. */
export async function isReady(access: Access): Promise<boolean> {
  return callApi(access, 'GET', '/readyz').then(({ status }) => status === 200, () => false);
}
