import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { modelFileNames } from './packages';

/** Runs with other environment variables. */
function withEnvironment<T>(changed: Readonly<Record<string, string>>, run: () => T): T {
  const before = { ...process.env };
  Object.assign(process.env, changed);
  try {
    return run();
  } finally {
    process.env = before;
  }
}

describe('wheels that models are read from', () => {
  let cache = '';
  beforeEach(() => {
    cache = mkdtempSync(path.join(tmpdir(), 'models-'));
  });
  afterEach(() => rmSync(cache, { recursive: true, force: true }));

  it('are those that are pinned, and no others', () => {
    expect(() => modelFileNames('boto3')).toThrow('boto3 is not in test/models/wheels/wheels.txt');
    expect(() => modelFileNames('botocore==1.0.0')).toThrow('botocore==1.0.0 is not in test/models/wheels/wheels.txt');
  });

  it('are checked each time, and thrown away if they are not what they were', () => {
    const file = path.join(cache, 'api-models', 'azure-mgmt-keyvault==14.1.0.whl');
    mkdirSync(path.dirname(file));
    writeFileSync(file, 'something else');
    expect(() => withEnvironment({ KUBEFLOW_CDK_CACHE: cache }, () => modelFileNames('azure-mgmt-keyvault==14.1.0'))).toThrow(/had SHA-256 [0-9a-f]{64}, not d4e2e459/);
    expect(existsSync(file)).toBe(false);
  });

  it('say what is needed where there is no Python', () => {
    expect(() => withEnvironment({ KUBEFLOW_CDK_CACHE: cache, PATH: cache }, () => modelFileNames('azure-mgmt-keyvault==14.1.0'))).toThrow(
      /To download azure-mgmt-keyvault==14\.1\.0 from the package index that pip is set up for, 'python3' \(3\.9 or later\) must be in the path/,
    );
  });

  it('say what is needed where the package index cannot be reached, and leave nothing half done', () => {
    // An index that is an empty folder: whatever pip is set up for is out of reach.
    const nowhere = { PIP_NO_INDEX: '1', PIP_FIND_LINKS: cache, PIP_CONFIG_FILE: '/dev/null' };
    expect(() => withEnvironment({ KUBEFLOW_CDK_CACHE: cache, ...nowhere }, () => modelFileNames('azure-mgmt-keyvault==14.1.0'))).toThrow(/python3 with pip must be able to; it said: .*No matching distribution/s);
    expect(readdirSync(path.join(cache, 'api-models'))).toEqual([]);
  });
});
