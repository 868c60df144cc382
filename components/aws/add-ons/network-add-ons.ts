import * as pulumi from '@pulumi/pulumi';
import type { TargetCluster } from '../contracts';
import type { AwsIdentity } from '../lookups';
import { type AddOn, checkVersions, declareAddOn } from './add-on';

/** What a node needs to be of use: without it no pod has an address. */
export const NETWORK_ADD_ONS = ['vpc-cni', 'kube-proxy', 'eks-pod-identity-agent'] as const;

/** Args of {@link NetworkAddOns}. */
export interface NetworkAddOnsArgs {
  readonly account: AwsIdentity;
  readonly cluster: TargetCluster;
  /** Versions of add-ons, e.g. `{ 'vpc-cni': 'v1.21.1-eksbuild.3' }`. @default what EKS has as default for the cluster's version */
  readonly versions?: Readonly<Partial<Record<(typeof NETWORK_ADD_ONS)[number], string>>>;
  /** ARN of a policy that bounds what the add-ons' roles may ever do. @default none */
  readonly permissionsBoundary?: string;
}

/**
 * Add-ons that are there before the first node joins: addresses and network policies (VPC CNI), Services (kube-proxy), and roles for pods (Pod Identity agent).
 *
 * NetworkPolicies are enforced. Nodes have whole ranges of 16 addresses, so that they take as many pods as EKS allows.
 *
 * @throws InvalidInputError if a version is none of EKS
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html
 */
export class NetworkAddOns extends pulumi.ComponentResource {
  readonly addOns: readonly pulumi.Resource[];

  constructor(name: string, args: NetworkAddOnsArgs, options?: pulumi.ComponentResourceOptions) {
    const { account, cluster, versions = {}, permissionsBoundary } = args;
    checkVersions(versions, NETWORK_ADD_ONS, name);
    super('kubeflow-cdk:aws:NetworkAddOns', name, {}, options);
    const place = { parent: this, account, cluster, dependsOn: [], versions: { ...versions }, ...(permissionsBoundary !== undefined && { permissionsBoundary }) };
    this.addOns = DECLARED.map((each) => declareAddOn(`${name}-${each.addOn}`, each, place));
    this.registerOutputs({});
  }
}

const DECLARED: readonly (AddOn & { readonly addOn: (typeof NETWORK_ADD_ONS)[number] })[] = [
  {
    addOn: 'vpc-cni',
    // Its values are text, also where they mean a number or a boolean.
    configuration: { enableNetworkPolicy: 'true', env: { ENABLE_PREFIX_DELEGATION: 'true', WARM_PREFIX_TARGET: '1' } },
    access: { serviceAccount: 'aws-node', managedPolicies: ['AmazonEKS_CNI_Policy'] },
  },
  { addOn: 'kube-proxy' },
  { addOn: 'eks-pod-identity-agent' },
];
