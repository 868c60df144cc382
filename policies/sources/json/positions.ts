import type { FieldPath } from '../../engine/field-path';
import { isObjectAt, items, members, skipSpace } from './scan';

/** Lists longer than this get an index of their items. */
const SHORT_LIST = 50;

/** Finds the offset of the field at a path of valid JSON, or of the nearest one around it, without parsing the rest. */
export function jsonOffset(text: string): (path: FieldPath) => number {
  const indexes = new Map<number, number[]>();
  const itemAt = (list: number, position: number): number | undefined => {
    let index = indexes.get(list);
    if (!index) {
      index = [...items(text, list)];
      if (index.length > SHORT_LIST) indexes.set(list, index);
    }
    return index[position];
  };
  return (path) => {
    let value = skipSpace(text, 0);
    let offset = value;
    for (const step of path) {
      const isObject = isObjectAt(text, value);
      if (isObject === undefined || isObject !== (typeof step === 'string')) break;
      if (typeof step === 'number') {
        const item = itemAt(value, step);
        if (item === undefined) break;
        offset = value = item;
      } else {
        const member = memberNamed(text, value, step);
        if (!member) break;
        offset = member.at;
        value = member.value;
      }
    }
    return offset;
  };
}

function memberNamed(text: string, object: number, name: string): { readonly at: number; readonly value: number } | undefined {
  for (const member of members(text, object)) if (member.name === name) return member;
  return undefined;
}
