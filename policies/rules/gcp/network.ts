import type { ResourcePolicy } from '../../engine/policy';
import { cis } from '../cis';
import { example } from '../cloud/example';
import { inputPolicy } from '../cloud/input-policy';
import { elements, input, isNamed, isOff, isOn, isOneOf, setting } from '../cloud/inputs';
import { google } from './controls';

const PROJECT = 'gcp:organizations/project:Project';
const NETWORK = 'gcp:compute/network:Network';
const SUBNETWORK = 'gcp:compute/subnetwork:Subnetwork';
const ZONE = 'gcp:dns/managedZone:ManagedZone';
const DNS_POLICY = 'gcp:dns/policy:Policy';

/** CIS Google Cloud 3.1. */
export const defaultNetwork: ResourcePolicy = {
  id: 'gcp-default-network',
  title: 'Projects have no default network',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: google('3.1'),
  rationale:
    'The default network has a subnet in every region and firewall rules that open SSH, RDP and ICMP to the internet. What is ' +
    'created without a word about networks ends up in it.',
  remediation: 'Set autoCreateNetwork of the project to false, and declare the network that is needed.',
  examples: { fails: example(PROJECT, { projectId: 'my-project' }), passes: example(PROJECT, { projectId: 'my-project', autoCreateNetwork: false }) },
  resourceTypes: [PROJECT, NETWORK],
  check(resource, report) {
    if (resource.type === NETWORK) {
      const { path, value } = setting(resource, 'name');
      if (value === 'default') report.finding({ path, found: value, message: `'${resource.name}' is the default network` });
      return;
    }
    const { path, value } = setting(resource, 'autoCreateNetwork');
    if (isOff(value)) return;
    report.finding({ path, found: value, message: `project '${resource.name}' keeps the default network`, fix: false });
  },
};

/** CIS Google Cloud 3.2. */
export const legacyNetwork = inputPolicy({
  id: 'gcp-legacy-network',
  title: 'Networks are not of the legacy kind',
  severity: 'medium',
  controls: google('3.2'),
  rationale: 'A legacy network is one range for the whole world: there are no subnets, no flow logs and no private access in it.',
  remediation: 'Declare a network with subnets; leave ipv4Range out.',
  examples: { fails: example(NETWORK, { ipv4Range: '10.0.0.0/16', autoCreateSubnetworks: false }), passes: example(NETWORK, { autoCreateSubnetworks: false }) },
  resourceTypes: [NETWORK],
  noun: 'network',
  path: ['ipv4Range'],
  meets: (value) => value === undefined,
  problem: 'is a legacy network',
  fix: null,
});

/** Purposes of subnets that machines are in; others have no flow logs. */
const OF_MACHINES = ['PRIVATE', 'PRIVATE_RFC_1918'];

/** CIS Google Cloud 3.8, CIS GKE 5.6.1. */
export const flowLogs: ResourcePolicy = {
  id: 'gcp-subnet-flow-logs',
  title: 'Subnets log their traffic',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: [...google('3.8', { v5: '3.10' }), ...cis({ gke: '5.6.1' })],
  rationale: 'Flow logs tell who talked to whom. After an intrusion they show where it came from and what else it reached.',
  remediation: 'Set logConfig; the benchmark asks for aggregationInterval INTERVAL_5_SEC, flowSampling 1 and metadata INCLUDE_ALL_METADATA.',
  examples: {
    fails: example(SUBNETWORK, { network: 'main', ipCidrRange: '10.0.0.0/20' }),
    passes: example(SUBNETWORK, { network: 'main', ipCidrRange: '10.0.0.0/20', logConfig: { aggregationInterval: 'INTERVAL_5_SEC', flowSampling: 1 } }),
  },
  resourceTypes: [SUBNETWORK],
  check(resource, report) {
    const purpose = input(resource, 'purpose');
    if (isNamed(purpose) && !isOneOf(purpose, ...OF_MACHINES)) return;
    const { path, value } = setting(resource, 'logConfig');
    const sampling = setting(resource, 'logConfig', 'flowSampling');
    if (value === undefined || value === false) report.finding({ path, found: value, message: `subnet '${resource.name}' does not log its traffic` });
    else if (sampling.value === 0) report.finding({ path: sampling.path, found: 0, message: `subnet '${resource.name}' samples none of its traffic`, fix: 1 });
  },
};

