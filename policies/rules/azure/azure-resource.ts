import type { CloudResource, Fields } from '../../engine/object';
import { example } from '../cloud/example';

/** A resource for a policy's examples; its type is given without the package. */
export function azureResource(type: string, properties: Fields, name = 'example'): CloudResource {
  return example(`azure-native:${type}`, properties, name);
}

/** For an input that is safe unless it is set. Azure, unlike providers made from Terraform's, takes no text for a boolean. */
export const notTrue = (value: unknown): boolean => value === undefined || value === false;
/** For an input that is safe unless it is turned off. */
export const notFalse = (value: unknown): boolean => value === undefined || value === true;
/** For an input that must be turned on. */
export const isTrue = (value: unknown): boolean => value === true;
/** For an input that must be turned off. */
export const isFalse = (value: unknown): boolean => value === false;
