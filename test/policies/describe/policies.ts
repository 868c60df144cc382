import type { ObjectPolicy, ResourcePolicy } from '../../../policies';

const pod = (securityContext: object) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'example', namespace: 'team-a' }, spec: { containers: [{ name: 'main', securityContext }] } });

/** A policy over objects, whose second example is two of them. */
export const OBJECT_POLICY: ObjectPolicy = {
  id: 'no-roots',
  title: 'Containers *do not* run as root',
  severity: 'high',
  enforcement: 'mandatory',
  controls: ['cis-kubernetes-2.0.1:5.2.9', 'cis-kubernetes-1.12:5.2.9', 'cis-kubernetes-1.11:5.2.9', 'cis-kubernetes-1.11:5.2.10', 'cis-eks-1.8:4.2.1', 'pss:restricted'],
  rationale: `Root in a container is root on the node, if anything goes wrong. Roles with * in <rules> matter | too. ${'Many words follow here. '.repeat(8)}`.trim(),
  remediation: 'Set runAsNonRoot to true.',
  examples: {
    fails: pod({ runAsUser: 0 }),
    passes: [pod({ runAsNonRoot: true }), { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'sa' } }],
  },
  appliesTo: () => true,
  check: () => undefined,
};

const BUCKET = 'urn:pulumi:dev::app::aws:s3/bucketV2:BucketV2::logs';
const TYPE = 'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock';

/** A policy over cloud resources that refer to each other. */
export const RESOURCE_POLICY: ResourcePolicy = {
  id: 'buckets-not-public',
  title: 'Buckets are not public',
  severity: 'critical',
  enforcement: 'advisory',
  controls: ['cis-aws-6.0.0:2.1.4', 'cis-aws-5.0.0:2.1.4'],
  rationale: 'A public bucket is read by anyone.',
  remediation: 'Block public access.',
  reach: 'stack',
  examples: {
    fails: { type: 'aws:s3/bucketV2:BucketV2', name: 'logs', properties: { bucket: 'logs' }, urn: BUCKET },
    passes: [
      { type: 'aws:s3/bucketV2:BucketV2', name: 'logs', properties: { bucket: 'logs' }, urn: BUCKET },
      { type: TYPE, name: 'block', properties: { blockPublicAcls: true }, dependencies: { bucket: [BUCKET], blockPublicAcls: [BUCKET] } },
    ],
  },
  resourceTypes: ['aws:s3/bucketV2:BucketV2', TYPE],
  check: () => undefined,
};
