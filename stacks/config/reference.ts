import markdownTable from 'markdown-table';
import type { z } from 'zod';
import { type ConfigRow, describeConfig } from './describe';
import { aksConfig } from './schemas/aks';
import { eksConfig } from './schemas/eks';
import { gkeConfig } from './schemas/gke';
import { localConfig } from './schemas/local';
import { onpremConfig } from './schemas/onprem';

/** Schemas of all stacks, by name. */
export const STACK_SCHEMAS: Readonly<Record<string, z.ZodObject>> = { local: localConfig, onprem: onpremConfig, eks: eksConfig, gke: gkeConfig, aks: aksConfig };

/** Around what is written from the schemas; the rest of the page is written by hand. */
export const BEGIN = '<!-- Generated from the schemas by scripts/generate-configuration-docs.mjs; do not edit until the end mark. -->';
export const END = '<!-- End of what is generated. -->';

/**
 * A page with its marked part written anew: a table for each stack.
 *
 * @throws Error if the page has no marks
 */
export function withReference(page: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`the page has no part between '${BEGIN}' and '${END}'`);
  const sections = Object.entries(STACK_SCHEMAS).flatMap(([name, schema]) => [`## \`${name}\``, tableOf(describeConfig(schema))]);
  return [page.slice(0, begin) + BEGIN, ...sections, page.slice(end)].join('\n\n');
}

function tableOf(rows: readonly ConfigRow[]): string {
  const cells = rows.map((row) => [`\`${row.key}\``, prose(row.what), prose(row.values), withoutIt(row)]);
  return markdownTable([['key', 'what it is', 'values', 'default'], ...cells], { alignDelimiters: false });
}

const REQUIRED = { always: '**required**', 'in-section': '**required** in its section', 'in-form': '**required** in this form of its section' } as const;

function withoutIt({ required, default: value }: ConfigRow): string {
  return required === 'no' ? prose(value ?? '') : REQUIRED[required];
}

/** Words as markdown: their characters stay what they are. */
function prose(text: string): string {
  return text.replace(/[\\`*<>[\]|]/g, '\\$&');
}
