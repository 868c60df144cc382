import { App } from 'cdk8s';
import { MetalLb, type MetalLbProps } from '../../../constructs/metallb';
import { objectsOf, recordingIssuer } from '../jobset/objects';

/** MetalLB in an app of its own, with one pool unless told otherwise. */
export function metalLb(props: Partial<MetalLbProps> = {}) {
  const { issuer, requests } = recordingIssuer();
  const component = new MetalLb(new App(), 'metallb', { certificates: issuer, pools: { public: { addresses: ['192.168.10.200-192.168.10.250'] } }, ...props });
  return { component, requests, ...objectsOf(component) };
}

/** Pools with these addresses: the first is `a`, the second `b`, and so on. */
export function pools(...addresses: readonly (readonly string[])[]): MetalLbProps['pools'] {
  return Object.fromEntries(addresses.map((each, index) => [String.fromCodePoint('a'.charCodeAt(0) + index), { addresses: each }]));
}
