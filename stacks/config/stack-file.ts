import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { CONFIG_NAMESPACE, ConfigError } from './parse';

/**
 * Configuration values in `Pulumi.<stack>.yaml`, without their prefix; empty if there is no such file.
 *
 * @throws ConfigError if the file is no stack configuration, or holds keys of another namespace
 */
export function readStackFile(directory: string, stack: string): Record<string, unknown> {
  const file = path.join(directory, `Pulumi.${stack}.yaml`);
  if (!existsSync(file)) return {};
  const content = parseFile(file, stack);
  const values: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(content)) {
    const [namespace, name] = key.split(':');
    if (namespace !== CONFIG_NAMESPACE || !name) {
      // Settings of Pulumi itself and of other packages are none of ours.
      if (namespace === 'pulumi' || namespace === 'kubernetes') continue;
      throw new ConfigError(stack, [`${key} is not known in ${file}; keys are written ${CONFIG_NAMESPACE}:<key>`]);
    }
    values[name] = value;
  }
  return values;
}

function parseFile(file: string, stack: string): Record<string, unknown> {
  let content: unknown;
  try {
    content = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError(stack, [`${file} is not YAML: ${error instanceof Error ? error.message : String(error)}`]);
  }
  if (content === null) return {};
  const config: unknown = typeof content === 'object' && 'config' in content ? content.config : {};
  if (config === null) return {};
  if (typeof config !== 'object' || Array.isArray(config)) throw new ConfigError(stack, [`${file}: config is not a mapping`]);
  return config as Record<string, unknown>;
}
