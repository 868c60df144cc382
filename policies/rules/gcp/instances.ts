import type { FieldPath } from '../../engine/field-path';
import type { CloudResource, Fields } from '../../engine/object';
import type { Report, ResourcePolicy } from '../../engine/policy';
import { elements, input, isNamed, isOff, isOn, setting } from '../cloud/inputs';
import { google } from './controls';
import { isDefaultComputeAccount } from './service-accounts';

const INSTANCE = 'gcp:compute/instance:Instance';
/** Made from a template or an image: what they do not state is stated there. */
const FROM_OTHERS = ['gcp:compute/instanceFromTemplate:InstanceFromTemplate', 'gcp:compute/instanceFromMachineImage:InstanceFromMachineImage'];
const INSTANCES = [INSTANCE, 'gcp:compute/instanceTemplate:InstanceTemplate', 'gcp:compute/regionInstanceTemplate:RegionInstanceTemplate', ...FROM_OTHERS];

function instance(properties: Fields): CloudResource {
  return { type: INSTANCE, name: 'bastion', properties: { machineType: 'e2-small', zone: 'europe-west1-b', ...properties } };
}

/** Nodes that GKE makes are named so, and GKE decides on their settings. */
function isGkeNode(resource: CloudResource): boolean {
  const name = input(resource, 'name');
  return (typeof name === 'string' && name.startsWith('gke-')) || input(resource, 'labels', 'goog-gke-node') !== undefined;
}

/** A policy over virtual machines: everything but how it finds them. */
type InstancePolicy = Omit<ResourcePolicy, 'resourceTypes' | 'check' | 'enforcement' | 'examples'> & {
  /** Inputs of an instance that fails, and of one that passes. */
  readonly fails: Fields;
  readonly passes: Fields;
  /** The input that decides, unless it is absent in a machine that is made from a template. */
  readonly path: FieldPath;
  checkInstance(resource: CloudResource, report: Report): void;
};

function instancePolicy({ fails, passes, path, checkInstance, ...about }: InstancePolicy): ResourcePolicy {
  return {
    ...about,
    enforcement: 'mandatory',
    examples: { fails: instance(fails), passes: instance(passes) },
    resourceTypes: INSTANCES,
    check(resource, report) {
      if (isGkeNode(resource)) return;
      if (FROM_OTHERS.includes(resource.type) && input(resource, ...path) === undefined) {
        report.undecided({ path, reason: 'not stated here; it comes from the template' });
        return;
      }
      checkInstance(resource, report);
    },
  };
}

const EMAIL = ['serviceAccount', 'email'];

/** Whether a machine has the default account. Without a service account it has none at all. */
function hasDefaultAccount(resource: CloudResource): boolean {
  if (input(resource, 'serviceAccount') === undefined) return false;
  const value = input(resource, ...EMAIL);
  return !isNamed(value) || value === 'default' || isDefaultComputeAccount(value);
}

/** CIS Google Cloud 4.1. */
export const instanceAccount = instancePolicy({
  id: 'gcp-instance-default-service-account',
  title: 'Virtual machines do not have the default service account',
  severity: 'high',
  controls: google('4.1'),
  rationale: 'The default service account may edit nearly everything in the project. Whoever breaks into the machine may do so too.',
  remediation: 'Set serviceAccount.email to an account made for the machine, or leave serviceAccount out.',
  fails: { serviceAccount: { scopes: ['storage-ro'] } },
  passes: { serviceAccount: { email: 'bastion@my-project.iam.gserviceaccount.com', scopes: ['cloud-platform'] } },
  path: EMAIL,
  checkInstance(resource, report) {
    const { path, value } = setting(resource, ...EMAIL);
    if (hasDefaultAccount(resource)) report.finding({ path, found: value, message: `'${resource.name}' has the default service account` });
  },
});

const FULL_ACCESS = new Set<unknown>(['cloud-platform', 'https://www.googleapis.com/auth/cloud-platform']);

