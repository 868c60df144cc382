import { z } from 'zod';
import { platformConfig } from './platform';
import { count, flag, oneOf, secret, text, texts } from './values';

const taint = z.string({ error: "a taint such as 'nvidia.com/gpu=present:NoSchedule'" }).regex(/^[^=:\s]+(=[^:\s]*)?:(NoSchedule|PreferNoSchedule|NoExecute)$/, "a taint such as 'nvidia.com/gpu=present:NoSchedule'");

const storageClass = text('the name of a StorageClass').regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/, 'the name of a StorageClass');

const directory = text("an absolute path such as '/opt/cni/bin'").regex(/^(\/[^/\s]+)+$/, "an absolute path such as '/opt/cni/bin'");

/** Nodes that the cluster must have. */
const nodes = z.strictObject({
  selector: z.record(z.string(), z.coerce.string(), { error: 'labels by name' }).describe('Labels that these nodes have'),
  atLeast: count(1, 10_000).default(1).describe('How many there must be'),
  taints: z.array(taint, { error: 'a list of taints' }).default([]).describe('Taints each of them must have'),
  gpus: count(0, 64).default(0).describe('GPUs each of them must offer'),
});

const bgpPeer = z.strictObject({
  myAsn: count(1, 4_294_967_295).describe('AS number of the cluster'),
  peerAsn: count(1, 4_294_967_295).describe('AS number of the router'),
  peerAddress: text('the IPv4 address of a router').describe('Its address'),
  passwordSecret: text('the name of a Secret in metallb-system').optional().describe('Secret whose password the session is signed with (default none)'),
});

const loadBalancer = z.union(
  [
    z.strictObject({
      addresses: texts("a range such as '192.168.10.0/24' or '192.168.10.10-192.168.10.50'").min(1, 'at least one range').describe('Ranges that Services of type LoadBalancer have addresses of, by MetalLB'),
      ingressAddress: text('an address out of these').optional().describe('Address of the ingress gateway (default any of the ranges)'),
      bgp: z.strictObject({
        peers: z.record(z.string(), bgpPeer, { error: 'routers by name' }).describe('The routers, by a name of your own'),
      })
        .optional()
        .describe('Routers that are told about addresses; left out, nodes answer for them on their own network'),
    }),
    z.strictObject({
      existing: z.strictObject({
        annotations: z.record(z.string(), z.coerce.string(), { error: 'annotations by name' }).refine((all) => Object.keys(all).length > 0, 'at least one; leave loadBalancer out for none').describe("What it is told by annotations of the ingress gateway's Service"),
      })
        .describe('A load balancer that the cluster has'),
    }),
  ],
  { error: 'addresses for MetalLB, or existing' },
);

const keyPair = z.strictObject({
  certificateFile: text('path of certificates in PEM').describe('The certificate, and those that lead to its authority'),
  key: secret.describe('Its private key, in PEM and not encrypted'),
});

const certificates = z.union(
  [
    z.strictObject({ given: keyPair.describe('A certificate for the domain and all names in it') }),
    z.strictObject({ ca: keyPair.describe('Your own authority, which signs the certificate') }),
    z.strictObject({
      vault: z.strictObject({
        server: text('a URL such as https://vault.example.com:8200').describe('The server'),
        path: text("the path of a signing endpoint such as 'pki/sign/kubeflow'").describe('What it is asked to sign at'),
        role: text('a role of the Kubernetes authentication').describe('Role that cert-manager takes on'),
        mountPath: text("where that authentication is mounted, such as '/v1/auth/kubernetes'").optional().describe("Where Vault's Kubernetes authentication is mounted (default /v1/auth/kubernetes)"),
        caFile: text('path of the certificates of its authorities, in PEM').optional().describe('Certificates of its authorities (default public ones)'),
      })
        .describe('Vault, which signs the certificate'),
    }),
  ],
  { error: 'one of given, ca and vault' },
);

const sharedFiles = z.union(
  [
    z.strictObject({
      nfs: z.strictObject({
        server: text('name or address of the server').describe('The server'),
        share: text('path of the exported directory').describe('Directory that it exports'),
        driver: oneOf('install', 'existing').default('install').describe('Whether the CSI driver for NFS is installed, or is there'),
        replicas: count(1, 5).default(2).describe('Pods of its controller, each on a node of its own'),
        kubeletDirectory: text("an absolute path such as '/var/lib/kubelet'").optional().describe('Directory of the kubelet on every node (default /var/lib/kubelet)'),
        mountOptions: texts('an option of mount').optional().describe('Options that volumes are mounted with (default nfsvers=4.1)'),
      })
        .describe('An NFS server'),
    }),
    z.strictObject({ storageClass: storageClass.describe('A StorageClass there is') }),
  ],
  { error: 'nfs, or storageClass' },
);

