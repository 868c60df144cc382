import { setTimeout as sleep } from 'node:timers/promises';
import { UnknownKindError, isNotFound } from './errors';
import { isObject } from './objects';
import type { Transport } from './transport';

/** How the API server serves one kind. */
export interface ApiResource {
  readonly apiVersion: string;
  readonly kind: string;
  /** Lower-case plural, as in the URL. */
  readonly plural: string;
  readonly namespaced: boolean;
}

/** A CRD is Established a moment before discovery shows it. */
const LAG_MS = 10_000;

/**
 * Plural and scope of kinds. One small request a group version, the first time it is met: a platform meets about
 * thirty, and a CRD that appears during the run needs nothing but a second look at its own group version.
 */
export class Discovery {
  private readonly known = new Map<string, ApiResource>();
  private readonly pending = new Map<string, Promise<void>>();

  constructor(private readonly transport: Transport) {}

  /** @throws UnknownKindError when the kind is not served within ten seconds. */
  async find(apiVersion: string, kind: string, patience = LAG_MS): Promise<ApiResource> {
    const deadline = performance.now() + patience;
    for (let delay = 50; ; delay = Math.min(delay * 2, 1000)) {
      const key = `${apiVersion}/${kind}`;
      const found = this.known.get(key) ?? (await this.refresh(apiVersion), this.known.get(key));
      if (found) return found;
      if (performance.now() + delay > deadline) throw new UnknownKindError(apiVersion, kind, this.transport.connection.server);
      await sleep(delay);
    }
  }

  /** Asks for a group version; callers that come meanwhile share the answer. */
  private refresh(apiVersion: string): Promise<void> {
    const running = this.pending.get(apiVersion);
    if (running) return running;
    const request = this.load(apiVersion).finally(() => this.pending.delete(apiVersion));
    this.pending.set(apiVersion, request);
    return request;
  }

  private async load(apiVersion: string): Promise<void> {
    const path = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const body = await this.transport.send({ method: 'GET', path }).then((response) => response.body, (error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    });
    if (!isObject(body) || !Array.isArray(body['resources'])) return;
    for (const item of body['resources']) {
      if (!isObject(item) || typeof item['name'] !== 'string' || typeof item['kind'] !== 'string' || item['name'].includes('/')) continue;
      this.known.set(`${apiVersion}/${item['kind']}`, { apiVersion, kind: item['kind'], plural: item['name'], namespaced: item['namespaced'] === true });
    }
  }
}

/** URL path of a resource type, or of one object of it. */
export function resourcePath(resource: ApiResource, namespace?: string, name?: string): string {
  const root = resource.apiVersion.includes('/') ? `/apis/${resource.apiVersion}` : `/api/${resource.apiVersion}`;
  const scope = resource.namespaced && namespace ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${root}${scope}/${resource.plural}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;
}
