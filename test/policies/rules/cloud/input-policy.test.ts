import { type CloudResource, evaluate, type ResourcePolicy } from '../../../../policies';
import { type InputPolicy, inputPolicy } from '../../../../policies/rules/cloud/input-policy';
import { isOn } from '../../../../policies/rules/cloud/inputs';
import { resource, unknown } from '../aws/subjects';

const TYPE = 'test:index:Thing';
const thing = (properties: Readonly<Record<string, unknown>>) => resource(TYPE, properties);
const policy = (more: Partial<InputPolicy> = {}): ResourcePolicy =>
  inputPolicy({
    id: 'thing-lock',
    title: 'Things are locked',
    severity: 'low',
    controls: [],
    rationale: 'Because.',
    remediation: 'Lock it.',
    examples: { fails: thing({}), passes: thing({ lock: { on: true } }) },
    resourceTypes: [TYPE],
    noun: 'thing',
    path: ['lock', 'on'],
    meets: isOn,
    problem: 'is not locked',
    fix: true,
    ...more,
  });
const run = (subject: CloudResource, more?: Partial<InputPolicy>) => {
  const { findings, coverage } = evaluate([subject], { policies: [policy(more)] });
  return [...findings.map(({ path, found, message, enforcement }) => `${path} = ${JSON.stringify(found)} ${enforcement}: ${message}`), ...coverage.undecided.map(({ path }) => `${path}?`)];
};

it('asks for one input', () => {
  expect(run(thing({ lock: { on: true } }))).toEqual([]);
  for (const lock of [undefined, null, {}, 'x']) expect(run(thing({ lock }))).toEqual(["lock.on = null mandatory: thing 'main' is not locked"]);
  expect(run(thing({ lock: { on: 'no' } }))).toEqual(['lock.on = "no" mandatory: thing \'main\' is not locked']);
});

it('leaves an input open that is not known yet', () => {
  expect(run(thing({ lock: unknown({}, 'on') }))).toEqual(['lock.on?']);
});

it('looks where else the input may stand', () => {
  const more = { otherwise: [['locked']] };
  expect(run(thing({ locked: true }), more)).toEqual([]);
  expect(run(thing({ locked: false }), more)).toEqual(["locked = false mandatory: thing 'main' is not locked"]);
  expect(run(thing({ lock: { on: false }, locked: true }), more)).toEqual(["lock.on = false mandatory: thing 'main' is not locked"]);
});

it('passes over what it has nothing to say about', () => {
  expect(run(thing({}), { applies: ({ name }) => name !== 'main' })).toEqual([]);
});

it('says what is wrong with a value, as strictly as it is told to', () => {
  expect(run(thing({}), { problem: (value) => `has ${String(value)}`, enforcement: 'advisory' })).toEqual(["lock.on = null advisory: thing 'main' has undefined"]);
});

it('advises against a default that would do', () => {
  const more = { isDefaulted: (value: unknown) => value === undefined };
  expect(run(thing({}), more)).toEqual(["lock.on = null advisory: thing 'main' leaves lock.on to the default of the provider"]);
  expect(run(thing({ lock: { on: false } }), more)).toEqual(["lock.on = false mandatory: thing 'main' is not locked"]);
});

it('offers a patch of the input, or of more', () => {
  const patch = (more?: Partial<InputPolicy>) => evaluate([thing({})], { policies: [policy(more)] }).findings[0]?.patch;
  expect(patch()).toEqual({ lock: { on: true } });
  expect(patch({ mend: ({ name }) => ({ fix: { on: true, by: name }, fixAt: ['lock'] }) })).toEqual({ lock: { on: true, by: 'main' } });
});
