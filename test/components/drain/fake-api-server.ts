import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An object of the fake, as far as a test says. */
export interface FakeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>> & { readonly name: string; readonly namespace?: string };
  readonly [field: string]: unknown;
}

const PLURALS: Readonly<Record<string, string>> = {
  Service: 'services', Ingress: 'ingresses', PersistentVolumeClaim: 'persistentvolumeclaims', PersistentVolume: 'persistentvolumes', Pod: 'pods', Gateway: 'gateways',
  Deployment: 'deployments', ReplicaSet: 'replicasets', InferenceService: 'inferenceservices',
};
const CORE_KINDS = ['Service', 'PersistentVolumeClaim', 'PersistentVolume', 'Pod'];

/** An API server of which a test says what is in it, and what becomes of what is deleted. */
export class FakeApiServer {
  readonly deleted: string[] = [];
  /** What a deletion does; removes the object unless a test says otherwise. Throw to refuse. */
  onDelete: (object: FakeObject) => void = (object) => this.remove(object);
  private objects: FakeObject[] = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      const answer = (code: number, body: object): void => void response.writeHead(code).end(JSON.stringify(body));
      const status = (code: number, reason: string, message: string): void => answer(code, { kind: 'Status', apiVersion: 'v1', code, reason, message });
      const [, root, rest = ''] = /^\/(api\/v1|apis\/[^/]+\/[^/?]+)\/?([^?]*)/.exec(request.url ?? '') ?? [];
      const apiVersion = String(root).replace(/^apis?\//, '');
      if (rest === '') {
        const kinds = new Set([...this.objects.filter((each) => each.apiVersion === apiVersion).map(({ kind }) => kind), ...(apiVersion === 'v1' ? CORE_KINDS : [])]);
        if (kinds.size === 0) return status(404, 'NotFound', 'the server could not find the requested resource');
        return answer(200, { kind: 'APIResourceList', resources: [...kinds].map((kind) => ({ name: PLURALS[kind], kind, namespaced: kind !== 'PersistentVolume' })) });
      }
      const [, namespace, plural, name] = /^(?:namespaces\/([^/]+)\/)?([a-z]+)(?:\/(.+))?$/.exec(rest) ?? [];
      const found = this.objects.filter((each) => each.apiVersion === apiVersion && PLURALS[each.kind] === plural && (namespace === undefined || each.metadata.namespace === namespace));
      if (name === undefined) return answer(200, { kind: 'List', metadata: { resourceVersion: '1' }, items: found });
      const object = found.find(({ metadata }) => metadata.name === name);
      if (!object) return status(404, 'NotFound', `${plural} "${name}" not found`);
      if (request.method === 'GET') return answer(200, object);
      this.deleted.push(`${object.kind}/${namespace}/${name}`);
      try {
        this.onDelete(object);
        answer(200, object);
      } catch (error) {
        status(403, 'Forbidden', String(error instanceof Error ? error.message : error));
      }
    });
  }

  async start(objects: readonly FakeObject[]): Promise<this> {
    this.objects = [...objects];
    await new Promise<void>((resolve) => { this.server.listen(0, '127.0.0.1', resolve); });
    return this;
  }

  get names(): readonly string[] {
    return this.objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  }

  get kubeconfig(): string {
    const { port } = this.server.address() as AddressInfo;
    return JSON.stringify({
      'current-context': 'fake', clusters: [{ name: 'fake', cluster: { server: `http://127.0.0.1:${port}` } }],
      contexts: [{ name: 'fake', context: { cluster: 'fake', user: 'fake' } }], users: [{ name: 'fake', user: { token: 't' } }],
    });
  }

  add(...objects: readonly FakeObject[]): void {
    this.objects.push(...objects);
  }

  remove(object: FakeObject): void {
    this.objects = this.objects.filter((each) => each !== object);
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
