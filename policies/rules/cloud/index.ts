import type { Policy } from '../../engine/policy';
import { ingressTls } from './ingress-tls';

/** What the benchmarks of several clouds ask for. */
export const CLOUD: readonly Policy[] = [ingressTls];
