// A provider that stands in for a cloud's, over the real protocol: it takes what it is given, answers with the same and with what the
// cloud would compute (./cloud), leaves that unknown in previews, and keeps nothing. What a test wants of it is in its environment:
//
//   DOUBLE_LOG    file that gets a line of JSON for every create, update, delete and read
//   DOUBLE_FAULTS file with JSON: by `type::name` or lookup token, what to fail with
const grpc = require('@grpc/grpc-js');
const { appendFileSync, existsSync, readFileSync } = require('node:fs');
const { Struct } = require('google-protobuf/google/protobuf/struct_pb');
const { Empty } = require('google-protobuf/google/protobuf/empty_pb');
const messages = require('@pulumi/pulumi/proto/provider_pb');
const plugin = require('@pulumi/pulumi/proto/plugin_pb');
const { ResourceProviderService } = require('@pulumi/pulumi/proto/provider_grpc_pb');
const { answer, immutable, invent } = require('./cloud');

const SECRET = '4dabf18193072939515e22adb298388d';

const nameOf = (urn) => urn.split('::').at(-1);
const typeOf = (urn) => urn.split('::').at(-2).split('$').at(-1);

/** A value as the cloud sees it: what is secret to Pulumi is not to it. */
function revealed(value) {
  if (Array.isArray(value)) return value.map(revealed);
  if (value === null || typeof value !== 'object') return value;
  if (SECRET in value && 'value' in value) return revealed(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revealed(item)]));
}

function log(entry) {
  if (process.env.DOUBLE_LOG) appendFileSync(process.env.DOUBLE_LOG, `${JSON.stringify({ ...entry, at: Date.now() })}\n`);
}

/** Fails as the test wants it to. */
function fault(key) {
  const file = process.env.DOUBLE_FAULTS;
  const message = file && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8'))[key] : undefined;
  if (message) throw new Error(message);
}

const same = (a, b) => JSON.stringify(sorted(revealed(a))) === JSON.stringify(sorted(revealed(b)));

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]));
}

const struct = (value) => Struct.fromJavaScript(value);
const read = (value) => value?.toJavaScript() ?? {};

const methods = {
  handshake: () => new messages.ProviderHandshakeResponse(),
  attach: () => new Empty(),
  getPluginInfo() {
    const info = new plugin.PluginInfo();
    info.setVersion('0.0.1');
    return info;
  },
  getSchema() {
    const schema = new messages.GetSchemaResponse();
    schema.setSchema('{}');
    return schema;
  },
  checkConfig: (request) => methods.check(request),
  diffConfig: () => new messages.DiffResponse(),
  configure() {
    const response = new messages.ConfigureResponse();
    response.setAcceptsecrets(true);
    response.setSupportspreview(true);
    return response;
  },
  check(request) {
    const response = new messages.CheckResponse();
    response.setInputs(request.getNews());
    return response;
  },
  diff(request) {
    const [before, after] = [read(request.getOldInputs()), read(request.getNews())];
    const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => !same(before[key], after[key]));
    const response = new messages.DiffResponse();
    response.setChanges(changed.length > 0 ? messages.DiffResponse.DiffChanges.DIFF_SOME : messages.DiffResponse.DiffChanges.DIFF_NONE);
    response.setDiffsList(changed);
    response.setReplacesList(changed.filter((key) => immutable[typeOf(request.getUrn())]?.includes(key)));
    return response;
  },
  create(request) {
    const [urn, inputs] = [request.getUrn(), read(request.getProperties())];
    const response = new messages.CreateResponse();
    if (request.getPreview()) {
      response.setProperties(struct(inputs));
      return response;
    }
    const [type, name] = [typeOf(urn), nameOf(urn)];
    fault(`${type}::${name}`);
    const made = invent({ type, name, inputs: revealed(inputs) });
    log({ operation: 'create', type, name });
    response.setId(made.id);
    // What was given keeps its marks of secrets.
    response.setProperties(struct({ ...made.state, ...inputs, ...made.computed }));
    return response;
  },
  read(request) {
    const [type, name, id] = [typeOf(request.getUrn()), nameOf(request.getUrn()), request.getId()];
    fault(`${type}::${name}`);
    log({ operation: 'read', type, name });
    const inputs = read(request.getInputs());
    const response = new messages.ReadResponse();
    response.setId(id);
    response.setProperties(struct({ ...invent({ type, name, inputs: revealed(inputs) }).state, ...read(request.getProperties()) }));
    response.setInputs(struct(inputs));
    return response;
  },
  update(request) {
    const [urn, inputs] = [request.getUrn(), read(request.getNews())];
    const response = new messages.UpdateResponse();
    const [type, name] = [typeOf(urn), nameOf(urn)];
    if (!request.getPreview()) {
      fault(`${type}::${name}`);
      log({ operation: 'update', type, name });
    }
    response.setProperties(struct({ ...read(request.getOlds()), ...inputs }));
    return response;
  },
  delete(request) {
    const [type, name] = [typeOf(request.getUrn()), nameOf(request.getUrn())];
    fault(`delete ${type}::${name}`);
    log({ operation: 'delete', type, name });
    return new Empty();
  },
  invoke(request) {
    const token = request.getTok();
    fault(token);
    const response = new messages.InvokeResponse();
    response.setReturn(struct(answer({ token, inputs: revealed(read(request.getArgs())) })));
    return response;
  },
  cancel: () => new Empty(),
};

const server = new grpc.Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
server.addService(
  ResourceProviderService,
  Object.fromEntries(
    Object.entries(methods).map(([name, method]) => [
      name,
      ({ request }, callback) => {
        try {
          callback(null, method(request));
        } catch (error) {
          callback({ code: grpc.status.UNKNOWN, details: error.message });
        }
      },
    ]),
  ),
);
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});
const leave = () => process.exit(0);
process.on('SIGTERM', leave).on('SIGINT', leave);
if (process.argv[2]) process.stdin.on('end', leave).on('error', leave).resume();
