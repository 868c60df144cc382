// Makes constructs/<component>/crds.json from the component's pinned release package.
//
//   node scripts/generate-crds.mjs [COMPONENT...]
//
// constructs/<component>/crds.source.json names the Go module, its version and checksum, and the files with CRDs in it.
// Prose is stripped and repeated schema parts are factored out, so the file holds each Kubernetes type once.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';

const root = path.resolve(import.meta.dirname, '..');
/** Schema parts shorter than this (characters of JSON) are cheaper written twice than referred to. */
const WORTH_SHARING = 300;

const wanted = process.argv.slice(2);
const components = wanted.length > 0 ? wanted : readdirSync(path.join(root, 'constructs')).filter((name) => existsSync(sourceFile(name)));
for (const component of components) generate(component);

function sourceFile(component) {
  return path.join(root, 'constructs', component, 'crds.source.json');
}

function generate(component) {
  const source = JSON.parse(readFileSync(sourceFile(component), 'utf8'));
  const directory = download(source);
  const crds = source.files
    .flatMap((pattern) => filesOf(directory, pattern))
    .flatMap((file) => parseAllDocuments(readFileSync(path.join(directory, file), 'utf8')).map((document) => document.toJS()))
    .filter((object) => object?.kind === 'CustomResourceDefinition')
    .map((crd) => ({ name: crd.metadata.name, spec: strip(crd.spec) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  if (crds.length === 0) throw new Error(`${component}: no CRD in ${source.files.join(', ')}`);
  const compact = share(crds);
  const header = {
    source: `${source.module}@${source.version}`,
    checksum: source.checksum,
    command: `node scripts/generate-crds.mjs ${component}`,
  };
  writeFileSync(path.join(root, 'constructs', component, 'crds.json'), format(header, compact));
  console.log(`${component}: ${crds.length} CRDs, ${Object.keys(compact.definitions).length} shared parts`);
}

/** The package's folder in the module cache, once its checksum has been found to be the pinned one. */
function download({ module, version, checksum }) {
  const scratch = mkdtempSync(path.join(tmpdir(), 'crds-'));
  writeFileSync(path.join(scratch, 'go.mod'), 'module crds\n');
  const info = JSON.parse(execFileSync('go', ['mod', 'download', '-json', `${module}@${version}`], { cwd: scratch, encoding: 'utf8' }));
  if (info.Sum !== checksum) throw new Error(`${module}@${version} has checksum ${info.Sum}; pinned is ${checksum}`);
  return info.Dir;
}

/** Files that match a pattern whose last segment may hold `*`. */
function filesOf(directory, pattern) {
  const folder = path.dirname(pattern);
  const name = new RegExp(`^${path.basename(pattern).replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
  return readdirSync(path.join(directory, folder)).filter((file) => name.test(file)).sort().map((file) => path.join(folder, file));
}

/** Leaves out what only documents. */
function strip(spec) {
  return {
    ...spec,
    versions: spec.versions.map(({ schema, additionalPrinterColumns, ...version }) => ({
      ...version,
      ...(additionalPrinterColumns && { additionalPrinterColumns: additionalPrinterColumns.map(withoutDescription) }),
      ...(schema && { schema: { openAPIV3Schema: stripSchema(schema.openAPIV3Schema) } }),
    })),
  };
}

function withoutDescription(column) {
  return Object.fromEntries(Object.entries(column).filter(([key]) => key !== 'description'));
}

function stripSchema(schema) {
  if (schema === null || typeof schema !== 'object') return schema;
  const result = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'description' || key === 'example' || key === 'externalDocs') continue;
    if (key === 'properties' || key === 'patternProperties' || key === 'definitions') {
      result[key] = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, stripSchema(part)]));
    } else if (key === 'items' || key === 'additionalProperties' || key === 'not') {
      result[key] = stripSchema(value);
    } else if (key === 'allOf' || key === 'anyOf' || key === 'oneOf') {
      result[key] = value.map(stripSchema);
    } else {
      result[key] = value;
    }
  }
  return result;
}

/** Factors out parts that occur more than once. */
function share(crds) {
  const count = new Map();
  const keys = new WeakMap();
  const keyOf = (node) => {
    if (!keys.has(node)) keys.set(node, JSON.stringify(node));
    return keys.get(node);
  };
  const walk = (node) => {
    if (node === null || typeof node !== 'object') return;
    const key = keyOf(node);
    if (key.length >= WORTH_SHARING) {
      count.set(key, (count.get(key) ?? 0) + 1);
      // The inside of a repeated part is counted once, with the part.
      if (count.get(key) > 1) return;
    }
    for (const part of Object.values(node)) walk(part);
  };
  walk(crds);
  const definitions = {};
  const names = new Map();
  const compact = (node, name) => {
    if (node === null || typeof node !== 'object') return node;
    const inside = () => (Array.isArray(node) ? node.map((part) => compact(part, name)) : Object.fromEntries(Object.entries(node).map(([key, part]) => [key, compact(part, /^(properties|items|additionalProperties)$/.test(key) ? name : key)])));
    const key = keyOf(node);
    if (key.length < WORTH_SHARING || count.get(key) === 1 || count.get(key) === undefined) return inside();
    if (!names.has(key)) {
      const unique = `${name}-${createHash('sha256').update(key).digest('hex').slice(0, 8)}`;
      names.set(key, unique);
      definitions[unique] = inside();
    }
    return { $ref: names.get(key) };
  };
  const result = crds.map((crd) => ({ name: crd.name, spec: compact(crd.spec, 'spec') }));
  return { definitions, crds: result };
}

/** One definition and one CRD a line, so that a version bump shows what changed. */
function format(header, { definitions, crds }) {
  const head = Object.entries(header).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`);
  const parts = Object.keys(definitions).sort().map((name) => `    ${JSON.stringify(name)}: ${JSON.stringify(definitions[name])}`);
  const lines = crds.map((crd) => `    ${JSON.stringify(crd)}`);
  return `{\n${head.join('\n')}\n  "definitions": {\n${parts.join(',\n')}\n  },\n  "crds": [\n${lines.join(',\n')}\n  ]\n}\n`;
}
