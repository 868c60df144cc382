// Writes the tables of docs/configuration.md from the schemas of the stacks; what is around them stays.
//
//   npm run build && node scripts/generate-configuration-docs.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withReference } from '../dist/stacks/config/reference.js';

const file = path.resolve(import.meta.dirname, '..', 'docs', 'configuration.md');

const before = readFileSync(file, 'utf8');
const after = withReference(before);
if (after !== before) writeFileSync(file, after);
console.log(`docs/configuration.md: ${after === before ? 'nothing to change' : 'written'}`);
