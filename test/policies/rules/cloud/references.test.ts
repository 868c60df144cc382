import { type CloudResource, evaluate, Inventory, type ResourcePolicy } from '../../../../policies';
import { mustHave } from '../../../../policies/rules/cloud/companion';
import { nameOf } from '../../../../policies/rules/cloud/inputs';
import { each, originsOf, type Reference, references } from '../../../../policies/rules/cloud/references';
import { someIs } from '../../../../policies/rules/cloud/some';
import { declared, resource, unknown, urn } from '../aws/subjects';

const DISK = 'test:index:Disk';
const MACHINE = 'test:index:Machine';
const REFERENCE: Reference = { from: [MACHINE], inputs: [['root', 'disk'], ['disks', each, 'id']], to: [DISK], namesOf: (disk) => [disk.id, nameOf(disk)] };
const index = (subjects: readonly unknown[], more: Partial<Reference> = {}) => references({ ...REFERENCE, ...more })(new Inventory(subjects));

const disk = resource(DISK, { name: 'd' });
const machine = (properties: Readonly<Record<string, unknown>>, dependencies?: Readonly<Record<string, readonly string[]>>) => resource(MACHINE, properties, dependencies ? { dependencies } : {});

describe('references', () => {
  it.each([
    [{ root: { disk: 'd' } }, 1],
    [{ disks: [{ id: 'x' }, { id: 'd' }] }, 1],
    [{ disks: { id: 'd' } }, 1],
    [{ disks: [null, 'd', { id: null }] }, 0],
    [{ root: { disk: 'x' } }, 0],
    [{}, 0],
  ])('are in every input that refers: %j', (properties, count) => {
    const found = index([disk, machine(properties)]);
    expect(found.to(disk)).toMatchObject({ certain: { length: count }, open: false });
    expect(found.targets(machine(properties))).toHaveLength(count);
  });

  it('stay open for the one element that is not known yet', () => {
    const one = machine({ disks: [unknown({}, 'id'), { id: 'd' }] });
    expect(index([disk, one]).to(disk)).toEqual({ certain: [one], open: true });
    const other = resource(DISK, { name: 'other' });
    expect(index([disk, other, one]).to(other)).toEqual({ certain: [], open: true });
  });

  it('may be spelled in several ways', () => {
    const one = machine({ root: { disk: '/disks/D' } });
    const found = index([disk, one], { keysOf: (value) => [value, String(value).split('/').pop()?.toLowerCase()] });
    expect(found.to(disk).certain).toEqual([one]);
    expect(found.targets(one)).toEqual([disk]);
  });

  it('go by what Pulumi knows of an input, of whatever type if none is asked for', () => {
    const target = declared(DISK, 'a', {});
    const [right, wrong] = [machine(unknown({}, 'root'), { root: [urn(DISK, 'a')] }), machine(unknown({}, 'root'), { root: [urn(MACHINE, 'a')] })];
    expect(index([target, right]).to(target)).toEqual({ certain: [right], open: false });
    expect(index([target, wrong]).to(target)).toEqual({ certain: [], open: true });
    expect(index([target, wrong], { to: undefined }).to(target)).toEqual({ certain: [], open: false });
    expect(index([target, right], { to: undefined }).to(target).certain).toEqual([right]);
  });

  it('by a name that is nobody’s may be to what may be called otherwise', () => {
    const stray = machine({ root: { disk: 'x' } });
    expect(index([disk, stray], { mayBeCalledOtherwise: ({ name }) => name === 'main' }).to(disk).open).toBe(true);
    expect(index([disk, stray], { mayBeCalledOtherwise: ({ name }) => name !== 'main' }).to(disk).open).toBe(false);
  });

  it('are no strays if one of several spellings is known', () => {
    const found = index([disk, resource(DISK, {}), machine({ root: { disk: 'd' } })], { keysOf: (value) => [value, `/disks/${String(value)}`], mayBeCalledOtherwise: () => true });
    expect(found.to(disk).open).toBe(false);
  });

  it('are open from a resource of which nobody knows to what it refers', () => {
    const nameless = resource(DISK, {});
    const of = (one: CloudResource, ...others: readonly CloudResource[]) => index([disk, one, ...others], { mayBeCalledOtherwise: (target) => target === nameless }).isOpen(one);
    expect(of(machine(unknown({}, 'root')))).toBe(true);
    expect(of(machine(unknown({}, 'root'), { root: [urn(MACHINE)] }))).toBe(true);
    expect(of(machine(unknown({}, 'root'), { root: [urn(DISK)] }))).toBe(false);
    expect(of(machine({ root: { disk: 'd' } }), nameless)).toBe(false);
    expect(of(machine({ root: { disk: 'x' } }), nameless)).toBe(true);
    expect(of(machine({ root: { disk: 'x' } }))).toBe(false);
    expect(of(machine({}), nameless)).toBe(false);
  });

  it('find what refers to the same', () => {
    const [a, b] = [machine({ root: { disk: 'gone' } }), machine({ disks: [{ id: 'gone' }] })];
    expect(index([a, b]).beside(a)).toEqual([a, b]);
    expect(index([a, b]).beside(machine({ root: { disk: 'd' } }))).toEqual([]);
  });
});

it('tells the types of origins by the ends of their URNs', () => {
  const child = `urn:pulumi:test::project::our:index:Store$${DISK}::a`;
  const subject = machine({}, { root: [child, urn(MACHINE)] });
  expect(originsOf(subject, 'root')).toEqual([child, urn(MACHINE)]);
  expect(originsOf(subject, 'root', [DISK])).toEqual([child]);
  expect(originsOf(subject, 'disks')).toEqual([]);
});

describe('what must be declared beside a resource', () => {
  const among = references(REFERENCE);
  const policy: ResourcePolicy = {
    id: 'disk-machine',
    title: 'Disks have a machine',
    severity: 'low',
    enforcement: 'mandatory',
    controls: [],
    rationale: 'Because.',
    remediation: 'Attach it.',
    reach: 'stack',
    examples: { fails: disk, passes: [disk, machine({ root: { disk: 'd' } })] },
    resourceTypes: [DISK],
    check: (subject, report, context) => mustHave(subject, { among, meets: ({ name }) => name === 'main', path: ['name'], message: 'alone', enforcement: 'advisory' }, report, context),
  };
  const check = (...subjects: readonly CloudResource[]) => {
    const { findings, coverage } = evaluate(subjects, { policies: [policy] });
    return [...findings.map(({ path, message, enforcement }) => `${path} ${message} ${enforcement}`), ...coverage.undecided.map(({ path }) => `${path}?`)];
  };

  it('is found, missed or left open', () => {
    expect(check(disk, machine({ root: { disk: 'd' } }))).toEqual([]);
    expect(check(disk)).toEqual(['name alone advisory']);
    expect(check(disk, machine(unknown({}, 'root')))).toEqual(['name?']);
  });

  it('is left open while it is not known whether one is what is asked for', () => {
    const one = machine({ root: { disk: 'd' } });
    const nameless = Object.defineProperty({ ...one }, 'name', { get: () => unknown({}, 'name').name });
    const asks = (...subjects: readonly CloudResource[]) => someIs(subjects, ({ name }) => name === 'main');
    expect(asks(nameless, one)).toBe(true);
    expect(asks(nameless, { ...one, name: 'other' })).toBeUndefined();
    expect(asks({ ...one, name: 'other' })).toBe(false);
  });

  it('must be what is asked for', () => {
    expect(check(disk, { ...machine({ root: { disk: 'd' } }), name: 'other' })).toEqual(['name alone advisory']);
  });
});
