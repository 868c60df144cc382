import * as gcp from '@pulumi/gcp';
import type * as pulumi from '@pulumi/pulumi';
import { unlessMissing } from '../data/not-found';

/** An instance of Filestore that exists. */
export interface FoundFileStore {
  /** Absent as long as it is being made. */
  readonly address?: string;
  /** e.g. `NFS_V3`. */
  readonly protocol: string;
  /** Names of its shares. */
  readonly shares: readonly string[];
}

/** What is asked of Filestore about instances that exist. */
export interface FileLookups {
  /** `undefined` if there is none of that name. */
  instance(name: string, location: string): Promise<FoundFileStore | undefined>;
}

/** Asks Filestore, by the provider given and so with its credentials. */
export function liveFileStores(provider: pulumi.ProviderResource, project: string): FileLookups {
  return {
    async instance(name, location) {
      const found = await unlessMissing(() => gcp.filestore.getInstance({ project, name, location }, { provider }));
      if (!found?.tier) return undefined;
      const address = found.networks[0]?.ipAddresses[0];
      return { ...(address !== undefined && { address }), protocol: found.protocol, shares: found.fileShares.map((share) => share.name) };
    },
  };
}

/** Takes it for granted that instances are there and have such a share: for synthesis without an account. */
export function assumedFileStores(share = 'vol1'): FileLookups {
  return { instance: () => Promise.resolve({ address: '10.9.0.2', protocol: 'NFS_V3', shares: [share] }) };
}
