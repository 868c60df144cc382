import type { Policy } from '../engine/policy';
import { capabilities, netRaw } from './capabilities';
import { hostIpc, hostNetwork, hostPid } from './host-namespaces';
import { hostPath } from './host-path';
import { hostPort } from './host-port';
import { podSecurityEnforced } from './pod-security-enforced';
import { privilegeEscalation } from './privilege-escalation';
import { privileged } from './privileged';
import { cpuLimits, cpuRequests, memoryLimits, memoryRequests } from './resources';
import { runAsNonRoot } from './run-as-non-root';
import { windowsHostProcess } from './windows-host-process';

/** CIS Kubernetes benchmark, section 5.2: pod security. */
export const CIS_KUBERNETES: readonly Policy[] = [
  podSecurityEnforced,
  privileged,
  hostPid,
  hostIpc,
  hostNetwork,
  privilegeEscalation,
  runAsNonRoot,
  netRaw,
  capabilities,
  windowsHostProcess,
  hostPath,
  hostPort,
];

/** Requests and limits of every container. */
export const RESOURCE_LIMITS: readonly Policy[] = [cpuRequests, cpuLimits, memoryRequests, memoryLimits];

/** Every policy, in the order in which reports list them. */
export const POLICIES: readonly Policy[] = [...CIS_KUBERNETES, ...RESOURCE_LIMITS];
