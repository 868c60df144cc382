import { cis } from '../../cis';
import { examplePod } from '../example';
import { imagePolicy } from './image-policy';

/** CIS 5.5.1: what runs can be told from the name of the image. */
export const imageTag = imagePolicy({
  id: 'image-tag',
  title: 'Images have a fixed tag or a digest',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: cis({ kubernetes: '5.5.1', gke: '4.5.1' }),
  rationale:
    'An image without a tag, or with the tag latest, is whatever was pushed last: two nodes may run different programs, ' +
    'nobody can tell which, and going back to the one before is not possible.',
  remediation: 'Name a version as tag, best together with the digest of the image.',
  examples: {
    fails: examplePod({ image: 'registry.example.com/app:latest' }),
    passes: examplePod({ image: 'registry.example.com/app:1.0' }),
  },
  problemOf({ tag, digest }) {
    if (digest !== undefined) return undefined;
    if (tag === undefined) return 'an image without a tag';
    return tag === 'latest' ? 'an image with the tag latest' : undefined;
  },
});
