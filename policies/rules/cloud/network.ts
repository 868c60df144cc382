export type Family = 'IPv4' | 'IPv6';

/** Whether a range of addresses holds every address there is: of one family, or of whichever it is of. */
export function isEverywhere(range: unknown, family?: Family): boolean {
  if (typeof range !== 'string' || !/^\s*[\da-f.:]+\/0+\s*$/i.test(range)) return false;
  return family === undefined || range.includes(':') === (family === 'IPv6');
}

/** From the first port to the last. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** Ports as rules write them, `22` or `20-25`; `undefined` for anything else. */
export function portRange(ports: unknown): PortRange | undefined {
  if (typeof ports !== 'string' && typeof ports !== 'number') return undefined;
  const [, from, to = from] = /^\s*(\d+)\s*(?:-\s*(\d+)\s*)?$/.exec(String(ports)) ?? [];
  return from === undefined ? undefined : { from: Number(from), to: Number(to) };
}

/** Whether a port is in a range, if it is a range at all. */
export function hasPort(range: PortRange | undefined, port: number): boolean {
  return range !== undefined && range.from <= port && port <= range.to;
}
