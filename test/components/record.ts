import * as pulumi from '@pulumi/pulumi';
import { type CloudResource, evaluate, type Finding, type Subject } from '../../policies';

/** A resource as a program registered it. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  // Tests read inputs of many types; what is not there fails them.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly inputs: Readonly<Record<string, any>>;
  /** Whether it is a resource of a provider, not a component. */
  readonly custom: boolean;
  /** Provider it is given, as `urn::id`. */
  readonly provider: string;
  /** Id the doubles gave it; none in a preview. */
  readonly id?: string;
  /** Inputs that hold a secret. */
  readonly secret: readonly string[];
  /** What was given beside the inputs. */
  readonly options: pulumi.ResourceOptions;
}

/** What a program registered, and what it returned. */
export interface Recording<T> {
  readonly result: T;
  readonly resources: readonly Recorded[];
  /** Resources of a type; the one if there must be one. */
  ofType(type: string): readonly Recorded[];
  one(type: string, name?: string): Recorded;
  /** The value of an Output, as far as it is known. */
  valueOf<V>(output: pulumi.Output<V>): Promise<V>;
}

interface Cloud {
  invent(resource: { type: string; name: string; inputs: unknown }): { id: string; state: Record<string, unknown> };
  answer(call: { token: string; inputs: unknown }): Record<string, unknown>;
}

const cloud: Cloud = require('../doubles/cloud');

/**
 * Runs a program over Pulumi's mocks: what it registers, with the outputs that the doubles of the clouds invent.
 *
 * @param options.preview as a preview on an empty state: what providers compute is unknown
 */
export async function record<T>(program: () => T | Promise<T>, options: { readonly preview?: boolean } = {}): Promise<Recording<T>> {
  const { stackTraceLimit } = Error;
  // Pulumi takes a stack trace at every step, and the test runner maps each back to the sources: most of the time a recording takes.
  Error.stackTraceLimit = 0;
  try {
    return await recordQuietly(program, options);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

async function recordQuietly<T>(program: () => T | Promise<T>, options: { readonly preview?: boolean }): Promise<Recording<T>> {
  const resources: Recorded[] = [];
  const given = new Map<string, pulumi.ResourceOptions>();
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, custom, provider, id }: pulumi.runtime.MockResourceArgs) => {
        const known = plain(inputs) as Recorded['inputs'];
        const secret = Object.keys(inputs as object).filter((key) => isSecret((inputs as Record<string, unknown>)[key]));
        const recorded = { type, name, inputs: known, custom: custom === true, provider: provider ?? '', secret, options: given.get(`${type}::${name}`) ?? {} };
        if (options.preview) {
          resources.push(recorded);
          return { id: undefined, state: { ...inputs } };
        }
        const made = cloud.invent({ type, name, inputs: known });
        resources.push({ ...recorded, id: id || made.id });
        return { id: id || made.id, state: made.state };
      },
      call: ({ token, inputs }) => cloud.answer({ token, inputs }),
    },
    'kubeflow-cdk',
    'test',
    options.preview ?? false,
  );
  let result: { readonly value: T } | undefined;
  await pulumi.runtime.runInPulumiStack(async () => {
    pulumi.runtime.registerStackTransformation(({ type, name, opts }) => {
      given.set(`${type}::${name}`, opts);
      return undefined;
    });
    result = { value: await program() };
    return undefined;
  });
  await pulumi.runtime.disconnect();
  if (!result) throw new Error('the program did not end');
  const ofType = (type: string) => resources.filter((resource) => resource.type === type);
  return {
    result: result.value,
    resources: resources.filter(({ type }) => type !== 'pulumi:pulumi:Stack'),
    ofType,
    one(type, name) {
      const found = ofType(type).filter((resource) => name === undefined || resource.name === name);
      const [first] = found;
      if (!first || found.length > 1) throw new Error(`${found.length} of ${type} ${name ?? ''}; there are ${resources.map((each) => `${each.type} ${each.name}`).join(', ')}`);
      return first;
    },
    valueOf: (output) => new Promise((resolve) => void output.apply((value) => (resolve(value), value))),
  };
}

/** What the policies find in recorded resources that is neither waived nor advice. */
export function violations(recording: Pick<Recording<unknown>, 'resources'>, ...more: readonly Subject[]): readonly string[] {
  const { findings } = evaluate([...subjects(recording), ...more], { now: new Date('2026-01-01T00:00:00Z') });
  return findings.filter((finding) => finding.enforcement === 'mandatory' && !finding.waived).map(show);
}

/** Recorded resources as policies see them. */
export function subjects({ resources }: Pick<Recording<unknown>, 'resources'>): CloudResource[] {
  return resources.filter(({ custom, type }) => custom && !type.startsWith('pulumi:')).map(({ type, name, inputs, id }) => ({ type, name, ...(id !== undefined && { id }), properties: inputs }));
}

function show({ policy, object, path, message }: Finding): string {
  return `${policy}: ${object.kind} ${object.name}: ${message} (${path})`;
}

/** How a secret is marked in what crosses to the engine. */
const SIGNATURE = '4dabf18193072939515e22adb298388d';

function isSecret(value: unknown): value is { readonly value: unknown } {
  return typeof value === 'object' && value !== null && SIGNATURE in value && 'value' in value;
}

/** Secrets as what they hold. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  if (isSecret(value)) return plain(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}
