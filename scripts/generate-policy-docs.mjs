// Writes docs/policies/<policy>.md and index.md from the policies, and removes pages of policies that are gone.
//
//   npm run build && node scripts/generate-policy-docs.mjs
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { GENERATED, policyPages } from '../dist/policies/describe/index.js';
import { POLICIES } from '../dist/policies/index.js';

const folder = path.resolve(import.meta.dirname, '..', 'docs', 'policies');

const pages = policyPages(POLICIES);
const before = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]),
);
let written = 0;
for (const [name, text] of pages) {
  if (before.get(name) === text) continue;
  writeFileSync(path.join(folder, name), text);
  written++;
}
// What was written by hand stays.
const gone = [...before].filter(([name, text]) => !pages.has(name) && text.startsWith(GENERATED)).map(([name]) => name);
for (const name of gone) rmSync(path.join(folder, name));
console.log(`${pages.size} pages: ${written} written, ${gone.length} removed`);
