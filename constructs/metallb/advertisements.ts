/** Labels of nodes. */
export type NodeSelector = Readonly<Record<string, string>>;

/**
 * Answers for addresses on the network the nodes are on (ARP): one node a Service, another when that one fails.
 *
 * @see https://github.com/metallb/metallb/blob/v0.16.1/api/v1beta1/l2advertisement_types.go
 */
export interface L2Advertisement {
  /** Names of pools. @default every pool */
  readonly pools?: readonly string[];
  /** Nodes that may answer, by any of these labels. @default every node */
  readonly nodes?: readonly NodeSelector[];
  /** Network interfaces to answer on, e.g. `eth1`. @default all but the excluded ones */
  readonly interfaces?: readonly string[];
}

/**
 * A router that is told about addresses. Version 4 of BGP over IPv4, spoken by the speaker itself.
 *
 * @see https://github.com/metallb/metallb/blob/v0.16.1/api/v1beta2/bgppeer_types.go
 */
export interface BgpPeer {
  /** AS number of the nodes, 1 to 4294967295. */
  readonly myAsn: number;
  /** AS number of the router, 1 to 4294967295. */
  readonly peerAsn: number;
  /** IPv4 address of the router. */
  readonly peerAddress: string;
  /** @default 179 */
  readonly peerPort?: number;
  /** IPv4 address the session is opened from. @default as the node routes */
  readonly sourceAddress?: string;
  /** Router id of the nodes, an IPv4 address. @default the address of each node */
  readonly routerId?: string;
  /** Seconds without word after which the session is over: at least 3, or 0 for never. @default 90 */
  readonly holdTimeSeconds?: number;
  /** Nodes that open a session, by any of these labels. @default every node */
  readonly nodes?: readonly NodeSelector[];
  /** Secret of type `kubernetes.io/basic-auth` in MetalLB's namespace, whose `password` the session is signed with (TCP MD5). @default none */
  readonly passwordSecret?: string;
}

/**
 * What routers are told about addresses.
 *
 * @see https://github.com/metallb/metallb/blob/v0.16.1/api/v1beta1/bgpadvertisement_types.go
 */
export interface BgpAdvertisement {
  /** Names of pools. @default every pool */
  readonly pools?: readonly string[];
  /** Names of peers that are told. @default every peer */
  readonly peers?: readonly string[];
  /** Nodes that are told of as the way to the addresses, by any of these labels. @default every node */
  readonly nodes?: readonly NodeSelector[];
  /** Length of the prefix addresses are rolled up into, 1 to 32. @default 32: each address for itself */
  readonly aggregationLength?: number;
  /** The higher, the better; for sessions inside one AS. @default 0 */
  readonly localPreference?: number;
  /** Communities of the form `65535:65281`. @default none */
  readonly communities?: readonly string[];
}

/** What is said over BGP, and to whom. */
export interface BgpProps {
  /** Routers by name. */
  readonly peers: Readonly<Record<string, BgpPeer>>;
  /** Advertisements by name. @default one, `default`, of every pool to every peer */
  readonly advertisements?: Readonly<Record<string, BgpAdvertisement>>;
}
