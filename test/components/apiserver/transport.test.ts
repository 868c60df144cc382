import { createServer, type RequestListener, type Server } from 'node:http';
import { ApiClient } from '../../../components/apiserver/client';
import { ApiError } from '../../../components/apiserver/errors';

const CONFIG_MAP = { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true } as const;
const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', namespace: 'ns' } };

describe('requests to an API server', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  const serve = async (listener: RequestListener): Promise<ApiClient> => {
    server = createServer(listener);
    await new Promise<void>((resolve) => { server?.listen(0, '127.0.0.1', resolve); });
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    return ApiClient.open({ kubeconfig: JSON.stringify({
      'current-context': 'x', clusters: [{ name: 'x', cluster: { server: `http://127.0.0.1:${port}` } }],
      contexts: [{ name: 'x', context: { cluster: 'x', user: 'x' } }], users: [{ name: 'x', user: { token: 't' } }],
    }) });
  };
  const status = (code: number, reason: string, message: string, extra: object = {}): string => JSON.stringify({ kind: 'Status', apiVersion: 'v1', code, reason, message, ...extra });

  it('apply strictly as one field manager and say whether the object is new', async () => {
    const urls: string[] = [];
    const client = await serve((request, response) => {
      urls.push(`${request.method} ${request.url} ${request.headers['content-type']} ${request.headers.authorization}`);
      response.writeHead(201).end(JSON.stringify(object));
    });
    expect((await client.apply(CONFIG_MAP, object)).created).toBe(true);
    expect(urls).toEqual(['PATCH /api/v1/namespaces/ns/configmaps/x?fieldManager=kubeflow-cdk&fieldValidation=Strict application/apply-patch+yaml Bearer t']);
  });

  it.each([
    ['a server that is busy', 429, status(429, 'TooManyRequests', 'busy')],
    ['a server that is not there yet', 503, status(503, 'ServiceUnavailable', 'starting')],
    ['a webhook that does not answer yet', 500, status(500, 'InternalError', 'Internal error occurred: failed calling webhook "x": connection refused')],
  ])('are repeated for %s', async (_name, code, body) => {
    let attempts = 0;
    const client = await serve((_request, response) => (++attempts < 3 ? response.writeHead(code, { 'retry-after': '0' }).end(body) : response.writeHead(200).end(JSON.stringify(object))));
    await client.apply(CONFIG_MAP, object);
    expect(attempts).toBe(3);
  });

  it('are repeated when a connection breaks', async () => {
    let attempts = 0;
    const client = await serve((request, response) => (++attempts < 2 ? request.socket.destroy() : response.writeHead(200).end(JSON.stringify(object))));
    await client.apply(CONFIG_MAP, object);
    expect(attempts).toBe(2);
  });

  it('are not repeated when they were refused, and say why', async () => {
    let attempts = 0;
    const causes = [{ reason: 'FieldManagerConflict', message: 'conflict with "kubectl"', field: '.data.a' }];
    const client = await serve((_request, response) => {
      attempts++;
      response.writeHead(409).end(status(409, 'Conflict', 'Apply failed with 1 conflict', { details: { causes } }));
    });
    await expect(client.apply(CONFIG_MAP, object)).rejects.toEqual(expect.objectContaining({ code: 409, reason: 'Conflict', causes }));
    expect(attempts).toBe(1);
  });

  it('tell an answer of something else than an API server', async () => {
    const client = await serve((_request, response) => response.writeHead(404).end('<html>nothing here</html>'));
    await expect(client.list(CONFIG_MAP)).rejects.toThrow(ApiError);
    await expect(client.list(CONFIG_MAP)).rejects.toThrow('HTTP 404 <html>nothing here</html>');
  });

  it('end with a cancelled run, though the server may still come back', async () => {
    const client = await serve(() => undefined);
    await new Promise<void>((resolve) => { server?.close(() => resolve()); });
    const started = performance.now();
    const cancelled = new AbortController();
    const attempt = client.apply(CONFIG_MAP, object, { signal: cancelled.signal });
    setTimeout(() => cancelled.abort(), 150);
    await expect(attempt).rejects.toThrow(/abort/i);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
