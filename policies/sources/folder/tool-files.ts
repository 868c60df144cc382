import { existsSync } from 'node:fs';
import path from 'node:path';
import { isFields } from '../../engine/object';
import { parseDocument } from '../parse';
import { readText } from './file-text';

const CHART = 'Chart.yaml';
const KUSTOMIZATION = /^(?:kustomization\.ya?ml|Kustomization)$/;
const VALUES = /^values.*\.(?:ya?ml|json)$/i;
/** A larger one is none. */
const LARGEST_KUSTOMIZATION = 1024 * 1024;

/** Why a file is no manifest, if it is one that Helm or kustomize makes manifests of. */
export function toolFile(file: string): string | undefined {
  const name = path.basename(file);
  if (KUSTOMIZATION.test(name)) return `instructions for kustomize: check what \`kustomize build\` prints`;
  if (name === CHART) return 'describes a Helm chart: check what `helm template` prints';
  if (VALUES.test(name) && isChart(path.dirname(file))) return 'values of a Helm chart: check what `helm template` prints';
  return undefined;
}

/** Whether a file is a template of a Helm chart. */
export function isChartTemplate(file: string): boolean {
  for (let folder = path.dirname(file); path.dirname(folder) !== folder; folder = path.dirname(folder)) {
    if (path.basename(folder) === 'templates' && isChart(path.dirname(folder))) return true;
  }
  return false;
}

function isChart(folder: string): boolean {
  return existsSync(path.join(folder, CHART));
}

/** The files that some kustomizations name as patches: they hold parts of objects. */
export function patchesOf(files: readonly string[]): ReadonlySet<string> {
  const patches = new Set<string>();
  for (const file of files) {
    if (!KUSTOMIZATION.test(path.basename(file))) continue;
    for (const patch of patchesIn(file)) patches.add(path.resolve(path.dirname(file), patch));
  }
  return patches;
}

function patchesIn(file: string): string[] {
  const content = readText(file, LARGEST_KUSTOMIZATION);
  const parsed = 'text' in content ? parseDocument(content.text) : content;
  if (!('value' in parsed) || !isFields(parsed.value)) return [];
  const { patches, patchesStrategicMerge, patchesJson6902 } = parsed.value;
  return [patches, patchesStrategicMerge, patchesJson6902].flatMap((list) => (Array.isArray(list) ? list : [])).flatMap((entry: unknown) => {
    const named = isFields(entry) ? entry.path : entry;
    return typeof named === 'string' && !named.includes('\n') ? [named] : [];
  });
}
