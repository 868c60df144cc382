import { type Chart, Testing } from 'cdk8s';

/** A chart's objects, and the one of a kind and name. */
export function objectsOf(chart: Chart) {
  const all = Testing.synth(chart);
  return {
    all,
    ofKind: (kind: string) => all.filter((object) => object.kind === kind),
    one: (kind: string, name: string) => {
      const found = all.filter((object) => object.kind === kind && object.metadata.name === name);
      if (found.length !== 1) throw new Error(`${found.length} objects ${kind}/${name}`);
      return found[0];
    },
  };
}

/** Ports a NetworkPolicy lets through in one direction, each as `port` or `port@address`. */
export function openPorts(policy: ReturnType<ReturnType<typeof objectsOf>['one']>, direction: 'ingress' | 'egress'): string[] {
  const peers = direction === 'ingress' ? 'from' : 'to';
  return (policy.spec[direction] ?? []).flatMap((rule: Record<string, { port: number; ipBlock?: { cidr: string } }[]>) =>
    (rule.ports ?? []).flatMap(({ port }) => (rule[peers] ?? [{}]).map((peer) => ('ipBlock' in peer && peer.ipBlock ? `${port}@${peer.ipBlock.cidr}` : `${port}`))),
  );
}
