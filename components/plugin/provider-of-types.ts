import type { CheckRequest, CheckResponse, CreateRequest, DeleteRequest, DiffRequest, DiffResponse, ReadRequest, ReadResponse, ResourceState, UpdateRequest } from '../apiserver/plugin/messages';
import type { Provider } from '../apiserver/plugin/server';
import { typeOfUrn } from '../apiserver/plugin/urn';
import type { StructBytes } from '../apiserver/plugin/wire';

/** What serves one resource type. */
export type TypeProvider = Omit<Provider, 'version' | 'checkConfig' | 'diffConfig'>;

/** The provider of this package's own resource types: one for each. It has no configuration. */
export class ProviderOfTypes implements Provider {
  readonly version = '0.1.0';

  constructor(private readonly types: ReadonlyMap<string, TypeProvider>) {}

  async checkConfig({ news }: CheckRequest): Promise<CheckResponse> {
    return { inputs: news };
  }

  async diffConfig(): Promise<DiffResponse> {
    return { changes: new Map() };
  }

  async configure(args: Record<string, unknown>): Promise<void> {
    await Promise.all([...this.types.values()].map((type) => type.configure(args)));
  }

  async check(request: CheckRequest): Promise<CheckResponse> {
    return this.of(request).check(request);
  }

  async diff(request: DiffRequest): Promise<DiffResponse> {
    return this.of(request).diff(request);
  }

  async create(request: CreateRequest): Promise<ResourceState> {
    return this.of(request).create(request);
  }

  async read(request: ReadRequest): Promise<ReadResponse> {
    return this.of(request).read(request);
  }

  async update(request: UpdateRequest): Promise<StructBytes> {
    return this.of(request).update(request);
  }

  async delete(request: DeleteRequest): Promise<void> {
    await this.of(request).delete(request);
  }

  cancel(): void {
    for (const type of this.types.values()) type.cancel();
  }

  async close(): Promise<void> {
    await Promise.all([...this.types.values()].map((type) => type.close()));
  }

  private of({ urn }: { readonly urn: string }): TypeProvider {
    const name = typeOfUrn(urn);
    const type = this.types.get(name);
    if (!type) throw new Error(`This provider has no resource type ${name}; it has ${[...this.types.keys()].join(', ')}`);
    return type;
  }
}
