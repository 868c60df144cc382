import type { FieldPath } from '../../engine/field-path';
import type { CloudResource } from '../../engine/object';
import type { ResourcePolicy } from '../../engine/policy';
import { cis } from '../cis';
import { elements, input, isOneOf, setting } from '../cloud/inputs';
import { cluster, clusterInput, clusterPolicy } from './cluster';

/** Whether a cluster switches off logging or monitoring, and where: the older input names a service, the newer components. */
function switchedOff(resource: CloudResource, kind: 'logging' | 'monitoring'): FieldPath | undefined {
  const service = setting(resource, `${kind}Service`);
  if (isOneOf(service.value, 'NONE')) return service.path;
  const components = setting(resource, `${kind}Config`, 'enableComponents');
  if (Array.isArray(components.value) && !elements(resource, ...components.path).some(({ value }) => value === 'SYSTEM_COMPONENTS')) return components.path;
  const telemetry = setting(resource, 'clusterTelemetry', 'type');
  return isOneOf(telemetry.value, 'DISABLED') ? telemetry.path : undefined;
}

function observed(kind: 'logging' | 'monitoring', product: string, rationale: string): ResourcePolicy {
  return clusterPolicy({
    id: `gke-${kind}`,
    title: `GKE clusters send to ${product}`,
    severity: 'medium',
    enforcement: 'mandatory',
    controls: cis({ gke: '5.7.1' }),
    rationale,
    remediation: `Leave ${kind}Service and ${kind}Config out, or have SYSTEM_COMPONENTS in ${kind}Config.enableComponents.`,
    examples: { fails: cluster({ [`${kind}Service`]: 'none' }), passes: cluster({ [`${kind}Config`]: { enableComponents: ['SYSTEM_COMPONENTS', 'WORKLOADS'] } }) },
    enforcedByAutopilot: true,
    checkCluster(resource, report) {
      const path = switchedOff(resource, kind);
      if (path) report.finding({ path, found: input(resource, ...path), message: `cluster '${resource.name}' does not send to ${product}` });
    },
  });
}

/** CIS GKE 5.7.1: logs leave the cluster. */
export const logging = observed(
  'logging',
  'Cloud Logging',
  'Logs that stay on a node are gone with it, and whoever breaks into the node can change them. Without the logs of the system nobody can tell afterwards what happened.',
);

/** CIS GKE 5.7.1: metrics leave the cluster. */
export const monitoring = observed(
  'monitoring',
  'Cloud Monitoring',
  'Without metrics of the system nobody is told when the control plane or a node misbehaves, by accident or because someone else uses it.',
);

const POSTURES = ['BASIC', 'ENTERPRISE'];

/** CIS GKE 5.10.4: Google looks for weaknesses too. */
export const securityPosture = clusterInput({
  id: 'gke-security-posture',
  title: 'GKE clusters are watched by the security posture dashboard',
  severity: 'low',
  enforcement: 'mandatory',
  controls: cis({ gke: '5.10.4' }),
  rationale:
    'The security posture dashboard looks through running workloads for weak configuration and through bulletins for what ' +
    'concerns the cluster, including what was never seen in a review.',
  remediation: 'Set securityPostureConfig.mode to BASIC or ENTERPRISE.',
  examples: { fails: cluster({ securityPostureConfig: { mode: 'DISABLED' } }), passes: cluster({ securityPostureConfig: { mode: 'BASIC' } }) },
  path: ['securityPostureConfig', 'mode'],
  meets: (value) => isOneOf(value, ...POSTURES),
  problem: 'is not watched by the security posture dashboard',
  fix: 'BASIC',
});