/** CIS Google Cloud 3.3. */
export const dnssec = inputPolicy({
  id: 'gcp-dnssec',
  title: 'Public zones are signed with DNSSEC',
  severity: 'medium',
  controls: google('3.3'),
  rationale: 'Without a signature anyone on the way can answer for the zone, and send people to a copy of the service.',
  remediation: "Set dnssecConfig.state to 'on', and register the key with the registrar.",
  examples: { fails: example(ZONE, { dnsName: 'example.com.' }), passes: example(ZONE, { dnsName: 'example.com.', dnssecConfig: { state: 'on' } }) },
  resourceTypes: [ZONE],
  noun: 'zone',
  path: ['dnssecConfig', 'state'],
  // A private zone cannot be signed.
  applies: (zone) => !isOneOf(input(zone, 'visibility'), 'private'),
  meets: (value) => isOneOf(value, 'on', 'transfer'),
  problem: 'is not signed',
  fix: 'on',
});

const KEY_SIGNING = google('3.4');
const ZONE_SIGNING = google('3.5');

/** CIS Google Cloud 3.4 and 3.5. */
export const dnssecAlgorithm: ResourcePolicy = {
  id: 'gcp-dnssec-algorithm',
  title: 'Zones are not signed with SHA-1',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: [...KEY_SIGNING, ...ZONE_SIGNING],
  rationale: 'SHA-1 is broken: a signature with it can be forged, and then DNSSEC vouches for the forgery.',
  remediation: 'Set the algorithm in dnssecConfig.defaultKeySpecs to rsasha256 or ecdsap256sha256, or leave the list out.',
  examples: {
    fails: example(ZONE, { dnssecConfig: { state: 'on', defaultKeySpecs: [{ keyType: 'keySigning', algorithm: 'rsasha1' }] } }),
    passes: example(ZONE, { dnssecConfig: { state: 'on', defaultKeySpecs: [{ keyType: 'keySigning', algorithm: 'rsasha256' }] } }),
  },
  resourceTypes: [ZONE],
  check(resource, report) {
    for (const { path: spec } of elements(resource, 'dnssecConfig', 'defaultKeySpecs')) {
      const { path, value } = setting(resource, ...spec, 'algorithm');
      if (!isOneOf(value, 'RSASHA1')) continue;
      const use = input(resource, ...spec, 'keyType');
      // Without a type it may be either.
      const controls = use === 'keySigning' ? KEY_SIGNING : use === 'zoneSigning' ? ZONE_SIGNING : undefined;
      report.finding({ path, found: value, message: `zone '${resource.name}' is signed with SHA-1`, controls });
    }
  },
};

/** CIS Google Cloud 2.12. */
export const dnsLogging = inputPolicy({
  id: 'gcp-dns-logging',
  title: 'Networks log the names that are looked up',
  severity: 'low',
  controls: google('2.12', { v5: '2.13' }),
  rationale: 'Malware looks up the names of its servers. The log of queries shows which machine did, and when it began.',
  remediation: 'Set enableLogging of the DNS policy to true.',
  examples: { fails: example(DNS_POLICY, { networks: [{ networkUrl: 'main' }] }), passes: example(DNS_POLICY, { enableLogging: true, networks: [{ networkUrl: 'main' }] }) },
  resourceTypes: [DNS_POLICY],
  noun: 'DNS policy',
  path: ['enableLogging'],
  meets: isOn,
  problem: 'does not log queries',
  fix: true,
});
