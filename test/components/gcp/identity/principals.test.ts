import * as gcp from '@pulumi/gcp';
import type * as pulumi from '@pulumi/pulumi';
import { WorkloadPrincipals } from '../../../../components/gcp';
import { gcpServiceAccount, splitTokens } from '../../../../constructs/core';
import { record } from '../../record';
import { PLACE, stand } from '../stand';

const GRANTS_ANNOTATION = 'kubeflow-cdk.dev/iam-grants';
const MEMBER = 'principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/my-project.svc.id.goog/subject/ns/kubeflow/sa/pipelines';
const READER = { namespace: 'kubeflow', name: 'pipelines' };

/** As the double has it. */
const grantId = (bucket: string) => `b/${bucket}/roles/storage.objectViewer/${MEMBER}`;

function program() {
  const { cluster, options } = stand();
  const principals = new WorkloadPrincipals({ cluster, projectNumber: PLACE.projectNumber });
  const member = principals.member(READER);
  const grant = new gcp.storage.BucketIAMMember('read', { bucket: 'models', role: 'roles/storage.objectViewer', member }, options);
  return { principals, member, identity: principals.identity(READER, [grant]) };
}

describe('WorkloadPrincipals', () => {
  it('names exactly one ServiceAccount', async () => {
    const made = await record(program);
    expect(made.one('gcp:storage/bucketIAMMember:BucketIAMMember').inputs.member).toBe(MEMBER);
  });

  it('has the ServiceAccount wait for what it is granted', async () => {
    const made = await record(program);
    const [token] = splitTokens(made.result.identity.serviceAccountAnnotations[GRANTS_ANNOTATION] ?? '');
    if (typeof token !== 'object') throw new Error('no token');
    expect(await made.valueOf(token.value as pulumi.Output<string>)).toBe(grantId('models'));
  });

  it('opens the way to the metadata server, as for a service account of Google', async () => {
    const made = await record(program);
    expect(made.result.identity.egress).toEqual(gcpServiceAccount('a@b.iam.gserviceaccount.com').egress);
  });

  it('has it wait for all that it is granted, when it is granted more', async () => {
    const made = await record(() => {
      const { principals, member } = program();
      const [read, write] = ['read', 'write'].map((id) => new gcp.storage.BucketIAMMember(`${id}-data`, { bucket: id, role: 'roles/storage.objectViewer', member }));
      if (!read || !write) throw new Error('no grants');
      const other = { namespace: 'kubeflow', name: 'other' };
      return { last: [[read], [write], [read]].map((grants) => principals.identity(READER, grants)).at(-1), other: principals.identity(other, [write]) };
    });
    const idsOf = async (annotations: Readonly<Record<string, string>> = {}) => {
      const [token] = splitTokens(annotations[GRANTS_ANNOTATION] ?? '');
      if (typeof token !== 'object') throw new Error('no token');
      return made.valueOf(token.value as pulumi.Output<string>);
    };
    expect(await idsOf(made.result.last?.serviceAccountAnnotations)).toBe([grantId('models'), grantId('read'), grantId('write')].join(','));
    expect(await idsOf(made.result.other.serviceAccountAnnotations)).toBe(grantId('write'));
  });

  it('asks for nothing where nothing is granted', async () => {
    const made = await record(program);
    expect(made.result.principals.identity({ namespace: 'kubeflow', name: 'nobody' }, []).serviceAccountAnnotations).toEqual({});
  });
});
