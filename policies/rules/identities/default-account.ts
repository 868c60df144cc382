import { read } from '../../engine/field-path';
import { podPolicy } from '../../engine/pod-policy';
import type { ObjectPolicy } from '../../engine/policy';
import { cis } from '../cis';
import { type BoundSubject, exampleBinding, nameOfBinding, roleOf, showSubject, subjectsOf } from '../rbac/binding';
import { isBinding } from '../rbac/rule';
import { exampleAccount, examplePodAs } from './example';
import { accountOf, DEFAULT_ACCOUNT, hasOwnPod, isCompleted, projectsToken, tokenOf, withoutToken } from './pod-account';
import { askAccount, isServiceAccount, keepsToken } from './service-accounts';

const CONTROLS = cis({ kubernetes: '5.1.5', eks: ['4.1.5', '5.2.1'], gke: '4.1.4', aks: ['4.1.5', '5.2.1'] });
const RATIONALE =
  "Every namespace has a ServiceAccount 'default', and every pod that names no other runs as it: what one of them may do, all may, and " +
  'nothing that they do can be told apart.';

/** CIS 5.1.5, the account. */
export const defaultAccount: ObjectPolicy = {
  id: 'default-service-account',
  title: 'The default ServiceAccount hands out no token',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: CONTROLS,
  rationale: RATIONALE,
  remediation: "Set automountServiceAccountToken to false on the ServiceAccount 'default' of each namespace.",
  examples: { fails: exampleAccount(DEFAULT_ACCOUNT), passes: exampleAccount(DEFAULT_ACCOUNT, { automountServiceAccountToken: false }) },
  appliesTo: isServiceAccount,
  check(account, report) {
    if (read(account, 'metadata', 'name') !== DEFAULT_ACCOUNT || keepsToken(account)) return;
    const path = ['automountServiceAccountToken'];
    report.finding({ path, found: read(account, ...path), message: "ServiceAccount 'default' gives its token to every pod that names no account", fix: false });
  },
};

/** CIS 5.1.5, what it may do. */
export const defaultAccountBinding: ObjectPolicy = {
  id: 'default-service-account-binding',
  title: 'No role is bound to a default ServiceAccount',
  severity: 'high',
  enforcement: 'mandatory',
  controls: CONTROLS,
  rationale: RATIONALE,
  remediation: 'Give the program that needs the role a ServiceAccount of its own, and bind that.',
  examples: {
    fails: exampleBinding({ kind: 'ServiceAccount', name: DEFAULT_ACCOUNT, namespace: 'team-a' }),
    passes: exampleBinding({ kind: 'ServiceAccount', name: 'app', namespace: 'team-a' }),
  },
  appliesTo: isBinding,
  check(binding, report) {
    for (const subject of subjectsOf(binding).filter(isDefaultAccount)) {
      const role = roleOf(binding);
      const message = `${nameOfBinding(binding)} gives ${showSubject(subject)} the ${role.kind} ${role.name}`;
      report.finding({ path: [...subject.path, 'name'], found: subject.name, message });
    }
  },
};

/** Also by the user name that the API server gives the account. */
function isDefaultAccount({ kind, name }: BoundSubject): boolean {
  return kind === 'ServiceAccount' ? name === DEFAULT_ACCOUNT : kind === 'User' && /^system:serviceaccount:[^:]*:default$/.test(name);
}

/** CIS 5.1.5, who uses it. */
export const defaultAccountPod = podPolicy({
  id: 'default-service-account-pod',
  title: 'Pods do not run as the default ServiceAccount',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: CONTROLS,
  reach: 'stack',
  rationale: `${RATIONALE} A pod without the token, by its own word or by that of the account, cannot act as it, and passes.`,
  remediation: 'Name a ServiceAccount of its own in serviceAccountName, or set automountServiceAccountToken to false if the program does not call the API server.',
  examples: {
    fails: examplePodAs(undefined, {}),
    passes: [examplePodAs('app', {}), examplePodAs(undefined, { automountServiceAccountToken: false })],
  },
  checkPod(template, report, context, object) {
    if (!hasOwnPod(template, object, context)) return;
    const { path, name } = accountOf(template, object);
    if (name !== undefined && name !== DEFAULT_ACCOUNT) return;
    const token = tokenOf(template);
    const projected = projectsToken(template);
    if (token.value === false && !projected) return;
    if ((name === undefined || (token.value === undefined && !projected)) && isCompleted(template, object)) {
      report.undecided({ at: template, path, reason: 'not stated here; it comes from the template that this one completes' });
      return;
    }
    if (token.value === undefined && !projected && askAccount(DEFAULT_ACCOUNT, object, context) === 'does not mount') return;
    const message = name === undefined ? "the pod names no ServiceAccount, and so has a token of 'default'" : "the pod runs as the ServiceAccount 'default', with a token of it";
    report.finding({ at: template, path, found: name, message, ...(!projected && withoutToken(object, token)) });
  },
});
