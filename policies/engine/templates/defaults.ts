import { type Fields, isFields } from '../object';
import { readOr } from '../unknown-value';

/**
 * Settings with those that hold where they are silent: mappings are merged, anything else is stated by one or the
 * other. What is not known yet stays so, and throws only when it is read.
 */
export function withDefaults(own: Fields, defaults: Fields): Fields {
  const merged: Fields = Object.defineProperties({}, Object.getOwnPropertyDescriptors(defaults));
  for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(own))) {
    const [mine, other] = [own, defaults].map((from) => readOr(undefined, () => (Object.hasOwn(from, key) ? from[key] : undefined)));
    // An unknown value is a value, so that it is not silent; null is.
    if (mine === null && other !== undefined) continue;
    const value = isFields(mine) && isFields(other) ? { value: withDefaults(mine, other), enumerable: true, configurable: true } : descriptor;
    Object.defineProperty(merged, key, value);
  }
  return merged;
}
