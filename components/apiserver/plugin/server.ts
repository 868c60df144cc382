import { Metadata, Server, ServerCredentials, status, type sendUnaryData, type ServerUnaryCall, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { initFailedStatus, requests, responses } from './messages';
import type { CheckRequest, CheckResponse, CreateRequest, DeleteRequest, DiffRequest, DiffResponse, ReadRequest, ReadResponse, ResourceState, UpdateRequest } from './messages';
import { decodeStruct, type StructBytes } from './wire';

/** A Pulumi resource provider. */
export interface Provider {
  /** Semantic version, without `v`. */
  readonly version: string;
  /** Checks the provider's own configuration. */
  checkConfig(request: CheckRequest): Promise<CheckResponse>;
  /** Whether a change of configuration means other resources (another cluster). */
  diffConfig(request: DiffRequest): Promise<DiffResponse>;
  configure(args: Record<string, unknown>): Promise<void>;
  check(request: CheckRequest): Promise<CheckResponse>;
  diff(request: DiffRequest): Promise<DiffResponse>;
  create(request: CreateRequest): Promise<ResourceState>;
  read(request: ReadRequest): Promise<ReadResponse>;
  update(request: UpdateRequest): Promise<StructBytes>;
  delete(request: DeleteRequest): Promise<void>;
  /** Gives up all waiting. */
  cancel(): void;
  /** Gives back connections. */
  close(): Promise<void>;
}

/** A resource exists, but did not become what it should be. */
export class InitializationError extends Error {
  override readonly name = 'InitializationError';

  constructor(
    readonly state: ResourceState,
    readonly reasons: readonly string[],
  ) {
    super(reasons.join('; '));
  }
}

/** A provider that answers on a port. */
export interface RunningProvider {
  readonly port: number;
  stop(): Promise<void>;
}

const SERVICE = '/pulumirpc.ResourceProvider/';
/** The engine's own limit for one message. */
const MESSAGE_LIMIT = 400 * 1024 * 1024;

/** Serves a provider on a free loopback port. */
export async function serveProvider(provider: Provider): Promise<RunningProvider> {
  const server = new Server({ 'grpc.max_receive_message_length': MESSAGE_LIMIT, 'grpc.max_send_message_length': MESSAGE_LIMIT });
  const definition: Record<string, ServiceDefinition[string]> = {};
  const handlers: UntypedServiceImplementation = {};
  const method = <Request>(name: string, decode: (bytes: Uint8Array) => Request, handle: (request: Request) => Promise<Buffer>): void => {
    definition[name] = {
      path: SERVICE + name,
      requestStream: false,
      responseStream: false,
      requestSerialize: unused,
      requestDeserialize: decode,
      responseSerialize: (bytes: Buffer) => bytes,
      responseDeserialize: unused,
    };
    handlers[name] = (call: ServerUnaryCall<Request, Buffer>, callback: sendUnaryData<Buffer>): void => {
      handle(call.request).then((bytes) => callback(null, bytes), (error: unknown) => callback(asServiceError(error)));
    };
  };

  method('Handshake', requests.Empty, async () => responses.handshake());
  method('Attach', requests.Empty, async () => responses.empty());
  method('GetPluginInfo', requests.Empty, async () => responses.pluginInfo(provider.version));
  method('GetSchema', requests.Empty, async () => responses.schema('{}'));
  method('CheckConfig', requests.Check, async (request) => responses.check(await provider.checkConfig(request)));
  method('DiffConfig', requests.Diff, async (request) => responses.diff(await provider.diffConfig(request)));
  method('Configure', requests.Configure, async ({ args }) => {
    await provider.configure(decodeStruct(args));
    return responses.configure();
  });
  method('Check', requests.Check, async (request) => responses.check(await provider.check(request)));
  method('Diff', requests.Diff, async (request) => responses.diff(await provider.diff(request)));
  method('Create', requests.Create, async (request) => responses.create(await provider.create(request)));
  method('Read', requests.Read, async (request) => responses.read(await provider.read(request)));
  method('Update', requests.Update, async (request) => responses.update(await provider.update(request)));
  method('Delete', requests.Delete, async (request) => {
    await provider.delete(request);
    return responses.empty();
  });
  method('Cancel', requests.Empty, async () => {
    provider.cancel();
    return responses.empty();
  });

  server.addService(definition, handlers);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  return {
    port,
    async stop() {
      provider.cancel();
      server.forceShutdown();
      await provider.close();
    },
  };
}

/**
 * Runs a provider as a plugin process: the engine reads the port from the first line of standard output, holds our
 * standard input open as long as it lives, and tells us its address as the only argument.
 */
export async function runProvider(provider: Provider): Promise<void> {
  const { port } = await serveProvider(provider);
  process.stdout.write(`${port}\n`);
  // The engine ends a plugin with an interrupt, and kills it when it is still there after five seconds. Plugins are in
  // a process group of their own, so an interrupt of the terminal does not come here: the engine sends Cancel for that.
  const leave = (): void => process.exit(0);
  process.on('SIGTERM', leave).on('SIGINT', leave);
  if (process.argv[2]) process.stdin.on('end', leave).on('error', leave).resume();
}

function asServiceError(error: unknown): { code: number; details: string; metadata?: Metadata } {
  if (error instanceof InitializationError) {
    const metadata = new Metadata();
    metadata.set('grpc-status-details-bin', initFailedStatus(error.state, error.reasons, status.UNKNOWN));
    return { code: status.UNKNOWN, details: error.message, metadata };
  }
  return { code: status.UNKNOWN, details: error instanceof Error ? error.message : String(error) };
}

function unused(): never {
  throw new Error('The provider is a server only');
}
