import { read } from '../../engine/field-path';
import { podPolicy } from '../../engine/pod-policy';
import { referenceTo } from '../../engine/object';
import type { ObjectPolicy } from '../../engine/policy';
import { cis } from '../cis';
import { exampleAccount, examplePodAs } from './example';
import { accountOf, DEFAULT_ACCOUNT, hasOwnPod, isCompleted, tokenOf, withoutToken } from './pod-account';
import { accountKey, accountUse, askAccount, isServiceAccount, keepsToken } from './service-accounts';

const CONTROLS = cis({ kubernetes: '5.1.6', eks: '4.1.6', gke: '4.1.5', aks: '4.1.6' });
const RATIONALE =
  'A token in a pod lets whoever breaks into it speak to the API server as its ServiceAccount. Most programs never call the ' +
  'API server, yet get a token unless it is refused.';

/** CIS 5.1.6, for pods. */
export const podToken = podPolicy({
  id: 'service-account-token',
  title: 'Pods do not mount a ServiceAccount token',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: CONTROLS,
  reach: 'stack',
  rationale: `${RATIONALE} What the pod says decides; where it says nothing, the ServiceAccount that it names, if that is among what is checked; and if neither does, the token is mounted.`,
  remediation: 'Set automountServiceAccountToken to false on the pod, or on its ServiceAccount; waive it for programs that do call the API server.',
  examples: {
    fails: examplePodAs('app', {}),
    passes: [examplePodAs('app', {}), exampleAccount('app', { automountServiceAccountToken: false }), examplePodAs('other', { automountServiceAccountToken: false })],
  },
  checkPod(template, report, context, object) {
    if (!hasOwnPod(template, object, context)) return;
    const token = tokenOf(template);
    if (token.value === false) return;
    const problem = { at: template, path: token.path, found: token.value, ...withoutToken(object, token) };
    if (token.value !== undefined) {
      report.finding({ ...problem, message: 'the pod asks for the token of its ServiceAccount' });
      return;
    }
    if (isCompleted(template, object)) {
      report.undecided({ at: template, path: token.path, reason: 'not stated here; it comes from the template that this one completes, or from the ServiceAccount' });
      return;
    }
    const { name = DEFAULT_ACCOUNT } = accountOf(template, object);
    const says = askAccount(name, object, context);
    if (says === 'does not mount') return;
    const why = says === 'mounts' ? `neither it nor ServiceAccount '${name}' refuses it` : `it does not refuse it, and ServiceAccount '${name}' is not among what is checked`;
    report.finding({ ...problem, message: `the pod mounts a ServiceAccount token: ${why}` });
  },
});

/** CIS 5.1.6, for ServiceAccounts. */
export const accountToken: ObjectPolicy = {
  id: 'service-account-token-default',
  title: 'ServiceAccounts do not hand their token to every pod',
  severity: 'low',
  enforcement: 'mandatory',
  controls: CONTROLS,
  reach: 'stack',
  rationale: `${RATIONALE} An account that refuses it makes those pods that need the token say so. Where pods of the account are checked too, they are judged instead, each by what holds for it.`,
  remediation: 'Set automountServiceAccountToken to false on the ServiceAccount, and to true on the pods that call the API server.',
  examples: {
    fails: exampleAccount('app'),
    passes: [exampleAccount('app', { automountServiceAccountToken: false }), exampleAccount('other'), examplePodAs('other', { automountServiceAccountToken: false })],
  },
  appliesTo: isServiceAccount,
  check(account, report, context) {
    if (keepsToken(account)) return;
    const path = ['automountServiceAccountToken'];
    const { accounts, open } = context.derive(accountUse);
    if (accounts.has(accountKey(account, String(read(account, 'metadata', 'name'))))) return;
    if (open) {
      report.undecided({ path, reason: 'the account of some pod is not known yet, and may be this one' });
      return;
    }
    const message = `ServiceAccount '${referenceTo(account).name}' gives its token to every pod that does not refuse it`;
    report.finding({ path, found: read(account, ...path), message, fix: false });
  },
};
