import type { z } from 'zod';
import type { InvalidInputError } from '../../constructs/core';
import { CONFIG_NAMESPACE, ConfigError, keysAt } from './parse';

/**
 * What a component refused, in words of the configuration: components are named after the section they are configured by (`object-store`
 * after `objectStore`, `nodes-gpu` after `nodes.gpu`), and their arguments are spelled like its keys, or like those outside all sections.
 * What is about nothing in the configuration stays as it is.
 */
export function configFault(stack: string, schema: z.ZodObject, error: InvalidInputError): Error {
  const { property, value, expected, where } = error.input;
  const section = sectionOf(where, Object.keys(schema.shape));
  if (section === undefined) return error;
  return new ConfigError(stack, [`${CONFIG_NAMESPACE}:${keyOf(schema, section, property)} ${value === undefined ? 'is missing' : `is ${JSON.stringify(value)}`}; expected ${expected}`]);
}

function keyOf(schema: z.ZodObject, section: readonly string[], property: string): string {
  const [first = ''] = property.split(/[.[]/);
  const inSection = keysAt(schema, section);
  const outside = section.length === 0 || (first in schema.shape && inSection.length > 0 && !inSection.includes(first));
  return outside ? property : [...section, property].join('.');
}

function sectionOf(where: string, keys: readonly string[]): readonly string[] | undefined {
  const [first = '', ...rest] = where.split('.');
  const camel = first.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  if (keys.includes(camel)) return [camel, ...rest];
  const [head = '', ...tail] = first.split('-');
  if (keys.includes(head)) return [head, ...tail, ...rest];
  return OF_ALL.has(first) ? [] : undefined;
}

/** Clouds, whose settings are in no section: who is asked, and where. */
const OF_ALL: ReadonlySet<string> = new Set(['aws', 'gcp', 'azure']);
