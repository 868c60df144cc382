import { isObject, type LiveObject } from '../../components/apiserver/objects';
import { secret } from '../../components/apiserver/plugin/values';
import { mergeStruct, type StructBytes } from '../../components/apiserver/plugin/wire';

/** Kinds whose status programs go on from: addresses that the cluster gives. */
const WITH_STATUS = new Set(['/Service', 'networking.k8s.io/Ingress', 'gateway.networking.k8s.io/Gateway', 'serving.kserve.io/InferenceService']);

/**
 * The outputs of an object: its inputs, its uid, the namespace it is in, and the few values only the cluster knows that
 * programs go on from (addresses of Services, Ingresses and Gateways, the token of a service account). Not the whole
 * object: outputs are written into the state at every checkpoint, and what the cluster adds is no business of a diff.
 */
export function outputsOf(inputBytes: StructBytes, inputs: Record<string, unknown>, live: LiveObject): StructBytes {
  const { uid, namespace } = live.metadata;
  const metadata = isObject(inputs['metadata']) ? inputs['metadata'] : {};
  const extra: Record<string, unknown> = { metadata: { ...metadata, uid, namespace } };
  const group = live.apiVersion.includes('/') ? live.apiVersion.slice(0, live.apiVersion.indexOf('/')) : '';
  if (WITH_STATUS.has(`${group}/${live.kind}`) && isObject(live['status']) && Object.keys(live['status']).length > 0) extra['status'] = live['status'];
  if (group === '' && live.kind === 'Service' && isObject(inputs['spec']) && isObject(live['spec'])) {
    extra['spec'] = { ...inputs['spec'], clusterIP: live['spec']['clusterIP'], clusterIPs: live['spec']['clusterIPs'] };
  }
  if (group === '' && live.kind === 'Secret' && live['type'] === 'kubernetes.io/service-account-token' && isObject(live['data'])) {
    extra['data'] = secret(live['data']);
  }
  return mergeStruct(inputBytes, extra);
}
