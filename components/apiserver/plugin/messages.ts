import { Writer, decoder, encodeStruct, type Message, type StructBytes } from './wire';

/** What the engine sends, by method; fields we do not use are skipped. */
export const requests = {
  Configure: decoder({ args: [2, 'struct'] }),
  Check: decoder({ urn: [1, 'string'], olds: [2, 'struct'], news: [3, 'struct'] }),
  Diff: decoder({ id: [1, 'string'], urn: [2, 'string'], olds: [3, 'struct'], news: [4, 'struct'], oldInputs: [6, 'struct'] }),
  Create: decoder({ urn: [1, 'string'], properties: [2, 'struct'], timeout: [3, 'double'], preview: [4, 'bool'] }),
  Read: decoder({ id: [1, 'string'], urn: [2, 'string'], properties: [3, 'struct'], inputs: [4, 'struct'] }),
  Update: decoder({ id: [1, 'string'], urn: [2, 'string'], olds: [3, 'struct'], news: [4, 'struct'], timeout: [5, 'double'], preview: [7, 'bool'], oldInputs: [8, 'struct'] }),
  Delete: decoder({ id: [1, 'string'], urn: [2, 'string'], properties: [3, 'struct'], timeout: [4, 'double'], oldInputs: [5, 'struct'] }),
  Empty: decoder({}),
} as const;

export type CheckRequest = Message<{ urn: [1, 'string']; olds: [2, 'struct']; news: [3, 'struct'] }>;
export type DiffRequest = ReturnType<(typeof requests)['Diff']>;
export type CreateRequest = ReturnType<(typeof requests)['Create']>;
export type ReadRequest = ReturnType<(typeof requests)['Read']>;
export type UpdateRequest = ReturnType<(typeof requests)['Update']>;
export type DeleteRequest = ReturnType<(typeof requests)['Delete']>;

/** An input that is wrong. */
export interface CheckFailure {
  /** Path of the property, e.g. `metadata.name`. */
  readonly property: string;
  readonly reason: string;
}

/** The inputs to go on with, or what is wrong with them. */
export interface CheckResponse {
  readonly inputs: StructBytes;
  readonly failures?: readonly CheckFailure[];
}

/** What happens to one property. The numbers are the protocol's. */
export enum DiffKind {
  Add = 0,
  AddReplace = 1,
  Delete = 2,
  DeleteReplace = 3,
  Update = 4,
  UpdateReplace = 5,
}

/** Which inputs differ, by path. */
export interface DiffResponse {
  readonly changes: ReadonlyMap<string, DiffKind>;
  readonly deleteBeforeReplace?: boolean;
}

/** A resource as it exists. */
export interface ResourceState {
  readonly id: string;
  readonly outputs: StructBytes;
}

/** A resource as read; an empty id says that it is gone. */
export interface ReadResponse extends ResourceState {
  readonly inputs: StructBytes;
}

const BYTES = 2;
const VARINT = 0;
const tag = (field: number, type: number): number => (field << 3) | type;

/** How each answer is written. */
export const responses = {
  empty: (): Buffer => Buffer.alloc(0),

  handshake: (): Buffer => features([1]),

  // Secrets and previews; resource references and output values would need more than plain JSON.
  configure: (): Buffer => features([1, 2]),

  pluginInfo: (version: string): Buffer => done(Writer.create().uint32(tag(1, BYTES)).string(version)),

  schema: (schema: string): Buffer => done(Writer.create().uint32(tag(1, BYTES)).string(schema)),

  check(response: CheckResponse): Buffer {
    const writer = Writer.create().uint32(tag(1, BYTES)).bytes(response.inputs);
    for (const { property, reason } of response.failures ?? []) {
      writer.uint32(tag(2, BYTES)).fork().uint32(tag(1, BYTES)).string(property).uint32(tag(2, BYTES)).string(reason).ldelim();
    }
    return done(writer);
  },

  diff(response: DiffResponse): Buffer {
    const writer = Writer.create();
    const keys = new Set<string>();
    for (const [path, kind] of response.changes) {
      keys.add(/^[^.[]*/.exec(path)?.[0] ?? path);
      if (kind % 2 === 1) writer.uint32(tag(1, BYTES)).string(path);
    }
    if (response.deleteBeforeReplace) writer.uint32(tag(3, VARINT)).bool(true);
    writer.uint32(tag(4, VARINT)).int32(response.changes.size === 0 ? 1 : 2);
    for (const key of keys) writer.uint32(tag(5, BYTES)).string(key);
    for (const [path, kind] of response.changes) {
      writer.uint32(tag(6, BYTES)).fork().uint32(tag(1, BYTES)).string(path);
      writer.uint32(tag(2, BYTES)).fork().uint32(tag(1, VARINT)).int32(kind).uint32(tag(2, VARINT)).bool(true).ldelim().ldelim();
    }
    return done(writer.uint32(tag(7, VARINT)).bool(true));
  },

  create: (state: ResourceState): Buffer =>
    done(Writer.create().uint32(tag(1, BYTES)).string(state.id).uint32(tag(2, BYTES)).bytes(state.outputs)),

  read: (state: ReadResponse): Buffer =>
    done(Writer.create().uint32(tag(1, BYTES)).string(state.id).uint32(tag(2, BYTES)).bytes(state.outputs).uint32(tag(3, BYTES)).bytes(state.inputs)),

  update: (outputs: StructBytes): Buffer => done(Writer.create().uint32(tag(1, BYTES)).bytes(outputs)),
} as const;

/**
 * The `google.rpc.Status` that tells the engine: this resource exists, but did not become ready. It is kept in the
 * state, and the next run updates it instead of creating it again.
 */
export function initFailedStatus(state: ResourceState, reasons: readonly string[], code: number): Buffer {
  const detail = Writer.create().uint32(tag(1, BYTES)).string(state.id).uint32(tag(2, BYTES)).bytes(state.outputs);
  for (const reason of reasons) detail.uint32(tag(3, BYTES)).string(reason);
  const status = Writer.create().uint32(tag(1, VARINT)).int32(code).uint32(tag(2, BYTES)).string(reasons.join('; '));
  status.uint32(tag(3, BYTES)).fork()
    .uint32(tag(1, BYTES)).string('type.googleapis.com/pulumirpc.ErrorResourceInitFailed')
    .uint32(tag(2, BYTES)).bytes(detail.finish())
    .ldelim();
  return done(status);
}

/** An empty property map. */
export const NO_PROPERTIES: StructBytes = encodeStruct({});

function features(fields: readonly number[]): Buffer {
  const writer = Writer.create();
  for (const field of fields) writer.uint32(tag(field, VARINT)).bool(true);
  return done(writer);
}

function done(writer: Writer): Buffer {
  const bytes = writer.finish();
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
