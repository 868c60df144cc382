import { App } from 'cdk8s';
import { existingJobSet } from '../../../constructs/jobset';
import { type RuntimeId, Trainer, type TrainerProps } from '../../../constructs/trainer';
import { objectsOf, recordingIssuer } from '../jobset/objects';

/** A Trainer, in an app of its own, over a JobSet that is there already. */
export function trainer<R extends RuntimeId = RuntimeId>(props: Partial<TrainerProps<R>> = {}) {
  const app = new App();
  const { issuer, requests } = recordingIssuer();
  const component = new Trainer<R>(app, 'trainer', { certificates: issuer, jobSets: existingJobSet({ version: '0.11.0' }), ...props });
  return { app, component, requests, ...objectsOf(component) };
}
