import type { Policy } from '../../engine/policy';
import { defaultAccount, defaultAccountBinding, defaultAccountPod } from './default-account';
import { accountToken, podToken } from './tokens';

/** Policies over ServiceAccounts, and the pods that run as them. */
export const IDENTITIES: readonly Policy[] = [defaultAccount, defaultAccountBinding, defaultAccountPod, podToken, accountToken];