/** CIS Google Cloud 4.2. */
export const instanceScopes = instancePolicy({
  id: 'gcp-instance-full-api-access',
  title: 'Virtual machines with the default service account do not have full access',
  severity: 'high',
  controls: google('4.2'),
  rationale: 'Scopes are all that holds the default service account back. With all of them its editor role counts in full.',
  remediation: 'Give the machine an account of its own; with the default one list the scopes that it needs.',
  fails: { serviceAccount: { scopes: ['cloud-platform'] } },
  passes: { serviceAccount: { email: 'bastion@my-project.iam.gserviceaccount.com', scopes: ['cloud-platform'] } },
  path: ['serviceAccount', 'scopes'],
  checkInstance(resource, report) {
    if (!hasDefaultAccount(resource)) return;
    for (const { path, value } of elements(resource, 'serviceAccount', 'scopes')) {
      if (FULL_ACCESS.has(value)) report.finding({ path, found: value, message: `'${resource.name}' has the default service account with full access to all APIs` });
    }
  },
});

/** Whether a key of the metadata, which holds text, is switched on. */
function isSet(value: unknown): boolean {
  return isOn(value) || value === 1 || value === '1';
}

const PROJECT_KEYS = ['metadata', 'block-project-ssh-keys'];
const OS_LOGIN = ['metadata', 'enable-oslogin'];

/** CIS Google Cloud 4.3. */
export const instanceProjectKeys = instancePolicy({
  id: 'gcp-instance-project-ssh-keys',
  title: "Virtual machines do not take the project's SSH keys",
  severity: 'medium',
  controls: google('4.3'),
  rationale: 'A key in the metadata of the project opens each of its machines. One lost laptop, and all of them are open.',
  remediation: "Set metadata['block-project-ssh-keys'] to 'true', or use OS Login.",
  fails: { metadata: {} },
  passes: { metadata: { 'block-project-ssh-keys': 'true' } },
  path: PROJECT_KEYS,
  checkInstance(resource, report) {
    const { path, value } = setting(resource, ...PROJECT_KEYS);
    // With OS Login keys in metadata count for nothing.
    if (isSet(value) || isSet(input(resource, ...OS_LOGIN))) return;
    report.finding({ path, found: value, message: `'${resource.name}' takes the SSH keys of the project`, fix: 'true' });
  },
});

/** CIS Google Cloud 4.4, of single machines. */
export const instanceOsLogin = instancePolicy({
  id: 'gcp-instance-os-login',
  title: 'Virtual machines do not switch off OS Login',
  severity: 'medium',
  controls: google('4.4'),
  rationale: 'OS Login ties SSH to roles in IAM. A machine that switches it off goes back to keys that nobody takes away.',
  remediation: "Leave metadata['enable-oslogin'] out, or set it to 'TRUE'.",
  fails: { metadata: { 'enable-oslogin': 'FALSE' } },
  passes: { metadata: { 'enable-oslogin': 'TRUE' } },
  path: OS_LOGIN,
  checkInstance(resource, report) {
    const { path, value } = setting(resource, ...OS_LOGIN);
    if (isOff(value)) report.finding({ path, found: value, message: `'${resource.name}' switches off OS Login`, fix: 'TRUE' });
  },
});

const SERIAL = ['metadata', 'serial-port-enable'];

/** CIS Google Cloud 4.5. */
export const instanceSerialPort = instancePolicy({
  id: 'gcp-instance-serial-port',
  title: 'Virtual machines have no interactive serial port',
  severity: 'medium',
  controls: google('4.5'),
  rationale: 'The serial console is reached from any address, past every firewall rule.',
  remediation: "Leave metadata['serial-port-enable'] out, or set it to 'false'.",
  fails: { metadata: { 'serial-port-enable': 'true' } },
  passes: { metadata: {} },
  path: SERIAL,
  checkInstance(resource, report) {
    const { path, value } = setting(resource, ...SERIAL);
    if (isSet(value)) report.finding({ path, found: value, message: `'${resource.name}' can be reached by its serial port`, fix: 'false' });
  },
});

