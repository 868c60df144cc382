import path from 'node:path';
import { onpremConfig, parseConfig, readStackFile } from '../../../stacks/config';
import { AUTHORITY, SERVER } from './key-pairs';
import { DATABASE, declare, EVERYTHING, file, GIVEN, MINIMAL, OWN_CA, type Values } from './stand';

const addresses = (...ranges: string[]): Values => ({ ...MINIMAL, loadBalancer: { addresses: ranges } });
const s3 = (more: Values): Values => ({ ...MINIMAL, objectStore: { ...EVERYTHING.objectStore, ...more } });
const sql = (more: Values): Values => ({ ...MINIMAL, database: { ...DATABASE, ...more } });
const nfs = (more: Values): Values => ({ ...MINIMAL, sharedFiles: { nfs: { ...EVERYTHING.sharedFiles.nfs, ...more } } });
const certificates = (section: Values): Values => ({ ...MINIMAL, certificates: section });

describe('a configuration that cannot be right', () => {
  it.each<[string, Values, string]>([
    ['no context', { domain: 'ml.example.com' }, 'kubeflow-cdk:context is missing; expected the name of a context of the kubeconfig; no other cluster is ever touched'],
    ['a range that is none', addresses('192.168.10.0'), 'kubeflow-cdk:loadBalancer.addresses[0] is "192.168.10.0"; expected an IPv4 block'],
    ['ranges that overlap', addresses('192.168.10.0/24', '192.168.10.200-192.168.11.10'), 'kubeflow-cdk:loadBalancer.addresses is "192.168.10.200-192.168.11.10"; expected addresses that are nowhere else'],
    ['no range', addresses(), 'kubeflow-cdk:loadBalancer.addresses is []; expected at least one range'],
    ['an address out of another range', { ...MINIMAL, loadBalancer: { addresses: ['192.168.10.0/28'], ingressAddress: '192.168.10.16' } }, 'kubeflow-cdk:loadBalancer.ingressAddress is "192.168.10.16"; expected an address out of 192.168.10.0/28'],
    ['a router with a name for an address', { ...MINIMAL, loadBalancer: { addresses: ['192.168.10.0/28'], bgp: { peers: { top: { myAsn: 64512, peerAsn: 64513, peerAddress: 'router' } } } } }, 'kubeflow-cdk:loadBalancer.bgp.peers.top.peerAddress is "router"; expected an IPv4 address'],
    ['MetalLB and another load balancer', { ...MINIMAL, loadBalancer: { addresses: ['192.168.10.0/28'], existing: { annotations: { a: 'b' } } } }, 'kubeflow-cdk:loadBalancer.existing is not known'],
    ['addresses for a Service that gets none', { ...addresses('192.168.10.0/28'), ingressServiceType: 'NodePort' }, 'kubeflow-cdk:ingressServiceType is "NodePort"; expected LoadBalancer, or no loadBalancer'],
    ['an endpoint without a scheme', s3({ endpoint: 's3.example.com' }), 'kubeflow-cdk:objectStore.endpoint is "s3.example.com"; expected a URL without a path or a user'],
    ['an endpoint with a path', s3({ endpoint: 'https://s3.example.com/models' }), 'kubeflow-cdk:objectStore.endpoint is "https://s3.example.com/models"; expected a URL without a path'],
    ['a bucket that is none', s3({ bucket: 'My_Bucket' }), 'kubeflow-cdk:objectStore.bucket is "My_Bucket"; expected 3 to 63 lower-case letters'],
    ['a bucket without a key', s3({ secretAccessKey: undefined }), 'kubeflow-cdk:objectStore.secretAccessKey is missing; expected a secret, set with pulumi config set --secret --path'],
    ['a server with a scheme', sql({ host: 'mysql://sql.example.com' }), 'kubeflow-cdk:database.host is "mysql://sql.example.com"; expected the name or address of the server'],
    ['a version that is none', sql({ version: 'latest' }), 'kubeflow-cdk:database.version is "latest"; expected a version such as'],
    ['a port that is none', sql({ port: 70_000 }), 'kubeflow-cdk:database.port is 70000; expected at most 65535'],
    ['authorities in no file', sql({ caFile: '/nowhere/ca.crt' }), 'kubeflow-cdk:database.caFile is "/nowhere/ca.crt"; expected a file that can be read'],
    ['a server\'s certificate in place of its authority\'s', sql({ caFile: GIVEN.certificateFile }), 'kubeflow-cdk:database.caFile is "CN=ml.example.com"; expected certificates of authorities only'],
    ['an issuer without TLS', { ...MINIMAL, signIn: { ...EVERYTHING.signIn, issuer: 'http://login.example.com' } }, 'kubeflow-cdk:signIn.issuer is "http://login.example.com"; expected an https URL'],
    ['an NFS server that is a URL', nfs({ server: 'nfs://nfs.example.com' }), 'kubeflow-cdk:sharedFiles.nfs.server is "nfs://nfs.example.com"; expected a host name or an address'],
    ['a share that is no path', nfs({ share: 'exports' }), 'kubeflow-cdk:sharedFiles.nfs.share is "exports"; expected an absolute path'],
    ['a kubelet nowhere', nfs({ kubeletDirectory: 'kubelet/' }), 'kubeflow-cdk:sharedFiles.nfs.kubeletDirectory is "kubelet/"; expected an absolute path'],
    ['a StorageClass of no name', { ...MINIMAL, block: { storageClass: 'Ceph RBD' } }, 'kubeflow-cdk:block.storageClass is "Ceph RBD"; expected the name of a StorageClass'],
    ['a taint that is none', { ...MINIMAL, nodes: { gpu: { selector: {}, taints: ['nvidia.com/gpu'] } } }, "kubeflow-cdk:nodes.gpu.taints[0] is \"nvidia.com/gpu\"; expected a taint such as 'nvidia.com/gpu=present:NoSchedule'"],
    ['a registry that is nowhere', { ...MINIMAL, registry: { username: 'robot', password: 'hush' } }, 'kubeflow-cdk:registry.host is missing; expected the host of the registry, or imageRegistry'],
    ['a registry with a scheme', { ...MINIMAL, registry: { host: 'https://r.example.com', username: 'robot', password: 'hush' } }, 'kubeflow-cdk:registry.host is "https://r.example.com"; expected the host of a registry'],
    ['a directory of the nodes that is none', { ...MINIMAL, cni: { binDir: 'bin' } }, 'kubeflow-cdk:cni.binDir is "bin"; expected an absolute path'],
    ['a certificate for other names', { ...certificates({ given: GIVEN }), domain: 'kubeflow.example.org' }, 'kubeflow-cdk:certificates.given.certificateFile is "DNS:ml.example.com, DNS:*.ml.example.com"; expected a certificate for kubeflow.example.org and *.kubeflow.example.org'],
    ['a key of another certificate', certificates({ given: { ...GIVEN, key: AUTHORITY.key } }), 'kubeflow-cdk:certificates.given.key is "(secret)"; expected the private key of the first certificate'],
    ['a file that is no certificate', certificates({ given: { ...GIVEN, certificateFile: file('none.crt', 'none') } }), 'expected certificates in PEM, the one of the key first'],
    ['an authority that is none', certificates({ ca: { ...GIVEN, key: SERVER.key } }), 'kubeflow-cdk:certificates.ca.certificateFile is "CN=ml.example.com"; expected the certificate of an authority'],
    ['a Vault that is no URL', certificates({ vault: { server: 'vault', path: 'pki/sign/x', role: 'x' } }), 'kubeflow-cdk:certificates.vault.server is "vault"; expected a URL'],
    ['two sources of certificates', certificates({ given: GIVEN, ca: OWN_CA }), 'is not known'],
    ['a key that nobody knows', { ...MINIMAL, sharedFile: {} }, "kubeflow-cdk:sharedFile is not known; did you mean 'sharedFiles'?"],
  ])('%s', (_, values, expected) => {
    expect(() => declare(values)).toThrow(expected);
  });

  it('never says a secret', () => {
    const message = (() => {
      try {
        declare(certificates({ given: { ...GIVEN, key: AUTHORITY.key } }));
      } catch (error) {
        return String(error);
      }
      throw new Error('was not refused');
    })();
    expect(message).not.toContain('PRIVATE KEY');
  });
});

describe('Pulumi.onprem.yaml', () => {
  const values = readStackFile(path.join(__dirname, '../../..'), 'onprem');

  it('lacks nothing but the context', () => {
    expect(() => parseConfig('onprem', onpremConfig, values)).toThrow(/^configuration of stack 'onprem':\n {2}kubeflow-cdk:context is missing[^\n]*$/);
    expect(parseConfig('onprem', onpremConfig, { ...values, context: 'production' })).toMatchObject({ kubeconfig: '~/.kube/config', ingressServiceType: 'LoadBalancer' });
  });
});
