import { modelFile, modelFileNames } from './packages';
import { sameName, type Schema } from './schema';

interface Shape {
  readonly type: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
  readonly member?: { readonly shape: string };
  readonly members?: Readonly<Record<string, { readonly shape: string; readonly documentation?: string }>>;
  readonly documentation?: string;
}

interface Service {
  readonly operations: Readonly<Record<string, unknown>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

interface Partition {
  readonly id: string;
  readonly regions: Readonly<Record<string, unknown>>;
  readonly outputs: { readonly dnsSuffix: string };
}

const BOTOCORE = 'botocore';

/** The newest model of a service, by botocore's name for it, e.g. `cognito-idp`. */
function service(name: string): Service {
  const newest = modelFileNames(BOTOCORE).filter((file) => file.startsWith(`botocore/data/${name}/`) && file.endsWith('/service-2.json.gz')).sort().at(-1);
  if (newest === undefined) throw new Error(`botocore has no service '${name}'`);
  return modelFile<Service>(BOTOCORE, newest);
}

/** A shape of a service of AWS, e.g. `aws('eks', 'CreateClusterRequest')`. @throws Error if there is none of that name */
export function aws(serviceName: string, shapeName: string): Schema {
  const { shapes } = service(serviceName);
  const shape = shapes[shapeName];
  if (!shape) throw new Error(`service '${serviceName}' of AWS has no shape '${shapeName}'`);
  const { enum: values, pattern, min, max, member, members, documentation } = shape;
  return {
    ...(values && { values }),
    ...(pattern !== undefined && { pattern }),
    ...(min !== undefined && { least: min }),
    ...(max !== undefined && { most: max }),
    ...(documentation !== undefined && { text: documentation }),
    items: () => member && aws(serviceName, member.shape),
    field(name) {
      const found = Object.entries(members ?? {}).find(([each]) => sameName(each, name))?.[1];
      return found && { ...aws(serviceName, found.shape), text: found.documentation ?? '' };
    },
  };
}

/** Names of the operations of a service. */
export function operations(serviceName: string): readonly string[] {
  return Object.keys(service(serviceName).operations);
}

/** Regions of AWS, by partition, with what names of hosts end in. */
export function partitions(): readonly { readonly id: string; readonly regions: readonly string[]; readonly dnsSuffix: string }[] {
  const { partitions: all } = modelFile<{ readonly partitions: readonly Partition[] }>(BOTOCORE, 'botocore/data/partitions.json');
  return all.map(({ id, regions, outputs }) => ({ id, regions: Object.keys(regions).filter((region) => !region.endsWith('-global')), dnsSuffix: outputs.dnsSuffix }));
}
