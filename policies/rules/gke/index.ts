import type { Policy } from '../../engine/policy';
import { alphaFeatures, clientCertificates, googleGroups, legacyAuthorization, workloadIdentity } from './authentication';
import { authorizedNetworks, privateEndpoint } from './control-plane';
import { bootDiskEncryption, persistentDiskEncryption, secretsEncryption } from './encryption';
import { binaryAuthorization, binaryAuthorizationPolicy, imageScanning, publicRepository } from './images';
import { intranodeVisibility, networkPolicyEnforcement, privateNodes, vpcNative } from './network';
import { integrityMonitoring, nodeImage, secureBoot, shieldedNodes } from './node-hardening';
import { metadataServer, nodeServiceAccount } from './node-identity';
import { autoRepair, autoUpgrade, releaseChannel } from './node-management';
import { logging, monitoring, securityPosture } from './observability';
import { sandbox } from './sandbox';

/** Policies over GKE clusters and what belongs to them. */
export const GKE: readonly Policy[] = [
  networkPolicyEnforcement,
  imageScanning,
  publicRepository,
  binaryAuthorization,
  binaryAuthorizationPolicy,
  nodeServiceAccount,
  workloadIdentity,
  secretsEncryption,
  metadataServer,
  nodeImage,
  autoRepair,
  autoUpgrade,
  releaseChannel,
  shieldedNodes,
  integrityMonitoring,
  secureBoot,
  intranodeVisibility,
  vpcNative,
  authorizedNetworks,
  privateEndpoint,
  privateNodes,
  logging,
  monitoring,
  clientCertificates,
  googleGroups,
  legacyAuthorization,
  persistentDiskEncryption,
  bootDiskEncryption,
  alphaFeatures,
  sandbox,
  securityPosture,
];
