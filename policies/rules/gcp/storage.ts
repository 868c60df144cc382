import type { CloudResource, Fields } from '../../engine/object';
import type { ResourcePolicy } from '../../engine/policy';
import { inputPolicy } from '../cloud/input-policy';
import { elements, isOn, setting } from '../cloud/inputs';
import { google } from './controls';
import { everyone, iamTypes, isPublic } from './grants';
import { noPublicGrant } from './public-access';

const BUCKET = 'gcp:storage/bucket:Bucket';
const PUBLIC = google('5.1');

function bucket(properties: Fields): CloudResource {
  return { type: BUCKET, name: 'models', properties: { location: 'EU', ...properties } };
}

function member(name: string): CloudResource {
  return {
    type: 'gcp:storage/bucketIAMMember:BucketIAMMember',
    name: 'readers',
    properties: { bucket: 'models', role: 'roles/storage.objectViewer', member: name },
  };
}

const RATIONALE =
  'A public bucket is found by people who look for nothing else, and what was copied from it stays copied. Models, training ' +
  'data and pipeline artefacts are rarely meant for everyone.';
const REMEDIATION = 'Remove allUsers and allAuthenticatedUsers; give the role to the accounts that need it, or hand out signed URLs.';

/** CIS Google Cloud 5.1, by roles. */
export const publicBucket = noPublicGrant({
  id: 'gcp-public-bucket',
  title: 'Storage buckets are not public',
  severity: 'critical',
  enforcement: 'mandatory',
  controls: PUBLIC,
  rationale: RATIONALE,
  remediation: REMEDIATION,
  examples: { fails: member('allUsers'), passes: member('group:data-scientists@example.com') },
  resourceTypes: [...iamTypes('storage', 'BucketIAM'), ...iamTypes('storage', 'ManagedFolderIam')],
  what: 'a storage bucket',
});

const CANNED = new Set<unknown>(['publicRead', 'publicReadWrite', 'authenticatedRead', 'public-read', 'public-read-write', 'authenticated-read']);

/** CIS Google Cloud 5.1, by access control lists. */
export const publicBucketAcl: ResourcePolicy = {
  id: 'gcp-public-bucket-acl',
  title: 'Access control lists of storage buckets are not public',
  severity: 'critical',
  enforcement: 'mandatory',
  controls: PUBLIC,
  rationale: RATIONALE,
  remediation: `${REMEDIATION} With uniform bucket-level access there are no lists to get wrong.`,
  examples: {
    fails: { type: 'gcp:storage/bucketACL:BucketACL', name: 'models', properties: { bucket: 'models', roleEntities: ['READER:allUsers'] } },
    passes: { type: 'gcp:storage/bucketACL:BucketACL', name: 'models', properties: { bucket: 'models', predefinedAcl: 'projectPrivate' } },
  },
  resourceTypes: [
    'gcp:storage/bucketACL:BucketACL',
    'gcp:storage/bucketAccessControl:BucketAccessControl',
    'gcp:storage/defaultObjectACL:DefaultObjectACL',
    'gcp:storage/defaultObjectAccessControl:DefaultObjectAccessControl',
    'gcp:storage/objectACL:ObjectACL',
    'gcp:storage/objectAccessControl:ObjectAccessControl',
  ],
  check(resource, report) {
    const entries = [setting(resource, 'entity'), ...elements(resource, 'roleEntities')];
    for (const { path, value } of entries) {
      // `READER:allUsers` in a list, `allUsers` alone in an entry.
      const entity = String(value).split(':').pop() ?? '';
      if (isPublic(entity)) report.finding({ path, found: value, message: `'${resource.name}' lets ${everyone(entity)} into a storage bucket` });
    }
    for (const { path, value } of [setting(resource, 'predefinedAcl'), setting(resource, 'defaultAcl')]) {
      if (CANNED.has(value)) report.finding({ path, found: value, message: `'${resource.name}' makes a storage bucket public` });
    }
  },
};

/** CIS Google Cloud 5.2. */
export const uniformAccess = inputPolicy({
  id: 'gcp-uniform-bucket-access',
  title: 'Storage buckets have uniform bucket-level access',
  severity: 'medium',
  controls: google('5.2'),
  rationale:
    'Without uniform access each object has an access control list of its own beside the roles on the bucket, so that nobody ' +
    'can say who reads the bucket without looking at every object.',
  remediation: 'Set uniformBucketLevelAccess to true.',
  examples: { fails: bucket({}), passes: bucket({ uniformBucketLevelAccess: true }) },
  resourceTypes: [BUCKET],
  noun: 'bucket',
  path: ['uniformBucketLevelAccess'],
  meets: isOn,
  problem: 'has access control lists on single objects',
  fix: true,
});

/** Not in the benchmark, but what keeps its 5.1 from being undone. */
export const publicAccessPrevention = inputPolicy({
  id: 'gcp-public-access-prevention',
  title: 'Storage buckets refuse to be made public',
  severity: 'low',
  enforcement: 'advisory',
  controls: ['hardening:google-public-access-prevention'],
  rationale: 'With public access prevention a role for allUsers is refused, whoever gives it, now or later.',
  remediation: 'Set publicAccessPrevention to enforced, or enforce it for the organisation.',
  examples: { fails: bucket({ publicAccessPrevention: 'inherited' }), passes: bucket({ publicAccessPrevention: 'enforced' }) },
  resourceTypes: [BUCKET],
  noun: 'bucket',
  path: ['publicAccessPrevention'],
  meets: (value) => value === 'enforced',
  problem: 'can be made public',
  fix: 'enforced',
});
