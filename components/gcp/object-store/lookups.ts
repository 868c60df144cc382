import * as gcp from '@pulumi/gcp';
import type * as pulumi from '@pulumi/pulumi';
import { unlessMissing } from '../data/not-found';

/** A bucket that exists. */
export interface FoundBucket {
  /** Region, dual-region or multi-region, e.g. `EUROPE-WEST4`. */
  readonly location: string;
  /** Whether access goes by roles alone. */
  readonly uniformAccess: boolean;
}

/** What is asked of Cloud Storage about buckets that exist. */
export interface BucketLookups {
  /** `undefined` if there is none of that name. */
  bucket(name: string): Promise<FoundBucket | undefined>;
}

/** Asks Cloud Storage, by the provider given and so with its credentials. */
export function liveBuckets(provider: pulumi.ProviderResource): BucketLookups {
  return {
    async bucket(name) {
      const found = await unlessMissing(() => gcp.storage.getBucket({ name }, { provider }));
      return found?.location ? { location: found.location, uniformAccess: found.uniformBucketLevelAccess } : undefined;
    },
  };
}

/** Takes it for granted that every bucket is there, in that region and fine: for synthesis without an account. */
export function assumedBuckets(region: string): BucketLookups {
  return { bucket: () => Promise.resolve({ location: region.toUpperCase(), uniformAccess: true }) };
}
