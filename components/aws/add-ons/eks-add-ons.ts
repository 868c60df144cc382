import * as pulumi from '@pulumi/pulumi';
import { InvalidInputError, type BlockStorage } from '../../../constructs/core';
import type { TargetCluster } from '../contracts';
import type { AwsIdentity } from '../lookups';
import type { NodeGroup } from '../nodes/node-group';
import { type AddOn, checkVersions, declareAddOn } from './add-on';
import { ebsStorage, volumeKeyAccess } from './block-storage';

/** Add-ons that run on nodes, by their names in EKS. */
export const EKS_ADD_ONS = ['coredns', 'aws-ebs-csi-driver', 'aws-efs-csi-driver', 'metrics-server', 'aws-secrets-store-csi-driver-provider'] as const;

/** One of {@link EKS_ADD_ONS}. */
export type EksAddOn = (typeof EKS_ADD_ONS)[number];

/** Args of {@link EksAddOns}. */
export interface EksAddOnsArgs {
  readonly account: AwsIdentity;
  readonly cluster: TargetCluster;
  /** Groups that the add-ons' pods find room on: EKS waits until they run. One takes pods that tolerate nothing but `CriticalAddonsOnly`. */
  readonly nodes: readonly NodeGroup[];
  /** KMS key of volumes. */
  readonly keyArn: pulumi.Input<string>;
  /** Add-ons to leave out, where the cluster or the platform has others for it. @default none */
  readonly without?: readonly Exclude<EksAddOn, 'coredns' | 'aws-ebs-csi-driver'>[];
  /** Versions of add-ons, e.g. `{ coredns: 'v1.13.2-eksbuild.3' }`. @default what EKS has as default for the cluster's version */
  readonly versions?: Readonly<Partial<Record<EksAddOn, string>>>;
  /** ARN of a policy that bounds what the add-ons' roles may ever do. @default none */
  readonly permissionsBoundary?: string;
}

/**
 * Add-ons on the first nodes: names (CoreDNS), volumes (EBS and EFS CSI), measurements of pods (metrics-server) and secrets of AWS as files (Secrets Store CSI).
 *
 * @throws InvalidInputError if there are no nodes for them, or a version is none of EKS
 * @see https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html
 */
export class EksAddOns extends pulumi.ComponentResource {
  /** Volumes for one node at a time. */
  readonly blockStorage: BlockStorage;
  readonly addOns: readonly pulumi.Resource[];

  constructor(name: string, args: EksAddOnsArgs, options?: pulumi.ComponentResourceOptions) {
    const { account, cluster, nodes, without = [], versions = {}, permissionsBoundary } = args;
    const leftOut: readonly string[] = without;
    const wanted = EKS_ADD_ONS.filter((each) => !leftOut.includes(each));
    checkVersions(versions, wanted, name);
    if (!nodes.some(takesAddOns)) {
      throw new InvalidInputError({
        property: 'nodes',
        value: nodes.map(({ capacity }) => capacity.name),
        expected: 'a group with one node or more (min) and no taint but CriticalAddonsOnly: the add-ons run on it',
        where: name,
      });
    }
    super('kubeflow-cdk:aws:EksAddOns', name, {}, options);
    const keyArn = pulumi.output(args.keyArn);
    const place = { parent: this, account, cluster, dependsOn: nodes.map(({ group }) => group), versions: { ...versions }, ...(permissionsBoundary !== undefined && { permissionsBoundary }) };
    const declared = declarations(keyArn);
    this.addOns = wanted.map((each) => declareAddOn(`${name}-${each}`, { addOn: each, ...declared[each] }, place));
    this.blockStorage = ebsStorage(keyArn);
    this.registerOutputs({});
  }
}

/** Whether a group has a node from the start, and lets add-ons onto it. */
function takesAddOns({ capacity: { min, taints } }: NodeGroup): boolean {
  return min > 0 && taints.every(({ key, effect }) => key === 'CriticalAddonsOnly' || effect === 'PreferNoSchedule');
}

function declarations(keyArn: pulumi.Output<string>): Readonly<Record<EksAddOn, Omit<AddOn, 'addOn'>>> {
  return {
    coredns: {},
    'aws-ebs-csi-driver': {
      access: { serviceAccount: 'ebs-csi-controller-sa', managedPolicies: ['service-role/AmazonEBSCSIDriverPolicy'], statements: volumeKeyAccess(keyArn) },
    },
    'aws-efs-csi-driver': {
      access: { serviceAccount: 'efs-csi-controller-sa', managedPolicies: ['service-role/AmazonEFSCSIDriverPolicy'] },
    },
    // The others tolerate it by themselves.
    'metrics-server': { configuration: { tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }] } },
    // Pods are known to AWS by themselves, so the driver has no role; tokens for Pod Identity are asked for by the add-on. Rotated secrets reach pods.
    'aws-secrets-store-csi-driver-provider': { configuration: { 'secrets-store-csi-driver': { syncSecret: { enabled: true }, enableSecretRotation: true } } },
  };
}
