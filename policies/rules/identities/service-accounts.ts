import { read } from '../../engine/field-path';
import type { Inventory } from '../../engine/inventory';
import { apiGroup, type KubernetesObject, type ObjectKind } from '../../engine/object';
import { mayHoldPods } from '../../engine/pod-policy';
import type { PolicyContext } from '../../engine/policy';
import { readOr } from '../../engine/unknown-value';
import { accountOf, DEFAULT_ACCOUNT, hasOwnPod, isCompleted } from './pod-account';

/** What the ServiceAccounts of a name say about tokens. */
export type AccountSays = 'mounts' | 'does not mount' | 'not given';

/** Which accounts the pods of an evaluation run as. */
export interface AccountUse {
  readonly accounts: ReadonlySet<string>;
  /** Whether the account of some pod is not known yet. */
  readonly open: boolean;
}

/** Whether an object is a ServiceAccount. */
export function isServiceAccount(object: ObjectKind): boolean {
  return object.kind === 'ServiceAccount' && apiGroup(object) === '';
}

/** Whether an account keeps its token out of pods that do not ask for it. */
export function keepsToken(account: KubernetesObject): boolean {
  return read(account, 'automountServiceAccountToken') === false;
}

/**
 * What the account that a pod of an object names says about tokens.
 *
 * @throws UnknownValueError if that, or where the pod runs, is not known yet
 */
export function askAccount(name: string, object: KubernetesObject, context: PolicyContext): AccountSays {
  const given = context.derive(accountsByName).get(accountKey(object, name)) ?? [];
  if (given.length === 0) return 'not given';
  return given.every(keepsToken) ? 'does not mount' : 'mounts';
}

/** `<namespace>/<name>` of an account in the namespace of an object. Objects that name none are in `default`. */
export function accountKey(object: KubernetesObject, name: string): string {
  const namespace = read(object, 'metadata', 'namespace');
  return `${typeof namespace === 'string' && namespace !== '' ? namespace : 'default'}/${name}`;
}

function accountsByName(inventory: Inventory): ReadonlyMap<string, readonly KubernetesObject[]> {
  const accounts = new Map<string, KubernetesObject[]>();
  for (const account of inventory.ofKind('ServiceAccount', '')) {
    const key = readOr(undefined, () => accountKey(account, String(read(account, 'metadata', 'name'))));
    if (key === undefined) continue;
    const same = accounts.get(key);
    if (same) same.push(account);
    else accounts.set(key, [account]);
  }
  return accounts;
}

/** Which accounts the pods of an evaluation run as. Pods that are only completed elsewhere do not say. */
export function accountUse(inventory: Inventory, context: PolicyContext): AccountUse {
  const accounts = new Set<string>();
  let open = false;
  for (const object of inventory.objects) {
    if (!mayHoldPods(object)) continue;
    const keys = readOr(undefined, () =>
      context
        .podTemplates(object)
        .filter((template) => hasOwnPod(template, object, context) && !isCompleted(template, object))
        .map((template) => accountKey(object, accountOf(template, object).name ?? DEFAULT_ACCOUNT)),
    );
    if (!keys) open = true;
    for (const key of keys ?? []) accounts.add(key);
  }
  return { accounts, open };
}
