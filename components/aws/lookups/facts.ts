/** Who asks AWS, and where. */
export interface AwsIdentity {
  /** 12 digits. */
  readonly accountId: string;
  /** Part of AWS that the account is in: first part of its ARNs after `arn:`. */
  readonly partition: 'aws' | 'aws-cn' | 'aws-us-gov';
  readonly region: string;
  /** The signed-in user or role session. */
  readonly arn: string;
}

/** An availability zone of the region. */
export interface AvailabilityZone {
  /** Name in this account, e.g. `eu-central-1a`. */
  readonly name: string;
  /** Id that is the same in every account, e.g. `euc1-az2`. */
  readonly id: string;
}

/** A version of Kubernetes that EKS knows. */
export interface EksVersion {
  /** Minor version, e.g. `1.35`. */
  readonly version: string;
  readonly support: 'standard' | 'extended' | 'none';
}

/** A VPC as it is. */
export interface VpcFacts {
  readonly id: string;
  /** Primary IPv4 range. */
  readonly cidr: string;
  readonly dnsSupport: boolean;
  readonly dnsHostnames: boolean;
}

/** A subnet as it is. */
export interface SubnetFacts {
  readonly id: string;
  readonly vpcId: string;
  readonly zone: string;
  readonly cidr: string;
  readonly freeAddresses: number;
  /** Whether its route table leads to an internet gateway. */
  readonly public: boolean;
}

/** A cluster as it is. */
export interface EksClusterFacts {
  readonly name: string;
  readonly version: string;
  /** `ACTIVE` when it can be used. */
  readonly status: string;
  readonly endpoint: string;
  /** Base64 of PEM. */
  readonly certificateAuthority: string;
  readonly oidcIssuer: string;
  readonly securityGroupId: string;
  readonly vpcId: string;
}

/** What a program asks AWS before it declares anything. What does not exist is `undefined`, or missing in the list. */
export interface AwsLookups {
  identity(): Promise<AwsIdentity>;
  /** Zones of the region that are open to every account; no local or wavelength zones. */
  zones(): Promise<readonly AvailabilityZone[]>;
  /** Names of the zones that offer each instance type. A type the region does not offer has none. */
  instanceTypeZones(instanceTypes: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  kubernetesVersions(): Promise<readonly EksVersion[]>;
  vpc(id: string): Promise<VpcFacts | undefined>;
  /** In the order of `ids`. */
  subnets(ids: readonly string[]): Promise<readonly SubnetFacts[]>;
  cluster(name: string): Promise<EksClusterFacts | undefined>;
}

