import { numeric } from './inputs';

/** Ports of SSH and RDP, which the benchmark names. */
export const REMOTE_ADMINISTRATION: readonly number[] = [22, 3389];
export const CIFS: readonly number[] = [445];

/** Protocols that have ports, and those that stand for all. */
const WITH_PORTS = new Set(['tcp', 'udp', '6', '17']);
const ALL = new Set(['-1', 'all']);

/** Traffic that a rule is about. */
export interface Traffic {
  readonly protocol: unknown;
  readonly fromPort: unknown;
  readonly toPort: unknown;
}

/** Which of some ports the traffic of a rule includes. */
export function portsWithin({ protocol, fromPort, toPort }: Traffic, ports: readonly number[]): readonly number[] {
  const name = protocol === undefined ? undefined : String(protocol).toLowerCase();
  if (name !== undefined && ALL.has(name)) return ports;
  // A rule must name its protocol; one that does not is taken for what its ports say.
  if (name !== undefined && !WITH_PORTS.has(name)) return [];
  const [from, to] = [numeric(fromPort), numeric(toPort)];
  if (from === undefined || to === undefined) return [];
  // Port 0 alone is of no use: it is written where all ports are meant, as with protocol -1.
  if (from === 0 && to === 0) return ports;
  return ports.filter((port) => from <= port && port <= to);
}
