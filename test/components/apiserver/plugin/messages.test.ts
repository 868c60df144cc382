import * as provider from '@pulumi/pulumi/proto/provider_pb';
import * as statusproto from '@pulumi/pulumi/proto/status_pb';
import * as structproto from 'google-protobuf/google/protobuf/struct_pb';
import { DiffKind, initFailedStatus, requests, responses } from '../../../../components/apiserver/plugin/messages';
import { decodeStruct, encodeStruct } from '../../../../components/apiserver/plugin/wire';

describe('answers, read by the generated classes of the protocol', () => {
  it('checks with failures', () => {
    const answer = provider.CheckResponse.deserializeBinary(responses.check({ inputs: encodeStruct({ a: 1 }), failures: [{ property: 'metadata.name', reason: 'is missing' }] }));
    expect(answer.getInputs()?.toJavaScript()).toEqual({ a: 1 });
    expect(answer.getFailuresList().map((failure) => failure.toObject())).toEqual([{ property: 'metadata.name', reason: 'is missing' }]);
  });

  it('diffs with replacements', () => {
    const changes = new Map([['spec.replicas', DiffKind.Update], ['spec.selector', DiffKind.UpdateReplace], ['data["a.b"]', DiffKind.Add]]);
    const answer = provider.DiffResponse.deserializeBinary(responses.diff({ changes, deleteBeforeReplace: true }));
    expect(answer.getChanges()).toBe(provider.DiffResponse.DiffChanges.DIFF_SOME);
    expect(answer.getDiffsList()).toEqual(['spec', 'data']);
    expect(answer.getReplacesList()).toEqual(['spec.selector']);
    expect(answer.getDeletebeforereplace()).toBe(true);
    expect(answer.getDetaileddiffMap().get('spec.selector')?.getKind()).toBe(provider.PropertyDiff.Kind.UPDATE_REPLACE);
    expect(answer.getDetaileddiffMap().get('data["a.b"]')?.getInputdiff()).toBe(true);
  });

  it('says that nothing differs', () => {
    expect(provider.DiffResponse.deserializeBinary(responses.diff({ changes: new Map() })).getChanges()).toBe(provider.DiffResponse.DiffChanges.DIFF_NONE);
  });

  it('keeps a resource that did not become ready', () => {
    const bytes = initFailedStatus({ id: 'ns/x', outputs: encodeStruct({ a: 1 }) }, ['not ready'], 2);
    const status = statusproto.Status.deserializeBinary(bytes);
    const [detail] = status.getDetailsList();
    const failed = detail?.unpack((data) => provider.ErrorResourceInitFailed.deserializeBinary(data), 'pulumirpc.ErrorResourceInitFailed');
    expect(status.getCode()).toBe(2);
    expect(failed?.getId()).toBe('ns/x');
    expect(failed?.getReasonsList()).toEqual(['not ready']);
    expect(failed?.getProperties()?.toJavaScript()).toEqual({ a: 1 });
  });

  it('offers secrets and previews, and no resource references or output values', () => {
    const configured = provider.ConfigureResponse.deserializeBinary(responses.configure());
    expect([configured.getAcceptsecrets(), configured.getSupportspreview(), configured.getAcceptresources(), configured.getAcceptoutputs()]).toEqual([true, true, false, false]);
    expect(provider.ProviderHandshakeResponse.deserializeBinary(responses.handshake()).getAcceptSecrets()).toBe(true);
  });
});

describe('requests, written by the generated classes of the protocol', () => {
  it('reads an update', () => {
    const request = new provider.UpdateRequest();
    request.setId('ns/x').setUrn('urn:x').setPreview(true).setTimeout(7.5);
    request.setNews(structproto.Struct.fromJavaScript({ a: 'new' })).setOldInputs(structproto.Struct.fromJavaScript({ a: 'old' }));
    const read = requests.Update(request.serializeBinary());
    expect({ ...read, news: decodeStruct(read.news), oldInputs: decodeStruct(read.oldInputs), olds: decodeStruct(read.olds) })
      .toEqual({ id: 'ns/x', urn: 'urn:x', preview: true, timeout: 7.5, news: { a: 'new' }, oldInputs: { a: 'old' }, olds: {} });
  });

  it('reads a deletion', () => {
    const request = new provider.DeleteRequest().setId('x').setUrn('urn:y').setTimeout(1).setProperties(structproto.Struct.fromJavaScript({ a: 1 }));
    const read = requests.Delete(request.serializeBinary());
    expect([read.id, read.urn, read.timeout, decodeStruct(read.properties)]).toEqual(['x', 'urn:y', 1, { a: 1 }]);
  });
});
