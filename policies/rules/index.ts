import type { Policy } from '../engine/policy';
import { AKS } from './aks';
import { AWS } from './aws';
import { AZURE } from './azure';
import { CLOUD } from './cloud';
import { EKS } from './eks';
import { GCP } from './gcp';
import { GKE } from './gke';
import { IDENTITIES } from './identities';
import { NAMESPACES } from './namespaces';
import { PODS } from './pods';
import { RBAC } from './rbac';
import { RESOURCES } from './resources';

/** Every policy, in the order in which reports list them. */
export const POLICIES: readonly Policy[] = [
  ...RBAC,
  ...IDENTITIES,
  ...PODS,
  ...NAMESPACES,
  ...RESOURCES,
  ...EKS,
  ...GKE,
  ...AKS,
  ...CLOUD,
  ...AWS,
  ...GCP,
  ...AZURE,
];
