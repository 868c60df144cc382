// What clouds would answer: outputs that the providers compute, by resource type, and answers of lookups, by token. Mocks and the
// provider doubles of the engine's tests share them. Each file of this folder brings `resources` and `functions`, and may say in
// `immutable` which inputs of a type cannot be changed in place.
const { readdirSync } = require('node:fs');
const path = require('node:path');

const resources = {};
const functions = {};
const immutable = {};
for (const file of readdirSync(__dirname).sort()) {
  if (!file.endsWith('.js') || file === 'index.js') continue;
  const facts = require(path.join(__dirname, file));
  Object.assign(resources, facts.resources);
  Object.assign(functions, facts.functions);
  Object.assign(immutable, facts.immutable);
}

/** Id and outputs of a new resource: what it was given, and what its provider adds, which is also told apart. */
function invent({ type, name, inputs }) {
  const { id, ...computed } = resources[type]?.({ name, inputs }) ?? {};
  return { id: id ?? `${name}-id`, computed, state: { name: inputs.name ?? `${name}-7654321`, ...inputs, ...computed } };
}

/** The answer of a lookup; one that no file knows is an error, as it would be with a provider. */
function answer({ token, inputs }) {
  const known = functions[token];
  if (!known) throw new Error(`no double answers ${token}`);
  return known(inputs);
}

module.exports = { invent, answer, immutable };
