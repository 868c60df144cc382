import { modelFile, modelFileNames } from './packages';
import { sameName, type Schema } from './schema';

interface Described {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly enumDeprecated?: readonly boolean[];
  readonly pattern?: string;
  readonly minimum?: string;
  readonly maximum?: string;
  readonly items?: Described;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly description?: string;
}

interface Api {
  readonly schemas: Readonly<Record<string, Described>>;
}

const LIBRARY = 'google-api-python-client';

/** A schema of an API of Google's, e.g. `gcp('container.v1', 'Cluster')`. @throws Error if there is none of that name */
export function gcp(apiName: string, schemaName: string): Schema {
  const described = modelFile<Api>(LIBRARY, `googleapiclient/discovery_cache/documents/${apiName}.json`).schemas[schemaName];
  if (!described) throw new Error(`API '${apiName}' of Google has no schema '${schemaName}'`);
  return schemaOf(apiName, described);
}

/** Hosts of APIs, e.g. `container.googleapis.com`: those that the library has a description of. */
export function hosts(): ReadonlySet<string> {
  const names = modelFileNames(LIBRARY).flatMap((file) => /discovery_cache\/documents\/([a-z0-9]+)\.v\w+\.json$/.exec(file)?.[1] ?? []);
  return new Set(names.map((name) => `${name}.googleapis.com`));
}

function schemaOf(apiName: string, described: Described): Schema {
  if (described.$ref !== undefined) return { ...gcp(apiName, described.$ref), ...textOf(described) };
  const { enum: values, enumDeprecated = [], pattern, minimum, maximum, items, properties = {} } = described;
  return {
    // What is on its way out is nothing to begin with; nor are the names that stand for none.
    ...(values && { values: values.filter((value, index) => !enumDeprecated[index] && !/(^|_)UNSPECIFIED$/.test(value)) }),
    ...(pattern !== undefined && { pattern }),
    ...(minimum !== undefined && { least: Number(minimum) }),
    ...(maximum !== undefined && { most: Number(maximum) }),
    ...textOf(described),
    items: () => items && schemaOf(apiName, items),
    field(name) {
      const found = Object.entries(properties).find(([each]) => sameName(each, name))?.[1];
      return found && schemaOf(apiName, found);
    },
  };
}

function textOf({ description }: Described): Pick<Schema, 'text'> {
  return description === undefined ? {} : { text: description };
}
