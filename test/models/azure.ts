import { modelFile, modelFileNames } from './packages';
import { sameName, type Schema } from './schema';

interface Model {
  readonly bases: readonly string[];
  /** Names of the models and enumerations that values are of, by the name of the field on the wire. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
  readonly texts: Readonly<Record<string, string>>;
}

/** What is asked of a name; the same name in another operation may be asked less of. */
interface Limit {
  readonly min_length?: number;
  readonly max_length?: number;
  readonly pattern?: string;
}

interface Declarations {
  readonly enums: Readonly<Record<string, readonly string[]>>;
  readonly models: Readonly<Record<string, Model>>;
  readonly limits: Readonly<Record<string, readonly Limit[]>>;
}

function models(library: string): Declarations {
  return modelFile(`azure-mgmt-${library}`, `azure/mgmt/${library}/models/*`);
}

/** A model or enumeration of an API of Azure's, e.g. `azure('containerservice', 'ManagedCluster')`. @throws Error if there is none of that name */
export function azure(library: string, name: string): Schema {
  const { enums, models: all } = models(library);
  const values = enums[name];
  if (values) return { values };
  const model = all[name];
  if (!model) throw new Error(`library '${library}' of Azure has neither model nor enumeration '${name}'`);
  const one: Schema = {
    field(field) {
      const own = Object.entries(model.fields).find(([wire]) => sameName(wire.replace(/^properties\./, ''), field));
      if (own) return { ...(own[1][0] === undefined ? {} : azure(library, own[1][0])), text: model.texts[own[0]] ?? '' };
      // The provider has what is in `properties` beside it.
      const nested = model.fields['properties']?.[0];
      return (nested === undefined ? undefined : azure(library, nested).field?.(field)) ?? inherited(library, model.bases, field);
    },
  };
  // Python's declarations tell what is in a list, not that it is one.
  return { ...one, items: () => one };
}

function inherited(library: string, bases: readonly string[], field: string): Schema | undefined {
  const known = bases.filter((base) => base in models(library).models);
  return known.map((base) => azure(library, base).field?.(field)).find((found) => found !== undefined);
}

/**
 * What a library says of a name in a URL: of the newest version of the API that it knows, previews apart. Newer libraries leave it to the service.
 *
 * @param requirement e.g. `azure-mgmt-keyvault==10.3.1`
 * @param parameter e.g. `vault_name`
 */
export function azureName(requirement: string, parameter: string): Schema {
  const folders = modelFileNames(requirement).flatMap((file) => /^azure\/mgmt\/\w+\/(?:v\d{4}_\d{2}_\d{2}\/)?operations\//.exec(file)?.[0] ?? []);
  const newest = [...new Set(folders)].sort().at(-1) ?? '';
  const stated = modelFile<Declarations>(requirement, `${newest}*`).limits[parameter];
  if (!stated) throw new Error(`${requirement} says nothing of '${parameter}' in ${newest}`);
  const { min_length: least, max_length: most, pattern } = Object.assign({}, ...stated) as Limit;
  return { ...(least !== undefined && { least }), ...(most !== undefined && { most }), ...(pattern !== undefined && { pattern }) };
}
