import { type FieldPath, read } from '../../engine/field-path';
import type { Inventory } from '../../engine/inventory';
import type { CloudResource } from '../../engine/object';
import { readOr } from '../../engine/unknown-value';
import { references, type References } from '../cloud/references';

/** How resources of AWS refer to others. */
interface AwsReference {
  readonly from: readonly string[];
  /** Input that refers: by the id of a target, or by its name. */
  readonly by: FieldPath;
  readonly to: readonly string[];
  /** Input by which a target names itself, e.g. `bucket`. @default none: it is known by its id only */
  readonly name?: string;
}

/** An index of references. A target that is not there yet and states no name goes by its name in the stack, or by any other. */
export function awsReferences({ from, by, to, name }: AwsReference): (inventory: Inventory) => References {
  return references({
    from,
    inputs: [by],
    to,
    namesOf: (target) => [target.id, statedName(target, name) ?? (target.id === undefined ? target.name : undefined)],
    mayBeCalledOtherwise: (target) => target.id === undefined && statedName(target, name) === undefined,
  });
}

function statedName({ properties }: CloudResource, name: string | undefined): unknown {
  return name === undefined ? undefined : readOr(undefined, () => read(properties, name));
}
