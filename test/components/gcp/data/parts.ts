import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { WorkloadPrincipals } from '../../../../components/gcp/identity';
import { record } from '../../record';

export { chart, objectsOf, textOf } from '../../rendered';

export const PLACE = { project: 'my-project', projectNumber: '123456789012', region: 'europe-west4' };
export const KEY = 'projects/my-project/locations/europe-west4/keyRings/keys/cryptoKeys/data';
export const TRAINER = { namespace: 'team-a', name: 'trainer' };
export const NOTEBOOK = { namespace: 'team-b', name: 'notebook' };
export const DELETE = { retention: 'delete' as const };

export function provider(): gcp.Provider {
  return new gcp.Provider('google', { project: PLACE.project, region: PLACE.region });
}

/** Principals of a cluster. */
export function principals(): WorkloadPrincipals {
  const secret = pulumi.secret('');
  return new WorkloadPrincipals({
    projectNumber: PLACE.projectNumber,
    cluster: { project: PLACE.project, location: PLACE.region, clusterName: pulumi.output('kubeflow'), workloadPool: pulumi.output('my-project.svc.id.goog'), kubeconfig: secret, context: 'gke' },
  });
}

/** How IAM knows a ServiceAccount of it. */
export function memberOf({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/my-project.svc.id.goog/subject/ns/${namespace}/sa/${name}`;
}

/** A network, and what must be there before anything has an address in it. */
export function network() {
  return {
    networkId: pulumi.output('projects/my-project/global/networks/kubeflow'),
    serviceConnection: new gcp.servicenetworking.Connection('connection', { network: 'kubeflow', service: 'servicenetworking.googleapis.com', reservedPeeringRanges: ['managed'] }),
  };
}

/** Why a program was refused, and what it had registered by then. */
export async function refusal(program: () => unknown): Promise<{ readonly message: string; readonly registered: readonly string[] }> {
  let message = 'it was not refused';
  const { resources } = await record(async () => {
    try {
      await program();
    } catch (error) {
      message = String(error);
    }
  });
  return { message, registered: resources.map(({ type }) => type).filter((type) => !type.startsWith('pulumi:providers:') && type !== 'gcp:servicenetworking/connection:Connection') };
}

/** Refused with such a message, before anything was registered. */
export function refused(message: RegExp): { readonly message: unknown; readonly registered: readonly string[] } {
  return { message: expect.stringMatching(message), registered: [] };
}
