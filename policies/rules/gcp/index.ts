import type { Policy } from '../../engine/policy';
import { datasetEncryption, publicDataset, publicDatasetAccess, tableEncryption } from './bigquery';
import { diskEncryption } from './disks';
import { keyDuties, serviceAccountDuties } from './duties';
import { openRdp, openSsh } from './firewall';
import { adminServiceAccount, basicRoles, impersonation, serviceAccountKey } from './iam';
import {
  instanceAccount,
  instanceForwarding,
  instanceOsLogin,
  instanceProjectKeys,
  instancePublicAddress,
  instanceScopes,
  instanceSerialPort,
  instanceShielded,
  projectOsLogin,
} from './instances';
import { keyRotation, publicKey } from './kms';
import { loadBalancerLogging, proxySslPolicy, sslPolicy } from './load-balancing';
import { auditConfig, lockedLogBucket, projectAudit, sinkForAll } from './logging';
import { defaultNetwork, dnsLogging, dnssec, dnssecAlgorithm, flowLogs, legacyNetwork } from './network';
import { sqlAnywhere, sqlBackups, sqlPublicAddress, sqlTls } from './sql';
import { DATABASE_FLAGS } from './sql-flags';
import { publicAccessPrevention, publicBucket, publicBucketAcl, uniformAccess } from './storage';

/** Policies over what a cluster in Google Cloud stands on. */
export const GCP: readonly Policy[] = [
  serviceAccountKey,
  adminServiceAccount,
  impersonation,
  basicRoles,
  serviceAccountDuties,
  publicKey,
  keyRotation,
  keyDuties,
  auditConfig,
  projectAudit,
  sinkForAll,
  lockedLogBucket,
  dnsLogging,
  loadBalancerLogging,
  defaultNetwork,
  legacyNetwork,
  dnssec,
  dnssecAlgorithm,
  openSsh,
  openRdp,
  flowLogs,
  sslPolicy,
  proxySslPolicy,
  instanceAccount,
  instanceScopes,
  instanceProjectKeys,
  instanceOsLogin,
  projectOsLogin,
  instanceSerialPort,
  instanceForwarding,
  diskEncryption,
  instanceShielded,
  instancePublicAddress,
  publicBucket,
  publicBucketAcl,
  uniformAccess,
  publicAccessPrevention,
  ...DATABASE_FLAGS,
  sqlTls,
  sqlAnywhere,
  sqlPublicAddress,
  sqlBackups,
  publicDataset,
  publicDatasetAccess,
  tableEncryption,
  datasetEncryption,
];
