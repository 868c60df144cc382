import { CERT_MANAGER_VERSION } from './versions';

/** The three programs of cert-manager. */
export type Program = 'controller' | 'webhook' | 'cainjector';

const NAMES: Readonly<Record<Program, string>> = { controller: 'cert-manager', webhook: 'webhook', cainjector: 'cainjector' };

/** Labels that select a program's pods, as upstream has them: monitoring rules and policies of other people rely on them. */
export function selectorOf(program: Program): Record<string, string> {
  return {
    'app.kubernetes.io/name': NAMES[program],
    'app.kubernetes.io/instance': 'cert-manager',
    'app.kubernetes.io/component': program,
  };
}

/** Labels of a program's objects. */
export function labelsOf(program: Program): Record<string, string> {
  return { ...selectorOf(program), ...extraLabelsOf(program) };
}

/** Labels upstream adds to pods beyond those that select them. */
export function extraLabelsOf(program: Program): Record<string, string> {
  return { app: NAMES[program], 'app.kubernetes.io/version': `v${CERT_MANAGER_VERSION}` };
}

/** Labels of cert-manager's CRDs. */
export const CRD_LABELS: Readonly<Record<string, string>> = {
  'app.kubernetes.io/name': 'cert-manager',
  'app.kubernetes.io/instance': 'cert-manager',
  'app.kubernetes.io/component': 'crds',
  'app.kubernetes.io/version': `v${CERT_MANAGER_VERSION}`,
};
