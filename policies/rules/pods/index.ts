import type { Policy } from '../../engine/policy';
import { capabilities, netRaw } from './capabilities';
import { hostIpc, hostNetwork, hostPid } from './host-namespaces';
import { hostPath } from './host-path';
import { hostPort } from './host-port';
import { imageDigest } from './images/image-digest';
import { imageRegistry } from './images/image-registry';
import { imageTag } from './images/image-tag';
import { privilegeEscalation } from './privilege-escalation';
import { privileged } from './privileged';
import { apparmorProfile } from './pss/apparmor-profile';
import { probeHost } from './pss/probe-host';
import { procMount } from './pss/proc-mount';
import { selinuxOptions } from './pss/selinux-options';
import { unsafeSysctls } from './pss/unsafe-sysctls';
import { volumeTypes } from './pss/volume-types';
import { readOnlyRootFilesystem } from './read-only-root-filesystem';
import { runAsNonRoot } from './run-as-non-root';
import { seccompProfile } from './seccomp-profile';
import { secretsInEnvironment } from './secrets-in-environment';
import { securityContext } from './security-context';
import { windowsHostProcess } from './windows-host-process';

/** Policies over pods and their containers. */
export const PODS: readonly Policy[] = [
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
  secretsInEnvironment,
  imageRegistry,
  imageTag,
  imageDigest,
  seccompProfile,
  securityContext,
  readOnlyRootFilesystem,
  apparmorProfile,
  selinuxOptions,
  procMount,
  unsafeSysctls,
  volumeTypes,
  probeHost,
];
