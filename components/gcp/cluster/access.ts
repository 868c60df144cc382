import { InvalidInputError } from '../../../constructs/core';
import { isPrivate, readCidr } from '../network/ranges';

/** A network from which the API server may be called. */
export interface AuthorizedNetwork {
  /** What it is, e.g. `office`. */
  readonly name: string;
  /** IPv4 range. */
  readonly cidr: string;
}

/** Who may call the API server. Whoever may still has to sign in. */
export interface ApiAccess {
  /** Networks besides that of the nodes. @default none */
  readonly authorizedNetworks?: readonly AuthorizedNetwork[];
  /** Give it a public address too, for the authorised networks alone. @default false: private only */
  readonly publicEndpoint?: boolean;
  /** Let it be called by its DNS name from anywhere; Google's frontend admits only who IAM gives `container.clusters.connect`. @default false */
  readonly dnsEndpoint?: boolean;
}

/** Public ranges larger than this are no list of who may come. */
const LARGEST_PUBLIC = 16;

/** Networks that GKE takes. @see https://cloud.google.com/kubernetes-engine/docs/how-to/latest/network-isolation */
export const MAX_AUTHORIZED_NETWORKS = 100;

/**
 * Checks who may call the API server.
 *
 * @throws InvalidInputError for a public endpoint that is open to everybody or nobody, and for public networks without one
 */
export function checkAccess({ authorizedNetworks = [], publicEndpoint = false }: ApiAccess, where: string): void {
  if (authorizedNetworks.length > MAX_AUTHORIZED_NETWORKS) {
    throw new InvalidInputError({ property: 'authorizedNetworks', value: authorizedNetworks.length, expected: `at most ${MAX_AUTHORIZED_NETWORKS} networks`, where });
  }
  const cidrs = authorizedNetworks.map(({ cidr }, index) => readCidr(`authorizedNetworks[${index}].cidr`, cidr, where));
  const publics = cidrs.filter(({ cidr }) => !isPrivate(cidr));
  for (const { property, cidr, prefix } of publics) {
    if (prefix < LARGEST_PUBLIC) throw new InvalidInputError({ property, value: cidr, expected: `a network of yours, /${LARGEST_PUBLIC} or smaller, not a part of the internet`, where });
    if (!publicEndpoint) throw new InvalidInputError({ property, value: cidr, expected: "a private range, or 'publicEndpoint' set: without it nobody calls from a public address", where });
  }
  if (publicEndpoint && publics.length === 0) {
    throw new InvalidInputError({ property: 'publicEndpoint', value: true, expected: "'authorizedNetworks' to name a public range that may call it", where });
  }
}
