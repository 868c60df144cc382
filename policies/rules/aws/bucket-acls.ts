import { type FieldPath, read } from '../../engine/field-path';
import type { CloudResource } from '../../engine/object';
import type { ResourcePolicy } from '../../engine/policy';
import { example } from '../cloud/example';
import { input, listed } from '../cloud/inputs';
import { ACLS, BUCKETS, isBlocked, isOfTrail, PUBLIC_ACCESS_BLOCK } from './buckets';
import { BUCKET_PUBLIC_ACCESS, TRAIL_BUCKET_PUBLIC } from './controls';

const PUBLIC_ACLS = new Set<unknown>(['public-read', 'public-read-write', 'authenticated-read']);
/** Anyone, and anyone with an account at AWS, which is anyone. */
const PUBLIC_GROUP = /^https?:\/\/acs\.amazonaws\.com\/groups\/global\/(?:AllUsers|AuthenticatedUsers)$/;

/** A public ACL is what the public access block is there to prevent. */
export const bucketAcls: ResourcePolicy = {
  id: 'aws-s3-public-acl',
  title: 'S3 buckets are not public by their ACL',
  severity: 'critical',
  enforcement: 'mandatory',
  controls: [...BUCKET_PUBLIC_ACCESS, ...TRAIL_BUCKET_PUBLIC],
  rationale: 'An ACL for all users lets anyone on the internet list a bucket, and read or even write it. "Authenticated users" are no better: anyone can open an account at AWS.',
  remediation: "Use the ACL 'private', or none, and give access by bucket policy.",
  reach: 'stack',
  examples: {
    fails: example('aws:s3/bucketAcl:BucketAcl', { bucket: 'models', acl: 'public-read' }),
    passes: [
      example('aws:s3/bucketAcl:BucketAcl', { bucket: 'models', acl: 'private' }),
      example('aws:s3/bucketAcl:BucketAcl', { bucket: 'logs', acl: 'public-read' }, 'logs'),
      example(PUBLIC_ACCESS_BLOCK, { bucket: 'logs', ignorePublicAcls: true }, 'logs'),
    ],
  },
  resourceTypes: [...BUCKETS, ...ACLS],
  check(resource, report, context) {
    const [path, value] = publicGrant(resource) ?? [];
    if (path === undefined) return;
    const blocked = isBlocked(resource, ['ignorePublicAcls', 'blockPublicAcls'], context);
    if (blocked === true) return;
    if (blocked === undefined) return report.undecided({ path, reason: 'a public access block may overrule it' });
    const controls = isOfTrail(resource, context) ? [...BUCKET_PUBLIC_ACCESS, ...TRAIL_BUCKET_PUBLIC] : BUCKET_PUBLIC_ACCESS;
    report.finding({ path, found: value, message: `the ACL of '${resource.name}' lets anyone in`, controls, ...(path.length === 1 ? { fix: 'private' } : {}) });
  },
};

/** What makes an ACL public, and where it stands. */
function publicGrant(resource: CloudResource): readonly [FieldPath, unknown] | undefined {
  const acl = input(resource, 'acl');
  if (PUBLIC_ACLS.has(acl)) return [['acl'], acl];
  const [grants, grantee]: readonly [FieldPath, FieldPath] = BUCKETS.includes(resource.type) ? [['grants'], ['uri']] : [['accessControlPolicy', 'grants'], ['grantee', 'uri']];
  for (const [index, grant] of listed(input(resource, ...grants)).entries()) {
    const uri = read(grant, ...grantee);
    if (typeof uri === 'string' && PUBLIC_GROUP.test(uri)) return [[...grants, index, ...grantee], uri];
  }
  return undefined;
}
