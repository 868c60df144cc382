import * as gcp from '@pulumi/gcp';
import type * as pulumi from '@pulumi/pulumi';
import { unlessMissing } from './data/not-found';
import { readMachineType } from './nodes/machine-types';

/** How soon GKE brings new versions. */
export type ReleaseChannel = 'RAPID' | 'REGULAR' | 'STABLE' | 'EXTENDED';

/** Versions that GKE offers in a region. */
export interface GkeVersions {
  /** Version that new clusters of a channel get, e.g. `1.34.1-gke.2037000`. */
  readonly defaults: Readonly<Record<string, string>>;
  /** Every version that a new control plane may have. */
  readonly offered: readonly string[];
}

/** A machine type that a zone offers. */
export interface OfferedMachine {
  readonly vcpus: number;
  readonly memoryMib: number;
  /** What comes with the type, by accelerator type. */
  readonly accelerators: Readonly<Record<string, number>>;
}

/** A subnet that exists. */
export interface FoundSubnet {
  readonly selfLink: string;
  /** Self link of the VPC it is in. */
  readonly network: string;
  readonly cidr: string;
  readonly privateGoogleAccess: boolean;
  /** Secondary ranges by name. */
  readonly secondaryRanges: Readonly<Record<string, string>>;
}

/** A GKE cluster that exists. */
export interface FoundCluster {
  /** Version of the control plane, e.g. `1.34.1-gke.2037000`. */
  readonly version: string;
  /** Absent without Workload Identity. */
  readonly workloadPool?: string;
  readonly enforcesNetworkPolicies: boolean;
  readonly autopilot: boolean;
  /** Host of the API server as this program should reach it: its DNS name if that is open, else an address. */
  readonly endpoint: string;
  /** Certificate of the CA, in base64. Absent for the DNS endpoint, whose certificate everybody knows. */
  readonly ca?: string;
}

/** What exists and what is offered, in one project and region. */
export interface GcpLookups {
  readonly project: string;
  readonly region: string;
  projectNumber(): Promise<string>;
  /** Zones of the region that are up. */
  zones(): Promise<readonly string[]>;
  versions(): Promise<GkeVersions>;
  /** A machine type in a zone; `undefined` if the zone has none of it. */
  machine(zone: string, machineType: string): Promise<OfferedMachine | undefined>;
  subnetwork(name: string): Promise<FoundSubnet | undefined>;
  cluster(name: string): Promise<FoundCluster | undefined>;
}

/** How lookups say what they are about. */
interface Place {
  readonly project: string;
  readonly region: string;
}

/** Asks Google Cloud, by the provider given and so with its credentials. */
export function liveLookups(provider: pulumi.ProviderResource, { project, region }: Place): GcpLookups {
  const options = { provider };
  return {
    project,
    region,
    async projectNumber() {
      return (await gcp.organizations.getProject({ projectId: project }, options)).number;
    },
    async zones() {
      return (await gcp.compute.getZones({ project, region, status: 'UP' }, options)).names;
    },
    async versions() {
      const { releaseChannelDefaultVersion, validMasterVersions } = await gcp.container.getEngineVersions({ project, location: region }, options);
      return { defaults: releaseChannelDefaultVersion, offered: validMasterVersions };
    },
    async machine(zone, machineType) {
      const { machineTypes } = await gcp.compute.getMachineTypes({ project, zone, filter: `name = "${machineType}"` }, options);
      const [found] = machineTypes;
      if (!found) return undefined;
      const accelerators = Object.fromEntries(found.accelerators.map((each) => [each.guestAcceleratorType, each.guestAcceleratorCount]));
      return { vcpus: found.guestCpus, memoryMib: found.memoryMb, accelerators };
    },
    async subnetwork(name) {
      return unlessMissing(async () => {
        const found = await gcp.compute.getSubnetwork({ project, region, name }, options);
        if (!found.selfLink) return undefined;
        const secondaryRanges = Object.fromEntries(found.secondaryIpRanges.map((range) => [range.rangeName, range.ipCidrRange]));
        return { selfLink: found.selfLink, network: found.network, cidr: found.ipCidrRange, privateGoogleAccess: found.privateIpGoogleAccess, secondaryRanges };
      });
    },
    async cluster(name) {
      return unlessMissing(async () => {
        const found = await gcp.container.getCluster({ project, location: region, name }, options);
        return found.masterVersion ? describeCluster(found) : undefined;
      });
    },
  };
}

