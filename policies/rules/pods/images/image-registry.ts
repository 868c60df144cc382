import { cis } from '../../cis';
import { examplePod } from '../example';
import { imagePolicy } from './image-policy';
import { isFrom } from './reference';

/** CIS 5.5.1: images come from where the user allows. Asks nothing until that is set. */
export const imageRegistry = imagePolicy({
  id: 'image-registry',
  title: 'Images come from allowed registries',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ kubernetes: '5.5.1', gke: '4.5.1', eks: '5.1.4' }),
  rationale:
    'An image is a program of whoever built it. Where only known registries are allowed, a mistyped or planted name runs ' +
    'nothing. The parameter allowedRegistries says which they are; without it the policy asks nothing.',
  remediation: 'Copy the image to an allowed registry and name it there, or add its registry or repository to allowedRegistries.',
  examples: {
    parameters: { allowedRegistries: ['registry.example.com'] },
    fails: examplePod({ image: 'docker.io/someone/app:1.0' }),
    passes: examplePod({ image: 'registry.example.com/app:1.0' }),
  },
  asks: ({ parameters }) => (parameters.allowedRegistries?.length ?? 0) > 0,
  problemOf: (image, { parameters }) =>
    parameters.allowedRegistries?.some((source) => isFrom(image, source))
      ? undefined
      : `an image of ${image.registry}/${image.repository}, which is not in allowedRegistries`,
});
