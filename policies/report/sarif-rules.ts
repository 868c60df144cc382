import type { ReportingDescriptor, Result } from 'sarif';
import { SarifRuleBuilder } from 'node-sarif-builder';
import type { CheckResult } from '../check';
import type { Described } from '../describe/catalogue';
import { policySections } from '../describe/page';
import type { Finding } from '../engine/finding';
import type { Policy, Severity } from '../engine/policy';
import { WAIVER_RULES } from '../engine/waivers/waiver-policies';
import { POLICIES } from '../rules';

/** The score from 0 to 10 by which code scanning services sort; their bounds are 9, 7 and 4. */
const SCORE: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '3.0' };
/** GitHub reads no more tags of a rule. */
const MOST_TAGS = 20;

/** The rules of a log, and where each stands among them. */
export interface Rules {
  readonly all: readonly SarifRuleBuilder[];
  readonly indexOf: ReadonlyMap<string, number>;
}

/** One rule for each policy that ran, and for each that is in the findings though it is none of them. */
export function rulesOf({ findings }: CheckResult, policies: readonly Policy[] = POLICIES): Rules {
  const rules = new Map<string, SarifRuleBuilder>();
  for (const policy of [...policies, ...WAIVER_RULES]) rules.set(policy.id, ruleFor(policy));
  for (const finding of findings) if (!rules.has(finding.policy)) rules.set(finding.policy, ruleFromFinding(finding));
  return { all: [...rules.values()], indexOf: new Map([...rules.keys()].map((id, index) => [id, index])) };
}

/** What fails the build is an error, what advises a warning; small advice is a note. */
export function levelOf({ enforcement, severity }: Pick<Finding, 'enforcement' | 'severity'>): Result.level {
  if (enforcement === 'mandatory') return 'error';
  return severity === 'low' ? 'note' : 'warning';
}

function ruleFor(policy: Described): SarifRuleBuilder {
  const { id, title, severity, enforcement, controls, rationale, remediation } = policy;
  return rule({ id, title, severity, enforcement, controls }, {
    fullDescription: { text: rationale },
    help: { text: `${rationale}\n\n${remediation}`, markdown: policySections(policy).join('\n\n') },
  });
}

function ruleFromFinding({ policy, title, severity, enforcement, controls, remediation }: Finding): SarifRuleBuilder {
  return rule({ id: policy, title, severity, enforcement, controls }, { fullDescription: { text: title }, help: { text: remediation } });
}

function rule(about: Pick<Policy, 'id' | 'title' | 'severity' | 'enforcement' | 'controls'>, texts: Partial<ReportingDescriptor>): SarifRuleBuilder {
  return new SarifRuleBuilder({
    id: about.id,
    name: pascalCase(about.id),
    shortDescription: { text: about.title },
    ...texts,
    defaultConfiguration: { level: levelOf(about) },
    properties: {
      tags: [...new Set(['security', ...about.controls])].slice(0, MOST_TAGS),
      'security-severity': SCORE[about.severity],
      precision: 'high',
    },
  });
}

function pascalCase(id: string): string {
  return id.split(/[^A-Za-z0-9]+/).map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}