function describeCluster(found: gcp.container.GetClusterResult): FoundCluster {
  const workloadPool = found.workloadIdentityConfigs[0]?.workloadPool;
  const dns = found.controlPlaneEndpointsConfigs[0]?.dnsEndpointConfigs[0];
  const ca = found.masterAuths[0]?.clusterCaCertificate;
  const own = found.privateClusterConfigs[0];
  const address = (own?.enablePrivateEndpoint && own.privateEndpoint) || found.endpoint;
  return {
    version: found.masterVersion,
    ...(workloadPool && { workloadPool }),
    enforcesNetworkPolicies: found.datapathProvider === 'ADVANCED_DATAPATH' || found.networkPolicies[0]?.enabled === true,
    autopilot: found.enableAutopilot,
    ...(dns?.allowExternalTraffic ? { endpoint: dns.endpoint } : { endpoint: address, ...(ca && { ca }) }),
  };
}

/** What {@link assumedLookups} is told. */
export interface Assumptions extends Place {
  /** @default '100000000000' */
  readonly projectNumber?: string;
  /** @default three: the region's name and `-a`, `-b`, `-c` */
  readonly zones?: readonly string[];
  /** Versions that clusters may be said to have; a cluster that exists has the first. @default ['1.34.1-gke.2037000'] */
  readonly versions?: readonly string[];
  /** Range of a subnet that exists. @default '10.0.0.0/20' */
  readonly cidr?: string;
  /** Names of the secondary ranges of a subnet that exists. @default ['pods', 'services'] */
  readonly secondaryRanges?: readonly string[];
}

/** Ranges that the secondary ranges of an assumed subnet are said to have, in the order of their names. */
const ASSUMED_RANGES = ['10.4.0.0/14', '10.8.0.0/20'];

/** Answers without asking anybody: what the configuration names exists, and is fine. For synthesis without credentials. */
export function assumedLookups(assumed: Assumptions): GcpLookups {
  const { project, region, zones = ['a', 'b', 'c'].map((zone) => `${region}-${zone}`), versions = ['1.34.1-gke.2037000'] } = assumed;
  const [version = ''] = versions;
  const link = (kind: string): string => `https://www.googleapis.com/compute/v1/projects/${project}/${kind}`;
  return {
    project,
    region,
    projectNumber: () => Promise.resolve(assumed.projectNumber ?? '100000000000'),
    zones: () => Promise.resolve(zones),
    versions: () => Promise.resolve({ defaults: { RAPID: version, REGULAR: version, STABLE: version, EXTENDED: version }, offered: versions }),
    machine: (_zone, name) => {
      const { vcpus, memoryGib, gpus } = readMachineType('machineType', name, 'lookups');
      return Promise.resolve({ vcpus, memoryMib: memoryGib * 1024, accelerators: gpus ? { [gpus.type]: gpus.count } : {} });
    },
    subnetwork: (name) =>
      Promise.resolve({
        selfLink: link(`regions/${region}/subnetworks/${name}`),
        network: link(`global/networks/${name}`),
        cidr: assumed.cidr ?? '10.0.0.0/20',
        privateGoogleAccess: true,
        secondaryRanges: Object.fromEntries((assumed.secondaryRanges ?? ['pods', 'services']).map((name, index) => [name, ASSUMED_RANGES[index] ?? ''])),
      }),
    cluster: () =>
      Promise.resolve({ version, workloadPool: `${project}.svc.id.goog`, enforcesNetworkPolicies: true, autopilot: false, endpoint: '172.16.0.2', ca: '' }),
  };
}
