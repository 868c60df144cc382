import { createHash } from 'node:crypto';
import { SarifBuilder, SarifResultBuilder, SarifRunBuilder } from 'node-sarif-builder';
import type { Invocation, Notification, Result, Suppression } from 'sarif';
import { type CheckResult, exitCode } from '../check';
import type { Finding, WaivedBy } from '../engine/finding';
import { WAIVER_ANNOTATION } from '../engine/waivers/waiver';
import { jsonPieces } from './json-text';
import { reporter } from './reporter';
import { Artifacts } from './sarif-locations';
import { levelOf, type Rules, rulesOf } from './sarif-rules';
import { counted, showWaiver } from './text';

/** The lists that are opened: the runs, and in them the results. */
const LISTS = 2;

/**
 * SARIF 2.1.0, as code scanning services read it. Results are made one by one as they are written.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export const sarifReporter = reporter('sarif', (result, { policies, root } = {}) => {
  const rules = rulesOf(result, policies);
  const artifacts = new Artifacts(result, root);
  const run = new SarifRunBuilder({
    columnKind: 'utf16CodeUnits',
    artifacts: [...artifacts.all],
    invocations: [invocation(result, rules, artifacts)],
    properties: { coverage: numbersOf(result) },
  }).initSimple({ toolDriverName: 'kubeflow-cdk', toolDriverVersion: version() });
  for (const rule of rules.all) run.addRule(rule);
  const log = new SarifBuilder();
  log.addRun(run);
  const { runs, ...about } = log.buildSarifOutput();
  return jsonPieces({ ...about, runs: runs.map((each) => ({ ...each, results: resultsOf(result, rules, artifacts) })) }, LISTS);
});

function* resultsOf({ findings }: CheckResult, rules: Rules, artifacts: Artifacts): Iterable<Result> {
  const hasBaseline = findings.some(({ baseline }) => baseline);
  const seen = new Map<string, number>();
  for (const finding of findings) {
    const { policy, message, remediation, controls, container, path, found, patch, waived, baseline } = finding;
    const fingerprint = fingerprintOf(finding);
    // Two alike in one file are told apart by their order.
    const key = `${fingerprint} ${finding.file}`;
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    yield new SarifResultBuilder({
      ruleId: policy,
      ruleIndex: rules.indexOf.get(policy),
      level: levelOf(finding),
      message: { text: `${message.charAt(0).toUpperCase()}${message.slice(1)}. ${remediation}` },
      locations: artifacts.locate(finding),
      // The name under which GitHub looks for a fingerprint; it is not made of lines here, so that moving them changes nothing.
      partialFingerprints: { primaryLocationLineHash: `${fingerprint}:${nth}` },
      ...(hasBaseline && { baselineState: baseline ? 'unchanged' : 'new' }),
      ...(waived && { suppressions: [suppression(waived)] }),
      properties: { controls, path, found: found ?? null, ...(container !== undefined && { container }), ...(patch && { patch }) },
    }).result;
  }
}

/** What a finding is about, wherever it stands; list positions are left out because they move. */
function fingerprintOf({ policy, object: { kind, namespace = '', name }, container = '', path }: Finding): string {
  const identity = [policy, kind, namespace, name, container, path.replaceAll(/\[\d+\]/g, '[]')];
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32);
}

function suppression(waived: WaivedBy): Suppression {
  const inSource = waived.declared.includes(WAIVER_ANNOTATION);
  return { kind: inSource ? 'inSource' : 'external', status: 'accepted', justification: showWaiver(waived), properties: { declared: waived.declared } };
}

/** How the run went, and what it could not look at. */
function invocation(result: CheckResult, rules: Rules, artifacts: Artifacts): Invocation {
  const { unevaluated, undecided } = result.coverage;
  const open = new Map<string, { readonly policy: string; readonly reason: string; count: number }>();
  for (const { policy, reason } of undecided) {
    const key = JSON.stringify([policy, reason]);
    const same = open.get(key);
    if (same) same.count++;
    else open.set(key, { policy, reason, count: 1 });
  }
  const notifications: Notification[] = [
    ...unevaluated.map((problem): Notification => ({
      descriptor: { id: 'not-evaluated' },
      level: 'error',
      message: { text: `Not evaluated: ${problem.reason}` },
      locations: artifacts.locate(problem),
    })),
    ...[...open.values()].map(({ policy, reason, count }): Notification => ({
      descriptor: { id: 'undecided' },
      associatedRule: { id: policy, index: rules.indexOf.get(policy) },
      level: 'note',
      message: { text: `${counted(count, 'check')} of ${policy} undecided: ${reason}` },
    })),
  ];
  return { executionSuccessful: unevaluated.length === 0, exitCode: exitCode(result), toolExecutionNotifications: notifications };
}

function numbersOf({ coverage }: CheckResult): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(coverage).map(([key, value]): [string, number] => [key, Array.isArray(value) ? value.length : Number(value)]));
}

function version(): string {
  const manifest: { readonly version: string } = require('kubeflow-cdk/package.json');
  return manifest.version;
}
