import path from 'node:path';
import type { CheckOptions } from '../check';
import { PackConfigError } from './pack-config';

/** Names the file with the team's configuration: the one that `check --config` reads. */
export const CONFIG_VARIABLE = 'KUBEFLOW_CDK_POLICY_CONFIG';

/**
 * What the team has configured for packs and command line alike; `undefined` if nothing.
 *
 * @throws PackConfigError, PolicyConfigError, WaiverFileError if it cannot be used
 */
export async function teamConfig(environment: Readonly<Record<string, string | undefined>>): Promise<CheckOptions | undefined> {
  const file = environment[CONFIG_VARIABLE];
  if (file === undefined || file === '') return undefined;
  // A pack runs in its own folder, not in the program's.
  if (!path.isAbsolute(file)) throw new PackConfigError(`${CONFIG_VARIABLE} is '${file}'; expected an absolute path`);
  // Loaded only if there is something to validate: a pack is to start at once.
  const { readPolicyConfig } = await import('../config/read-config.js');
  return readPolicyConfig(file);
}
