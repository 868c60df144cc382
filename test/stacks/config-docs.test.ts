import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { POOL_DEFAULTS } from '../../components/gcp/nodes/pool-args';
import { STACK_NAMES } from '../../stacks';
import { eksConfig, parseConfig } from '../../stacks/config';
import { type ConfigRow, describeConfig } from '../../stacks/config/describe';
import { BEGIN, END, STACK_SCHEMAS, withReference } from '../../stacks/config/reference';
import { count, flag, label, madeOrExisting, oneOf, secret, text, texts } from '../../stacks/config/schemas/values';

const row = (stack: string, key: string): ConfigRow | undefined => describeConfig(STACK_SCHEMAS[stack] ?? z.object({})).find((each) => each.key === key);

describe('describeConfig', () => {
  it.each([
    ['a number', count(1, 450), 'whole number 1 to 450'],
    ['yes or no', flag.describe('x'), 'true or false'],
    ['words', oneOf('a', 'b').optional(), 'one of a, b'],
    ['a text', text('the name of a bucket').optional(), 'text: the name of a bucket'],
    ['a text with a pattern', label, 'text: lower-case letters, digits and hyphens, at most 63, beginning with a letter'],
    ['a text that may be written as a number', z.coerce.string({ error: "a version such as '8.4'" }), "text: a version such as '8.4'"],
    ['any text', z.coerce.string(), 'text'],
    ['a list of texts', texts('a zone'), 'list of texts, each a zone'],
    ['a list of words', z.array(oneOf('a', 'b')), 'list, each one of a, b'],
    ['a secret', secret.describe('x'), 'secret'],
    ['some numbers', z.coerce.number().pipe(z.literal([128, 256])), 'one of 128, 256'],
    ['texts by name', z.record(z.string(), z.coerce.string()), 'texts by name'],
  ])('says what %s may be', (_, schema, values) => {
    expect(describeConfig(z.strictObject({ key: schema }))).toMatchObject([{ key: 'key', values }]);
  });

  it('knows defaults of schemas, and those of components by the description', () => {
    const schema = z.strictObject({ a: count(1, 9).default(3).describe('How many'), b: z.array(z.string()).default([]), c: count(1, 9).optional().describe('Days (default 30, and 7 where nothing is kept)') });
    expect(describeConfig(schema)).toMatchObject([
      { key: 'a', what: 'How many', default: '3', required: 'no' },
      { key: 'b', default: '[]', required: 'no' },
      { key: 'c', what: 'Days', default: '30, and 7 where nothing is kept', required: 'no' },
    ]);
  });

  it('leads into sections, lists, and what people name themselves', () => {
    const pool = z.strictObject({ max: count(1, 9), taints: z.array(z.strictObject({ key: text('a key') })).optional() });
    const rows = describeConfig(z.strictObject({ pools: z.record(z.string(), pool).default({}), cpu: pool.prefault({ max: 1 }) }));
    expect(rows.map(({ key }) => key)).toEqual(['pools', 'pools.<name>.max', 'pools.<name>.taints', 'pools.<name>.taints[].key', 'cpu', 'cpu.max', 'cpu.taints', 'cpu.taints[].key']);
  });

  it('tells what is required always from what is so in its section or form', () => {
    const made = madeOrExisting({ zones: texts('a zone').optional() }, z.strictObject({ vpcId: text('an id') }));
    const rows = describeConfig(z.strictObject({ name: text('a name'), network: made.prefault({}), gcp: z.strictObject({ project: text('a project') }).prefault({ project: 'p' }), tls: z.union([z.strictObject({ given: text('a file') }), z.strictObject({ vault: z.strictObject({ server: text('a URL') }) })]).optional() }));
    expect(Object.fromEntries(rows.map(({ key, required }) => [key, required]))).toEqual({
      name: 'always',
      network: 'no',
      'network.zones': 'no',
      'network.existing': 'no',
      'network.existing.vpcId': 'in-section',
      gcp: 'no',
      'gcp.project': 'always',
      tls: 'no',
      'tls.given': 'in-form',
      'tls.vault': 'in-form',
      'tls.vault.server': 'in-section',
    });
  });

  it('joins the forms of a section', () => {
    const forms = z.union([z.strictObject({ kind: oneOf('spot') }), z.strictObject({ kind: oneOf('reserved'), id: text('an id') })], { error: 'spot, or reserved with id' });
    expect(describeConfig(z.strictObject({ purchase: forms.optional() }))).toMatchObject([
      { key: 'purchase', values: 'section: spot, or reserved with id', required: 'no' },
      { key: 'purchase.kind', values: 'one of spot, reserved', required: 'in-section' },
      { key: 'purchase.id', values: 'text: an id', required: 'in-form' },
    ]);
  });

  it('does not pass over what it has no words for', () => {
    expect(() => describeConfig(z.strictObject({ when: z.date() }))).toThrow("no words for a value of type date");
  });
});

describe('the schemas of the stacks', () => {
  it('are all described', () => {
    expect(Object.keys(STACK_SCHEMAS)).toEqual(STACK_NAMES);
  });

  it.each(STACK_NAMES)('say of every key of %s what it is', (stack) => {
    expect(describeConfig(STACK_SCHEMAS[stack] ?? z.object({})).filter(({ what }) => what === '').map(({ key }) => key)).toEqual([]);
  });

  it('are read as they are meant', () => {
    expect(row('eks', 'nodes.cpu.max')).toMatchObject({ values: 'whole number 1 to 450', default: '10' });
    expect(row('eks', 'cluster.logRetentionDays')).toMatchObject({ default: '365', required: 'no' });
    expect(row('onprem', 'context')).toMatchObject({ required: 'always' });
    expect(row('onprem', 'nodes.<name>.selector')).toMatchObject({ values: 'texts by name', required: 'in-section' });
    expect(row('onprem', 'certificates.vault.server')).toMatchObject({ required: 'in-section' });
    expect(row('aks', 'database.existing.administratorPassword')).toMatchObject({ values: 'secret', required: 'in-section' });
    expect(row('gke', 'signIn.existing.issuer')).toMatchObject({ required: 'in-section' });
  });
});

describe('defaults that only components know', () => {
  it.each(Object.entries(POOL_DEFAULTS))('are those of the pool %s on GKE', (kind, { machineType, min, max }) => {
    expect(['machineType', 'min', 'max'].map((key) => row('gke', `nodes.${kind}.${key}`)?.default)).toEqual([machineType, `${min}`, `${max}`]);
  });
});

describe('docs/configuration.md', () => {
  const page = readFileSync(path.resolve(__dirname, '..', '..', 'docs', 'configuration.md'), 'utf8');

  it('says what the schemas say (else: npm run build && node scripts/generate-configuration-docs.mjs)', () => {
    expect(page).toBe(withReference(page));
  });

  it('shows the errors that there are', () => {
    const wrong = { region: 'eu-central-1', nodes: { cpu: { max: 900 }, gpus: {} } };
    expect(() => parseConfig('eks', eksConfig, wrong)).toThrow(/```\n(configuration of [^`]*?)\n```/.exec(page)?.[1] ?? 'an example');
  });

  it('keeps what is written by hand, and refuses a page without the marks', () => {
    const written = withReference(`before\n\n${BEGIN}\nold\n${END}\n\nafter\n`);
    expect(written).toMatch(/^before\n\n<!--[^]*\n\n## `onprem`\n\n[^]*<!--[^\n]*-->\n\nafter\n$/);
    expect(written).not.toContain('\nold\n');
    expect(withReference(written)).toBe(written);
    expect(() => withReference('nothing')).toThrow('the page has no part between');
  });
});
