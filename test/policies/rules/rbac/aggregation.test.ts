import { UnknownValueError } from '../../../../policies';
import { check, open, policy, role, run } from './run';

const READS_SECRETS = { apiGroups: [''], resources: ['secrets'], verbs: ['get'] };
const READS_PODS = { apiGroups: [''], resources: ['pods'], verbs: ['get'] };
const named = (name: string, labels: object = {}) => ({ metadata: { name, labels } });
/** An aggregated ClusterRole. */
const aggregate = (clusterRoleSelectors: unknown, fields: object = {}) =>
  role([], { ...named('team'), aggregationRule: { clusterRoleSelectors }, ...fields });
const bySelector = (selector: unknown) => [selector];
const source = (labels: object, rule: object = READS_SECRETS) => role([READS_PODS, rule], named('reader', labels));

const FOUND = 'aggregationRule.clusterRoleSelectors[0]';
const MESSAGE = "ClusterRole 'team' grants get on secrets, through ClusterRole 'reader' (rules[1].resources[0])";

describe('an aggregated ClusterRole', () => {
  it.each<[object, object, boolean]>([
    [{ matchLabels: { team: 'a' } }, { team: 'a' }, true],
    [{ matchLabels: { team: 'a' } }, { team: 'b' }, false],
    [{ matchLabels: { team: 'a', edit: 'true' } }, { team: 'a' }, false],
    [{ matchLabels: { team: 'a', edit: 'true' } }, { edit: 'true', team: 'a' }, true],
    [{ matchExpressions: [{ key: 'team', operator: 'In', values: ['a', 'b'] }] }, { team: 'b' }, true],
    [{ matchExpressions: [{ key: 'team', operator: 'In', values: ['a', 'b'] }] }, {}, false],
    [{ matchExpressions: [{ key: 'team', operator: 'NotIn', values: ['a'] }] }, {}, true],
    [{ matchExpressions: [{ key: 'team', operator: 'NotIn', values: ['a'] }] }, { team: 'a' }, false],
    [{ matchExpressions: [{ key: 'team', operator: 'Exists' }] }, { team: '' }, true],
    [{ matchExpressions: [{ key: 'team', operator: 'Exists' }] }, {}, false],
    [{ matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] }, {}, true],
    [{ matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] }, { team: 'a' }, false],
    [{ matchLabels: { team: 'a' }, matchExpressions: [{ key: 'edit', operator: 'Exists' }] }, { team: 'a' }, false],
    [{}, {}, true],
    [{ matchExpressions: [{ key: 'team', operator: 'Near', values: ['a'] }] }, { team: 'a' }, false],
    [{ matchLabels: 'team=a' }, { team: 'a' }, false],
  ])('selects by %j from %j: %j', (selector, labels, selected) => {
    expect(check('secret-access-aggregated', aggregate(bySelector(selector)), source(labels))).toEqual(
      selected ? [`${FOUND} | ${JSON.stringify(selector)} | ${MESSAGE}`] : [],
    );
  });

  it('has the rules of ClusterRoles that are themselves aggregated, and ends where they select each other', () => {
    const middle = role([READS_SECRETS], { ...named('middle', { team: 'a' }), aggregationRule: { clusterRoleSelectors: [{ matchLabels: { part: 'm' } }, { matchLabels: { team: 'a' } }] } });
    const top = aggregate([{ matchLabels: { none: 'such' } }, { matchLabels: { team: 'a' } }], { metadata: { name: 'team', labels: { part: 'm' } } });
    const { findings } = run('secret-access-aggregated', [top, middle, source({ part: 'm' })]);
    expect(findings.map(({ object, path, message }) => [object.name, path, message])).toEqual([
      ['team', 'aggregationRule.clusterRoleSelectors[1]', MESSAGE],
      ['middle', FOUND, MESSAGE.replace('team', 'middle')],
    ]);
  });

  it('has no rules of its own, whatever it states', () => {
    const stating = aggregate([{ matchLabels: { team: 'a' } }], { rules: [READS_SECRETS] });
    expect(check('secret-access', stating)).toEqual([]);
    expect(open('secret-access', stating)).toEqual(['rules[0].resources[0]: the rules stated here are replaced by those of the ClusterRoles that the aggregation rule selects']);
    expect(check('secret-access-aggregated', stating, source({ team: 'a' }, READS_PODS))).toEqual([]);
  });

  it('is reported once, and the ClusterRole whose rule it is once', () => {
    const objects = [aggregate([{ matchLabels: { team: 'a' } }, { matchLabels: { team: 'a' } }]), source({ team: 'a' })];
    expect(check('secret-access-aggregated', ...objects)).toHaveLength(1);
    expect(check('secret-access', ...objects)).toEqual(["rules[1].resources[0] | \"secrets\" | ClusterRole 'reader' grants get on secrets"]);
  });

  it('tells once of a ClusterRole with several such rules', () => {
    const two = role([READS_SECRETS, READS_PODS, READS_SECRETS], named('reader', { team: 'a' }));
    expect(check('secret-access-aggregated', aggregate([{ matchLabels: { team: 'a' } }]), two)).toEqual([
      `${FOUND} | {"matchLabels":{"team":"a"}} | ClusterRole 'team' grants get on secrets, through ClusterRole 'reader' (rules[0].resources[0] and 1 more)`,
    ]);
  });

  it('is open if nothing that it selects is given, or labels are not known yet', () => {
    const object = aggregate([{ matchLabels: { team: 'a' } }]);
    expect(open('secret-access-aggregated', object)).toEqual(['aggregationRule.clusterRoleSelectors: none of the ClusterRoles that it selects is given']);
    const unknown = role([READS_SECRETS], {
      metadata: {
        name: 'later',
        get labels(): unknown {
          throw new UnknownValueError('the value is not known yet');
        },
      },
    });
    expect(open('secret-access-aggregated', object, unknown, source({ team: 'a' }, READS_PODS))).toEqual(["aggregationRule.clusterRoleSelectors: the labels of ClusterRole 'later' are not known yet"]);
    expect(check('secret-access-aggregated', object, unknown)).toEqual([]);
  });

  it.each([null, 'all', [null], [[]], undefined])('survives selectors that are %j', (selectors) => {
    expect(run('wildcard-permissions-aggregated', [aggregate(selectors), source({})]).findings).toEqual([]);
  });

  it('is no Role, nor a ClusterRole without a rule of aggregation', () => {
    const rules = { rules: [READS_SECRETS] };
    expect(check('secret-access', role([], { ...rules, kind: 'Role', aggregationRule: {} }))).toHaveLength(1);
    expect(check('secret-access', role([], { ...rules, aggregationRule: null }))).toHaveLength(1);
    expect(run('secret-access-aggregated', [role([], rules)]).coverage.undecided).toEqual([]);
  });

  it('is judged for every concern, with the same controls', () => {
    const all = { apiGroups: ['*'], resources: ['*'], verbs: ['*'] };
    const objects = [aggregate([{ matchLabels: { team: 'a' } }]), source({ team: 'a' }, all)];
    for (const id of ['secret-access', 'wildcard-permissions', 'pod-creation', 'privilege-granting', 'persistent-volume-creation', 'node-proxy-access', 'certificate-approval', 'webhook-configuration', 'service-account-token-creation']) {
      expect(run(`${id}-aggregated`, objects).findings.map(({ object }) => object.name)).toContain('team');
      expect(policy(`${id}-aggregated`)).toMatchObject({ controls: policy(id).controls, severity: policy(id).severity, reach: 'stack' });
      expect(policy(id).reach).toBeUndefined();
    }
  });
});
