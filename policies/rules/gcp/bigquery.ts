import type { FieldPath } from '../../engine/field-path';
import type { CloudResource, Fields } from '../../engine/object';
import type { ResourcePolicy } from '../../engine/policy';
import { inputPolicy } from '../cloud/input-policy';
import { elements, input, isNamed, nameOf, setting } from '../cloud/inputs';
import { references } from '../cloud/references';
import { google } from './controls';
import { everyone, iamTypes, isPublic } from './grants';
import { noPublicGrant } from './public-access';

const DATASET = 'gcp:bigquery/dataset:Dataset';
const ACCESS = 'gcp:bigquery/datasetAccess:DatasetAccess';
const TABLE = 'gcp:bigquery/table:Table';
const KEY = 'projects/my-project/locations/eu/keyRings/main/cryptoKeys/bigquery';
const PUBLIC = google('7.1');
const RATIONALE = 'A public dataset is queried by anyone with a Google account, at the price of the query.';
const REMEDIATION = 'Remove allUsers and allAuthenticatedUsers; give roles to the groups that need the data.';

function dataset(properties: Fields): CloudResource {
  return { type: DATASET, name: 'metrics', properties: { datasetId: 'metrics', ...properties } };
}

/** CIS Google Cloud 7.1, by roles. */
export const publicDataset = noPublicGrant({
  id: 'gcp-public-dataset',
  title: 'BigQuery datasets and tables are not public',
  severity: 'critical',
  enforcement: 'mandatory',
  controls: PUBLIC,
  rationale: RATIONALE,
  remediation: REMEDIATION,
  examples: {
    fails: { type: 'gcp:bigquery/datasetIamMember:DatasetIamMember', name: 'readers', properties: { datasetId: 'metrics', role: 'roles/bigquery.dataViewer', member: 'allUsers' } },
    passes: { type: 'gcp:bigquery/datasetIamMember:DatasetIamMember', name: 'readers', properties: { datasetId: 'metrics', role: 'roles/bigquery.dataViewer', member: 'group:data@example.com' } },
  },
  resourceTypes: [...iamTypes('bigquery', 'DatasetIam'), ...iamTypes('bigquery', 'Iam')],
  what: 'BigQuery data',
});

/** CIS Google Cloud 7.1, by the access list of the dataset. */
export const publicDatasetAccess: ResourcePolicy = {
  id: 'gcp-public-dataset-access',
  title: 'Access lists of BigQuery datasets are not public',
  severity: 'critical',
  enforcement: 'mandatory',
  controls: PUBLIC,
  rationale: RATIONALE,
  remediation: REMEDIATION,
  examples: {
    fails: dataset({ accesses: [{ role: 'READER', specialGroup: 'allAuthenticatedUsers' }] }),
    passes: dataset({ accesses: [{ role: 'READER', groupByEmail: 'data@example.com' }] }),
  },
  resourceTypes: [DATASET, ACCESS],
  check(resource, report) {
    const entries = resource.type === ACCESS ? [[]] : elements(resource, 'accesses').map(({ path }) => path);
    for (const entry of entries) {
      if (isForNobody(resource, entry)) {
        report.finding({ path: entry, found: input(resource, ...entry), message: `dataset '${resource.name}' gives a role without saying to whom` });
      }
      for (const field of ['specialGroup', 'iamMember']) {
        const { path, value } = setting(resource, ...entry, field);
        if (isPublic(value)) report.finding({ path, found: value, message: `dataset '${resource.name}' lets ${everyone(String(value))} in` });
      }
    }
  },
};

const WHO = ['userByEmail', 'groupByEmail', 'domain', 'specialGroup', 'iamMember', 'view', 'routine', 'dataset'];

/** Whether an entry names nobody: that is how Google shows a role for all users that was given by hand. */
function isForNobody(resource: CloudResource, entry: FieldPath): boolean {
  return input(resource, ...entry, 'role') !== undefined && WHO.every((field) => input(resource, ...entry, field) === undefined);
}

const DATASET_KEY = ['defaultEncryptionConfiguration', 'kmsKeyName'];

/** CIS Google Cloud 7.3. */
export const datasetEncryption = inputPolicy({
  id: 'gcp-dataset-encryption',
  title: 'BigQuery datasets encrypt tables with a key in Cloud KMS',
  severity: 'low',
  controls: google('7.3'),
  rationale: 'Google encrypts tables with keys of its own. A key in Cloud KMS can be rotated, audited and taken away by you.',
  remediation: 'Set defaultEncryptionConfiguration.kmsKeyName.',
  examples: { fails: dataset({}), passes: dataset({ defaultEncryptionConfiguration: { kmsKeyName: KEY } }) },
  resourceTypes: [DATASET],
  noun: 'dataset',
  path: DATASET_KEY,
  meets: isNamed,
  problem: 'has no default key in Cloud KMS',
});

const tablesOfDatasets = references({
  from: [TABLE],
  inputs: [['datasetId']],
  to: [DATASET],
  namesOf: (each) => [nameOf(each, 'datasetId')],
  mayBeCalledOtherwise: (each) => nameOf(each, 'datasetId') === undefined,
});

/** What has no data of its own. */
const ELSEWHERE = ['view', 'externalDataConfiguration', 'biglakeConfiguration'];

function table(properties: Fields): CloudResource {
  return { type: TABLE, name: 'runs', properties: { datasetId: 'metrics', tableId: 'runs', ...properties } };
}

/** CIS Google Cloud 7.2. */
export const tableEncryption: ResourcePolicy = {
  id: 'gcp-table-encryption',
  title: 'BigQuery tables are encrypted with a key in Cloud KMS',
  severity: 'low',
  enforcement: 'mandatory',
  controls: google('7.2'),
  rationale: 'Google encrypts tables with keys of its own. A key in Cloud KMS can be rotated, audited and taken away by you.',
  remediation: 'Set encryptionConfiguration.kmsKeyName, or the default key of the dataset.',
  reach: 'stack',
  examples: { fails: table({}), passes: table({ encryptionConfiguration: { kmsKeyName: KEY } }) },
  resourceTypes: [TABLE],
  check(resource, report, context) {
    if (ELSEWHERE.some((field) => input(resource, field) !== undefined)) return;
    const { path, value } = setting(resource, 'encryptionConfiguration', 'kmsKeyName');
    if (isNamed(value)) return;
    const datasets = context.derive(tablesOfDatasets);
    const [owner] = datasets.targets(resource);
    // A table is made with the default key of its dataset.
    if (owner && isNamed(input(owner, ...DATASET_KEY))) return;
    if (!owner && datasets.isOpen(resource)) report.undecided({ path, reason: 'it is not known in which dataset the table is, and which key that has' });
    else report.finding({ path, found: value, message: `table '${resource.name}' is not encrypted with a key in Cloud KMS` });
  },
};