/** Configuration of the `onprem` stack. */
export const onpremConfig = platformConfig
  .omit({ acmeEmail: true, acmeStaging: true })
  .extend({
    kubeconfig: z.string().min(1, 'a path').default('~/.kube/config').describe('Path of the kubeconfig'),
    context: z
      .string({ error: 'the name of a context of the kubeconfig; no other cluster is ever touched' })
      .min(1, 'the name of a context of the kubeconfig')
      .describe('Context of the kubeconfig to deploy to'),
    ingressServiceType: platformConfig.shape.ingressServiceType.unwrap().default('LoadBalancer').describe('Type of the ingress gateway\'s Service'),
    nodes: z.record(z.string(), nodes, { error: 'node pools by name' }).default({}).describe('Nodes the cluster must have, by a name of your own'),
    cni: z
      .strictObject({
        binDir: directory.optional().describe('Directory of plugins (default /opt/cni/bin)'),
        confDir: directory.optional().describe('Directory of their configuration (default /etc/cni/net.d)'),
      })
      .optional()
      .describe('Where nodes have the plugins of their network and its configuration; left out, /opt/cni/bin and /etc/cni/net.d'),
    loadBalancer: loadBalancer.optional().describe('Address ranges for MetalLB, or annotations for the load balancer there is; left out, the one there is takes the Service as it comes'),
    certificates: certificates.optional().describe('TLS at the ingress gateway: a given certificate, or one from your own CA or from Vault; left out, plain HTTP'),
    metricsServer: z
      .strictObject({
        install: flag.default(false).describe('Whether it is installed; many clusters have it'),
        kubeletCertificates: oneOf('verified', 'self-signed').optional().describe('What kubelets prove themselves with (default verified)'),
      })
      .prefault({})
      .describe('Whether metrics-server is installed, and what kubelets prove themselves with'),
    registry: z
      .strictObject({
        host: text('the host of a registry').optional().describe('Its host (default that of imageRegistry)'),
        username: text('a user or robot account').describe('Who pulls'),
        password: secret.describe('Their password or token'),
      })
      .optional()
      .describe('Credentials to pull images with; the host is that of imageRegistry unless another is named'),
    objectStore: z
      .strictObject({
        endpoint: text('a URL such as https://s3.example.com').describe('Its URL'),
        bucket: text('the name of a bucket').describe('The bucket'),
        region: text('a region').optional().describe('Region that requests are signed for (default us-east-1)'),
        accessKeyId: secret.describe('Id of the key pair'),
        secretAccessKey: secret.describe('The other half of the key pair'),
      })
      .optional()
      .describe('Any endpoint that speaks S3'),
    database: z
      .strictObject({
        engine: oneOf('mysql', 'postgresql').describe('What it speaks'),
        version: z.coerce.string({ error: "a version such as '8.4'" }).describe('Its version'),
        host: text('name or address of the server').describe('The server, as its certificate names it'),
        port: count(1, 65_535).optional().describe('Its port (default 3306 for MySQL, 5432 for PostgreSQL)'),
        username: text('a user that may make databases').describe('Who makes databases on it'),
        password: secret.describe('Their password'),
        caFile: text('path of the certificates of its authorities, in PEM').describe('Certificates of its authorities'),
      })
      .optional()
      .describe('A SQL server that runs already'),
    signIn: z
      .strictObject({
        issuer: text('the https URL of an OpenID Connect issuer').describe('Its URL, as it stands in tokens'),
        clientId: text('the id of a client').describe('Client that the platform is registered as'),
        clientSecret: secret.describe("The client's secret"),
        jwksUri: text("the https URL of the issuer's keys").optional().describe('Where its keys are (default found through its discovery document)'),
        userClaim: text('a claim').optional().describe('Claim with the name people are known by (default email)'),
        groupsClaim: text('a claim').optional().describe("Claim with people's groups (default none)"),
      })
      .optional()
      .describe('Any OpenID Connect issuer'),
    block: z.strictObject({ storageClass: storageClass.describe('A StorageClass there is') }).optional().describe('StorageClass of volumes for one node at a time'),
    sharedFiles: sharedFiles.optional().describe('Volumes that many nodes write: an NFS server, or a StorageClass there is (CephFS, say)'),
  })
  .superRefine(({ loadBalancer: balancer, ingressServiceType }, context) => {
    if (balancer && ingressServiceType !== 'LoadBalancer') {
      context.addIssue({ code: 'custom', path: ['ingressServiceType'], message: 'LoadBalancer, or no loadBalancer: nothing else is given an address' });
    }
  });

export type OnpremConfig = z.infer<typeof onpremConfig>;
