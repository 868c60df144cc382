import type { Policy } from '../../engine/policy';
import { DATABASE_FIREWALLS } from './database-firewalls';
import { DATABASE_PARAMETERS } from './database-parameters';
import { DATABASE_SERVERS } from './database-servers';
import { DEFENDER } from './defender';
import { DIAGNOSTICS } from './diagnostics';
import { DISKS } from './disks';
import { FLOW_LOGS } from './flow-logs';
import { KEY_EXPIRY } from './key-expiry';
import { KEY_VAULTS } from './key-vaults';
import { NETWORKS } from './networks';
import { OPEN_PORTS } from './open-ports';
import { PRIVATE_ENDPOINTS } from './private-endpoints';
import { ROLES } from './roles';
import { SQL_SERVERS } from './sql-servers';
import { STORAGE_ACCESS } from './storage-access';
import { containerPublicAccess } from './storage-containers';
import { STORAGE_ENCRYPTION } from './storage-encryption';
import { STORAGE_RECOVERY } from './storage-recovery';
import { VIRTUAL_MACHINES } from './virtual-machines';
import { WEB_APPS } from './web-apps';

/** The Azure foundations benchmark: what clusters stand on. */
export const AZURE: readonly Policy[] = [
  ...STORAGE_ENCRYPTION,
  ...STORAGE_ACCESS,
  containerPublicAccess,
  ...STORAGE_RECOVERY,
  ...KEY_VAULTS,
  ...KEY_EXPIRY,
  ...PRIVATE_ENDPOINTS,
  ...DATABASE_SERVERS,
  ...DATABASE_PARAMETERS,
  ...DATABASE_FIREWALLS,
  ...SQL_SERVERS,
  ...OPEN_PORTS,
  ...FLOW_LOGS,
  ...NETWORKS,
  ...DISKS,
  ...VIRTUAL_MACHINES,
  ...ROLES,
  ...DEFENDER,
  ...DIAGNOSTICS,
  ...WEB_APPS,
];
