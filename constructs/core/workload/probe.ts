import { k8s } from 'cdk8s-plus-27';

/** Timing of a probe; all in seconds. */
export interface ProbeTiming {
  readonly initialDelaySeconds?: number;
  /** @default 10 */
  readonly periodSeconds?: number;
  /** @default 1 */
  readonly timeoutSeconds?: number;
  /** @default 3 */
  readonly failureThreshold?: number;
  /** @default 1 */
  readonly successThreshold?: number;
}

/** Probes by HTTP GET; the port is a number or a port's name. */
export function httpProbe(path: string, port: number | string, timing: ProbeTiming & { readonly scheme?: 'HTTP' | 'HTTPS' } = {}): k8s.Probe {
  const { scheme, ...rest } = timing;
  return { httpGet: { path, port: intOrString(port), ...(scheme && { scheme }) }, ...rest };
}

/** Probes by opening a TCP connection. */
export function tcpProbe(port: number | string, timing: ProbeTiming = {}): k8s.Probe {
  return { tcpSocket: { port: intOrString(port) }, ...timing };
}

/** Probes by running a command in the container. */
export function execProbe(command: readonly string[], timing: ProbeTiming = {}): k8s.Probe {
  return { exec: { command: [...command] }, ...timing };
}

/** A number or a name, as the API has it. */
export function intOrString(value: number | string): k8s.IntOrString {
  return typeof value === 'number' ? k8s.IntOrString.fromNumber(value) : k8s.IntOrString.fromString(value);
}
