import { cis } from '../../cis';
import { examplePod } from '../example';
import { imagePolicy } from './image-policy';
import { isVerified } from './verification';

/** CIS 5.5.1: what runs is what was meant, because it is pinned, or because its signature is verified. */
export const imageDigest = imagePolicy({
  id: 'image-digest',
  title: 'Images are pinned by digest, or verified',
  severity: 'low',
  enforcement: 'advisory',
  controls: cis({ kubernetes: '5.5.1', gke: '4.5.1' }),
  reach: 'stack',
  rationale:
    'Whoever may push to a registry can move a tag to another image. A digest names the content itself. Verification of ' +
    'signatures on admission does as much: the policy is content if a Kyverno policy that verifies images, a ' +
    'ClusterImagePolicy of sigstore, a verifier of Ratify or the webhook of Connaisseur is evaluated together with the pods.',
  remediation: 'Add the digest to the image (name:tag@sha256:…), or declare a policy that verifies images.',
  examples: {
    fails: examplePod({ image: 'registry.example.com/app:1.0' }),
    passes: examplePod({ image: 'registry.example.com/app:1.0@sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03' }),
  },
  asks: (context, object) => !isVerified(object, context),
  problemOf: ({ digest }) => (digest === undefined ? 'an image without a digest' : undefined),
});
