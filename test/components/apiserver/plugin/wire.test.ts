import * as structproto from 'google-protobuf/google/protobuf/struct_pb';
import fc from 'fast-check';
import { decodeStruct, decoder, encodeStruct, mergeStruct, Writer } from '../../../../components/apiserver/plugin/wire';

/** JSON as the engine sends it; the generated classes of the protocol are the peer. */
const json = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })).map((value): Record<string, unknown> => JSON.parse(JSON.stringify(value)));
type Struct = Parameters<typeof structproto.Struct.fromJavaScript>[0];

describe('property maps on the wire', () => {
  it('are read back as they were written', () => {
    fc.assert(fc.property(json, (value) => expect(decodeStruct(encodeStruct(value))).toEqual(value)));
  });

  it('are what the generated classes write and read', () => {
    fc.assert(fc.property(json.filter((value) => !JSON.stringify(value).includes('__proto__')), (value) => {
      const theirs = structproto.Struct.fromJavaScript(value as Struct);
      expect(decodeStruct(theirs.serializeBinary())).toEqual(theirs.toJavaScript());
      expect(structproto.Struct.deserializeBinary(encodeStruct(value)).toJavaScript()).toEqual(theirs.toJavaScript());
    }));
  });

  it('leave out what is undefined and keep null', () => {
    expect(decodeStruct(encodeStruct({ a: undefined, b: null, c: { d: undefined, e: 1 } }))).toEqual({ b: null, c: { e: 1 } });
  });

  it('keep a member called __proto__ without touching the prototype', () => {
    const value = decodeStruct(encodeStruct(JSON.parse('{"__proto__": {"polluted": true}}')));
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect('polluted' in {}).toBe(false);
    expect('polluted' in value).toBe(false);
  });

  it('take further members, which win', () => {
    const bytes = mergeStruct(encodeStruct({ a: 1, b: 2 }), { b: { c: 3 }, d: 4 });
    expect(decodeStruct(bytes)).toEqual({ a: 1, b: { c: 3 }, d: 4 });
    // The engine's own decoder sees the same.
    expect(structproto.Struct.deserializeBinary(bytes).toJavaScript()).toEqual({ a: 1, b: { c: 3 }, d: 4 });
  });
});

describe('requests', () => {
  it('skip fields that are not known and fill in those that are missing', () => {
    const read = decoder({ id: [1, 'string'], preview: [7, 'bool'], timeout: [5, 'double'], tags: [6, 'strings'] });
    const bytes = Writer.create().uint32(10).string('x').uint32(26).string('unknown').uint32(41).double(2.5).uint32(50).string('a').uint32(50).string('b').finish();
    expect(read(bytes)).toEqual({ id: 'x', preview: false, timeout: 2.5, tags: ['a', 'b'] });
    expect(read(new Uint8Array())).toEqual({ id: '', preview: false, timeout: 0, tags: [] });
  });
});
