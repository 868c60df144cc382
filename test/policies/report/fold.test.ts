import type { Finding } from '../../../policies';
import { continuations, fold } from '../../../policies/report/fold';
import { FINDINGS } from './result';

const policies = (findings: readonly Finding[]) => fold(findings).map((entry) => entry.map(({ policy }) => policy));
const a: Finding = { ...FINDINGS.blocking, policy: 'a' };
const b: Finding = { ...a, policy: 'b' };

describe('folding', () => {
  it('puts findings on one value of one field together, in the order in which each field first comes', () => {
    const elsewhere = { ...a, policy: 'c', path: 'spec.template.spec.hostPID' };
    expect(policies([a, elsewhere, b])).toEqual([['a', 'b'], ['c']]);
    expect(policies([{ ...a, found: ['NET_RAW'] }, { ...b, found: ['NET_RAW'] }])).toEqual([['a', 'b']]);
  });

  it.each<readonly [string, Partial<Finding>]>([
    ['value', { found: 'true' }],
    ['container', { container: 'other' }],
    ['line', { line: 99 }],
    ['column', { column: 99 }],
    ['enforcement', { enforcement: 'advisory' }],
  ])('keeps apart what differs in %s', (_name, differing) => {
    expect(policies([a, { ...b, ...differing }])).toEqual([['a'], ['b']]);
  });

  it('keeps findings on a whole object apart: nothing says that they have one cause', () => {
    const whole = { path: '', found: null };
    expect(policies([{ ...a, ...whole }, { ...b, ...whole }])).toEqual([['a'], ['b']]);
  });

  it('tells a value that is not set from the text null', () => {
    expect(policies([{ ...a, found: null }, { ...b, found: 'null' }])).toEqual([['a'], ['b']]);
  });

  it('starts a new entry rather than making one without end, and loses none', () => {
    expect(fold(Array.from({ length: 40 }, () => a)).map(({ length }) => length)).toEqual([16, 16, 8]);
  });
});

describe('the continuation of an entry', () => {
  const texts = (first: Finding, ...others: Finding[]) => continuations([first, ...others]).map(({ text }) => text);

  it.each([
    ['the beginning', "Role 'all' grants * on *, which includes roles", "Role 'all' grants * on *, which includes nodes/proxy", 'and nodes/proxy'],
    ['the subject', "container 'main' does not drop all capabilities", "container 'main' keeps the NET_RAW capability", 'and keeps the NET_RAW capability'],
    ['nothing', 'the pod has a token', "ServiceAccount 'x' is used", "and ServiceAccount 'x' is used"],
    ['no "not"', "bucket 'x' is not encrypted", "bucket 'x' is not versioned", 'and not versioned'],
    ['no "no"', "bucket 'x' has no owner", "bucket 'x' has no log", 'and no log'],
    ['no "without"', "container 'main' runs an image without a tag", "container 'main' runs an image without a digest", 'and without a digest'],
    ['no "neither"', 'neither a limit', 'neither a request', 'and neither a request'],
    ['no last word', 'the pod may run as root', 'the pod may run as root group', 'and root group'],
    ['no last word of its own', 'the pod may run as root group', 'the pod may run as root', 'and root'],
    ['not a message that is the same', 'the pod runs as root', 'the pod runs as root', 'and the pod runs as root'],
  ])('repeats of the message above it %s', (_name, first, message, text) => {
    expect(texts({ ...a, message: first }, { ...b, message })).toEqual([text]);
  });

  it('goes on from the line above, not from the first', () => {
    const says = (message: string): Finding => ({ ...a, message });
    expect(texts(says('it grants * on roles'), says('it has a wildcard'), says('it grants * on pods'), says('it grants * on nodes'))).toEqual(['and has a wildcard', 'and grants * on pods', 'and nodes']);
  });

  it('says its severity if it is not that of the first, and that it is advice', () => {
    const first = { ...a, message: 'the pod is bad' };
    const second: Finding = { ...b, message: 'the pod is open', severity: 'medium' };
    const third: Finding = { ...second, message: 'the pod is old' };
    expect(texts(first, second, third)).toEqual(['and open (medium)', 'and old (medium)']);
    const advice = (finding: Finding): Finding => ({ ...finding, enforcement: 'advisory' });
    expect(texts(advice(first), advice({ ...second, severity: 'critical' }), advice(third))).toEqual(['and open (advisory)', 'and old (medium, advisory)']);
  });

  it('belongs to its finding', () => {
    expect(continuations([a, b]).map(({ finding }) => finding)).toEqual([b]);
  });
});
