import { read } from '../../engine/field-path';
import type { Inventory } from '../../engine/inventory';
import type { CloudResource } from '../../engine/object';
import type { Report, ResourcePolicy } from '../../engine/policy';
import { readOr } from '../../engine/unknown-value';
import { allowsAnyone, statementsOf } from '../aws/policy-document';
import { cis } from '../cis';
import { example } from '../cloud/example';
import { input, isOn, listed } from '../cloud/inputs';

const REPOSITORY = 'aws:ecr/repository:Repository';
const REPOSITORY_POLICY = 'aws:ecr/repositoryPolicy:RepositoryPolicy';
const REGISTRY_POLICY = 'aws:ecr/registryPolicy:RegistryPolicy';
const SCANNING = 'aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration';

/** Filters of the registry's own scanning; `undefined` if they are not known yet. */
function scanFilters(inventory: Inventory): readonly RegExp[] | undefined {
  return readOr<readonly RegExp[] | undefined>(undefined, () =>
    inventory.ofType(SCANNING).flatMap((each) =>
      listed(input(each, 'rules')).flatMap((rule) =>
        // A manual scan is no scan until someone asks for it.
        read(rule, 'scanFrequency') === 'MANUAL' ? [] : listed(read(rule, 'repositoryFilters')).flatMap((filter) => wildcard(read(filter, 'filter'))),
      ),
    ),
  );
}

function wildcard(filter: unknown): readonly RegExp[] {
  if (typeof filter !== 'string') return [];
  const parts = filter.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  // Without a wildcard, a filter matches wherever it occurs.
  return [new RegExp(filter.includes('*') ? `^${parts.join('.*')}$` : parts.join(''))];
}

const imageScanning: ResourcePolicy = {
  id: 'eks-ecr-image-scanning',
  title: 'ECR scans images for known vulnerabilities',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: cis({ eks: '5.1.1' }),
  rationale: 'Most images carry packages with known vulnerabilities. ECR finds them when an image is pushed, before a cluster runs it.',
  remediation: 'Set imageScanningConfiguration.scanOnPush to true, or declare aws.ecr.RegistryScanningConfiguration for the whole registry.',
  reach: 'stack',
  examples: {
    fails: example(REPOSITORY, { name: 'models' }),
    passes: example(REPOSITORY, { name: 'models', imageScanningConfiguration: { scanOnPush: true } }),
  },
  resourceTypes: [REPOSITORY, SCANNING],
  check(repository, report, context) {
    if (repository.type === SCANNING) {
      // With repositories in the stack, it is they that are judged.
      if (context.inventory.ofType(REPOSITORY).length === 0) checkRegistry(repository, report);
      return;
    }
    const path = ['imageScanningConfiguration', 'scanOnPush'];
    const value = input(repository, ...path);
    if (isOn(value)) return;
    const filters = context.derive(scanFilters);
    const name = readOr<unknown>(undefined, () => input(repository, 'name')) ?? repository.name;
    if (filters?.some((filter) => filter.test(String(name)))) return;
    if (!filters) report.undecided({ path, reason: 'depends on the scanning of the whole registry' });
    else report.finding({ path, found: value, message: `nobody scans the images of repository '${repository.name}'`, fix: true });
  },
};

/** Basic scanning of a registry without a rule for it scans nothing. */
function checkRegistry(scanning: CloudResource, report: Report): void {
  const rules = input(scanning, 'rules');
  if (listed(rules).length > 0 || input(scanning, 'scanType') !== 'BASIC') return;
  report.finding({ path: ['rules'], found: rules, message: `registry scanning '${scanning.name}' has no rule, and scans nothing` });
}

function pullBy(Principal: unknown): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'] }] });
}

const publicRegistry: ResourcePolicy = {
  id: 'eks-ecr-public-access',
  title: 'ECR repositories do not let everyone in',
  severity: 'critical',
  enforcement: 'mandatory',
  controls: cis({ eks: '5.1.2' }),
  rationale: 'Who may push to a repository decides what the cluster runs; who may pull sees what is in the images. A policy for everyone lets any AWS account do so.',
  remediation: 'Name the accounts or roles that pull or push, or add a condition on aws:PrincipalOrgID.',
  examples: {
    fails: example(REPOSITORY_POLICY, { repository: 'models', policy: pullBy('*') }),
    passes: example(REPOSITORY_POLICY, { repository: 'models', policy: pullBy({ AWS: 'arn:aws:iam::123456789012:role/nodes' }) }),
  },
  resourceTypes: [REPOSITORY_POLICY, REGISTRY_POLICY],
  check(resource, report) {
    for (const statement of statementsOf(input(resource, 'policy'), ['policy']) ?? []) {
      if (allowsAnyone(statement)) report.finding({ path: statement.path, found: statement.fields, message: `the policy '${resource.name}' lets everyone into the registry` });
    }
  },
};

/** What the benchmark says of ECR. */
export const REGISTRY: readonly ResourcePolicy[] = [imageScanning, publicRegistry];