/** CIS Google Cloud 4.6. */
export const instanceForwarding = instancePolicy({
  id: 'gcp-instance-ip-forwarding',
  title: 'Virtual machines do not forward packets',
  severity: 'medium',
  controls: google('4.6'),
  rationale: 'A machine that forwards can send with addresses that are not its own, and carry data past the firewall.',
  remediation: 'Leave canIpForward out, or set it to false.',
  fails: { canIpForward: true },
  passes: { canIpForward: false },
  path: ['canIpForward'],
  checkInstance(resource, report) {
    const { path, value } = setting(resource, 'canIpForward');
    if (isOn(value)) report.finding({ path, found: value, message: `'${resource.name}' may forward packets`, fix: false });
  },
});

const SHIELDED = ['shieldedInstanceConfig'];

/** CIS Google Cloud 4.8. */
export const instanceShielded = instancePolicy({
  id: 'gcp-instance-shielded',
  title: 'Virtual machines are shielded',
  severity: 'medium',
  controls: google('4.8'),
  rationale: 'A shielded machine measures what it boots, so that a changed boot loader or kernel is noticed.',
  remediation: 'Set shieldedInstanceConfig, with enableVtpm and enableIntegrityMonitoring left on; the image must support it.',
  fails: { shieldedInstanceConfig: { enableVtpm: false } },
  passes: { shieldedInstanceConfig: { enableVtpm: true, enableIntegrityMonitoring: true } },
  path: SHIELDED,
  checkInstance(resource, report) {
    const { path, value } = setting(resource, ...SHIELDED);
    if (value === undefined) {
      report.finding({ path, found: value, message: `'${resource.name}' is not shielded` });
      return;
    }
    for (const field of ['enableVtpm', 'enableIntegrityMonitoring']) {
      const part = setting(resource, ...SHIELDED, field);
      // Both are on by default.
      if (part.value === undefined || isOn(part.value)) continue;
      report.finding({ path: part.path, found: part.value, message: `'${resource.name}' is shielded without ${field}`, fix: true });
    }
  },
});

/** CIS Google Cloud 4.9. */
export const instancePublicAddress = instancePolicy({
  id: 'gcp-instance-public-address',
  title: 'Virtual machines have no public address',
  severity: 'high',
  controls: google('4.9'),
  rationale: 'A machine without a public address is not found by those who scan the internet, whatever its firewall says.',
  remediation: 'Leave accessConfigs and ipv6AccessConfigs out; go out through Cloud NAT, and in through Identity-Aware Proxy.',
  fails: { networkInterfaces: [{ network: 'main', accessConfigs: [{}] }] },
  passes: { networkInterfaces: [{ network: 'main' }] },
  path: ['networkInterfaces'],
  checkInstance(resource, report) {
    for (const { path: network } of elements(resource, 'networkInterfaces')) {
      for (const list of ['accessConfigs', 'ipv6AccessConfigs']) {
        const [access] = elements(resource, ...network, list);
        if (access) report.finding({ path: access.path, found: access.value, message: `'${resource.name}' has a public address` });
      }
    }
  },
});

const PROJECT_METADATA = 'gcp:compute/projectMetadata:ProjectMetadata';
const METADATA_ITEM = 'gcp:compute/projectMetadataItem:ProjectMetadataItem';

/** CIS Google Cloud 4.4, of the project. */
export const projectOsLogin: ResourcePolicy = {
  id: 'gcp-project-os-login',
  title: 'Projects have OS Login',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: google('4.4'),
  rationale: 'OS Login ties SSH to roles in IAM: who loses the role loses the login. Keys in metadata stay until someone removes them.',
  remediation: "Set metadata['enable-oslogin'] of the project to 'TRUE'.",
  examples: {
    fails: { type: PROJECT_METADATA, name: 'project', properties: { metadata: { 'enable-oslogin': 'FALSE' } } },
    passes: { type: PROJECT_METADATA, name: 'project', properties: { metadata: { 'enable-oslogin': 'TRUE' } } },
  },
  resourceTypes: [PROJECT_METADATA, METADATA_ITEM],
  check(resource, report) {
    if (resource.type === METADATA_ITEM && input(resource, 'key') !== 'enable-oslogin') return;
    const { path, value } = setting(resource, ...(resource.type === METADATA_ITEM ? ['value'] : OS_LOGIN));
    if (!isSet(value)) report.finding({ path, found: value, message: `'${resource.name}' does not switch on OS Login for the project`, fix: 'TRUE' });
  },
};
