import type { Policy } from '../../engine/policy';
import { defaultNamespace } from './default-namespace';
import { namespaceBoundaries } from './namespace-boundaries';
import { nativeSecrets } from './native-secrets';
import { networkPolicies } from './network-policies';
import { podSecurityEnforced } from './pod-security-enforced';

/** Policies over namespaces, and over what is in which. */
export const NAMESPACES: readonly Policy[] = [podSecurityEnforced, networkPolicies, nativeSecrets, namespaceBoundaries, defaultNamespace];
