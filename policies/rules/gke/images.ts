import type { Inventory } from '../../engine/inventory';
import type { CloudResource, Fields } from '../../engine/object';
import type { ResourcePolicy } from '../../engine/policy';
import { readOr } from '../../engine/unknown-value';
import { cis } from '../cis';
import { elements, input, isOn, isOneOf, setting } from '../cloud/inputs';
import { iamTypes } from '../gcp/grants';
import { noPublicGrant } from '../gcp/public-access';
import { CLUSTER, cluster, clusterInput } from './cluster';

const SERVICE = 'gcp:projects/service:Service';
const SCANNING = 'containerscanning.googleapis.com';
const REPOSITORY = 'gcp:artifactregistry/repository:Repository';
const SCANNED = ['VULNERABILITY_BASIC', 'VULNERABILITY_ENTERPRISE'];

/** CIS GKE 5.1.1: images are searched for known flaws. */
export const imageScanning: ResourcePolicy = {
  id: 'gke-image-scanning',
  title: 'Images for GKE are scanned for vulnerabilities',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: cis({ gke: '5.1.1' }),
  rationale:
    'Most intrusions use flaws that were known and fixed. Scanning finds them in images when they are pushed, and again ' +
    'when new flaws become known.',
  remediation:
    `Enable the API ${SCANNING} in the project (gcp.projects.Service), or set securityPostureConfig.vulnerabilityMode of the ` +
    'cluster; leave vulnerabilityScanningConfig of repositories at INHERITED.',
  reach: 'stack',
  examples: {
    fails: cluster({}),
    passes: [cluster({}), { type: SERVICE, name: 'scanning', properties: { service: SCANNING } }],
  },
  resourceTypes: [CLUSTER, REPOSITORY],
  check(resource, report, context) {
    if (resource.type === REPOSITORY) {
      const { path, value } = setting(resource, 'vulnerabilityScanningConfig', 'enablementConfig');
      if (isOneOf(value, 'DISABLED')) report.finding({ path, found: value, message: `images in repository '${resource.name}' are not scanned`, fix: 'INHERITED' });
      return;
    }
    const enabled = context.derive(scanningService);
    if (enabled === 'yes') return;
    const { path, value } = setting(resource, 'securityPostureConfig', 'vulnerabilityMode');
    if (isOneOf(value, ...SCANNED) || isOneOf(input(resource, 'protectConfig', 'workloadVulnerabilityMode'), 'BASIC')) return;
    if (enabled === 'unknown') {
      report.undecided({ path, reason: 'an API that the stack enables is not known yet' });
      return;
    }
    report.finding({ path, found: value, message: `nothing scans the images of cluster '${resource.name}': neither it nor a project of the stack enables that` });
  },
};

/** Whether the stack enables the scanning of images in a project. */
function scanningService(inventory: Inventory): 'yes' | 'no' | 'unknown' {
  const names = inventory.ofType(SERVICE).map((service) => readOr('unknown', () => input(service, 'service')));
  if (names.includes(SCANNING)) return 'yes';
  return names.includes('unknown') ? 'unknown' : 'no';
}

const REPOSITORY_GRANTS = iamTypes('artifactregistry', 'RepositoryIam');

function reader(member: string): CloudResource {
  return {
    type: 'gcp:artifactregistry/repositoryIamMember:RepositoryIamMember',
    name: 'readers',
    properties: { repository: 'images', role: 'roles/artifactregistry.reader', member },
  };
}

/** CIS GKE 5.1.2: repositories of images are not for everyone. */
export const publicRepository = noPublicGrant({
  id: 'gke-public-image-repository',
  title: 'Image repositories are not public',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ gke: '5.1.2' }),
  rationale:
    'An image holds the code of a service, and often more than was meant to be in it. Who may write to a repository decides ' +
    'what the cluster runs.',
  remediation: 'Remove allUsers and allAuthenticatedUsers; give roles on the repository to the accounts that need them.',
  examples: { fails: reader('allUsers'), passes: reader('serviceAccount:gke-nodes@my-project.iam.gserviceaccount.com') },
  resourceTypes: REPOSITORY_GRANTS,
  what: 'a repository of images',
});

/** CIS GKE 5.1.4: what runs was approved. */
export const binaryAuthorization = clusterInput({
  id: 'gke-binary-authorization',
  title: 'GKE clusters enforce Binary Authorization',
  severity: 'low',
  enforcement: 'mandatory',
  controls: cis({ gke: '5.1.4' }),
  rationale:
    'Binary Authorization lets a cluster run only images that the policy of the project allows: from where you say, or with ' +
    'the signature of your build. Without it, whoever may create a pod may run any image.',
  remediation: 'Set binaryAuthorization.evaluationMode to PROJECT_SINGLETON_POLICY_ENFORCE, and write the policy.',
  examples: { fails: cluster({}), passes: cluster({ binaryAuthorization: { evaluationMode: 'PROJECT_SINGLETON_POLICY_ENFORCE' } }) },
  path: ['binaryAuthorization', 'evaluationMode'],
  meets: enforcesPolicy,
  problem: 'does not enforce Binary Authorization',
  fix: 'PROJECT_SINGLETON_POLICY_ENFORCE',
});

function enforcesPolicy(mode: unknown, resource: CloudResource): boolean {
  if (mode !== undefined) return /PROJECT_SINGLETON_POLICY_ENFORCE$/i.test(String(mode));
  // Older inputs for the same.
  return isOn(input(resource, 'binaryAuthorization', 'enabled')) || isOn(input(resource, 'enableBinaryAuthorization'));
}

const POLICY = 'gcp:binaryauthorization/policy:Policy';

function policy(defaultAdmissionRule: Fields): CloudResource {
  return { type: POLICY, name: 'images', properties: { defaultAdmissionRule } };
}

/** CIS GKE 5.1.4: and the approval is not given to everything. */
export const binaryAuthorizationPolicy: ResourcePolicy = {
  id: 'gke-binary-authorization-policy',
  title: 'Binary Authorization does not allow every image',
  severity: 'low',
  enforcement: 'mandatory',
  controls: cis({ gke: '5.1.4' }),
  rationale: 'A policy that allows every image, or only notes what it would have refused, leaves the cluster as open as without one.',
  remediation: 'Set evaluationMode of each admission rule to REQUIRE_ATTESTATION (or ALWAYS_DENY with an allow list), and enforcementMode to ENFORCED_BLOCK_AND_AUDIT_LOG.',
  examples: {
    fails: policy({ evaluationMode: 'ALWAYS_ALLOW', enforcementMode: 'ENFORCED_BLOCK_AND_AUDIT_LOG' }),
    passes: policy({ evaluationMode: 'ALWAYS_DENY', enforcementMode: 'ENFORCED_BLOCK_AND_AUDIT_LOG' }),
  },
  resourceTypes: [POLICY],
  check(resource, report) {
    for (const rule of [['defaultAdmissionRule'], ...elements(resource, 'clusterAdmissionRules').map(({ path }) => path)]) {
      const evaluation = setting(resource, ...rule, 'evaluationMode');
      const enforcement = setting(resource, ...rule, 'enforcementMode');
      if (isOneOf(evaluation.value, 'ALWAYS_ALLOW')) {
        report.finding({ path: evaluation.path, found: evaluation.value, message: `policy '${resource.name}' allows every image` });
      } else if (isOneOf(enforcement.value, 'DRYRUN_AUDIT_LOG_ONLY')) {
        report.finding({ path: enforcement.path, found: enforcement.value, message: `policy '${resource.name}' refuses no image, it only logs` });
      }
    }
  },
};
