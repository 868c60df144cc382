import { App } from 'cdk8s';
import { type BlockStorage, Component, componentsOf, createToken, synthesize } from '../../../constructs/core';
import { CsiDriverNfs } from '../../../constructs/csi-driver-nfs';
import { cephFs, type CephFsProps, existingStorageClass, nfsFiles, type NfsFilesProps, StorageClasses, type StorageClassesProps } from '../../../constructs/storage-classes';
import { judged } from '../judged';
import { objectsOf } from '../jobset/objects';

const disks: BlockStorage = { volumes: { provisioner: 'ebs.csi.aws.com', parameters: { type: 'gp3', encrypted: 'true' } } };
const share: NfsFilesProps = { server: 'nfs.example.com', share: '/exports/kubeflow' };
const ceph: CephFsProps = { clusterId: 'rook-ceph', fsName: 'myfs', provisionerSecret: { namespace: 'rook-ceph', name: 'provisioner' } };

function classes(props: StorageClassesProps) {
  const component = new StorageClasses(new App(), 'storage', props);
  return { component, ...objectsOf(component) };
}

const isDefault = (object: { metadata: { annotations?: Record<string, string> } }) => object.metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true';

describe('what becomes of volumes', () => {
  test('disks are deleted with their claim and made where the pod runs; people\'s files are kept', () => {
    const { one, component } = classes({ block: disks, shared: nfsFiles(share) });
    expect(one('StorageClass', 'kubeflow-block')).toMatchObject({
      provisioner: 'ebs.csi.aws.com',
      parameters: { type: 'gp3', encrypted: 'true' },
      reclaimPolicy: 'Delete',
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: true,
    });
    expect(one('StorageClass', 'kubeflow-shared')).toMatchObject({ provisioner: 'nfs.csi.k8s.io', reclaimPolicy: 'Retain', volumeBindingMode: 'Immediate', mountOptions: ['nfsvers=4.1'] });
    expect([component.block?.storageClassName, component.shared?.storageClassName]).toEqual(['kubeflow-block', 'kubeflow-shared']);
  });

  test('unless told otherwise', () => {
    const { one } = classes({ block: { volumes: { ...disks.volumes, expandable: false } }, shared: nfsFiles(share), reclaimPolicy: { block: 'Retain', shared: 'Delete' }, names: { block: 'fast', shared: 'files' } });
    expect(one('StorageClass', 'fast')).toMatchObject({ reclaimPolicy: 'Retain', allowVolumeExpansion: false });
    expect(one('StorageClass', 'files').reclaimPolicy).toBe('Delete');
  });
});

test('claims that name no class get the disks, never the shared files', () => {
  const { ofKind } = classes({ block: disks, shared: nfsFiles(share) });
  expect(ofKind('StorageClass').filter(isDefault).map((each) => each.metadata.name)).toEqual(['kubeflow-block']);
  expect(classes({ block: disks, blockIsDefault: false }).ofKind('StorageClass').filter(isDefault)).toEqual([]);
  expect(classes({ shared: nfsFiles(share) }).ofKind('StorageClass').filter(isDefault)).toEqual([]);
});

test('a class that exists is named and not touched', () => {
  const { all, component } = classes({ block: existingStorageClass('standard'), shared: existingStorageClass('cephfs') });
  expect(all).toEqual([]);
  expect(component.block).toEqual({ storageClassName: 'standard' });
  expect(component.shared).toEqual({ storageClassName: 'cephfs' });
});

describe('who waits for whom', () => {
  test('the classes for the driver that is deployed here, and users of the classes for them', () => {
    const app = new App();
    const driver = new CsiDriverNfs(app, 'csi-driver-nfs');
    const storage = new StorageClasses(app, 'storage', { shared: nfsFiles({ ...share, driver }) });
    class Notebooks extends Component {}
    new Notebooks(app, 'notebooks', { version: '1', requires: [storage.shared] });
    expect(componentsOf(app).map(({ id, requires }) => [id, requires])).toEqual([['csi-driver-nfs', []], ['storage', ['csi-driver-nfs']], ['notebooks', ['storage']]]);
  });

  test('nobody for a driver or a class that exists', () => {
    expect(classes({ block: existingStorageClass('standard'), shared: nfsFiles(share) }).component.requires).toEqual([]);
  });
});

test('parameters may be known at deploy time only', () => {
  const server = createToken({ of: 'a file system' }, 'address of the file system');
  expect(nfsFiles({ server, share: '/' }).volumes.parameters.server).toBe(server);
  expect(cephFs({ ...ceph, clusterId: server }).volumes.parameters.clusterID).toBe(server);
  expect(classes({ shared: nfsFiles({ server, share: '/' }) }).one('StorageClass', 'kubeflow-shared').parameters.server).toBe(server);
});

describe('NFS', () => {
  test('everything that can be said', () => {
    const { volumes } = nfsFiles({
      ...share,
      subDirectory: '${pvc.metadata.namespace}/${pvc.metadata.name}',
      mountPermissions: '0770',
      onDelete: 'archive',
      mountOptions: ['nfsvers=4.2', 'hard'],
      mountOptionsSecret: { namespace: 'storage', name: 'nfs-options' },
    });
    expect(volumes.parameters).toEqual({
      server: 'nfs.example.com',
      share: '/exports/kubeflow',
      subDir: '${pvc.metadata.namespace}/${pvc.metadata.name}',
      mountPermissions: '0770',
      onDelete: 'archive',
      'csi.storage.k8s.io/provisioner-secret-name': 'nfs-options',
      'csi.storage.k8s.io/provisioner-secret-namespace': 'storage',
    });
    expect(volumes.mountOptions).toEqual(['nfsvers=4.2', 'hard']);
  });

  test.each(['10.0.0.9', 'fd00::9', 'nfs', 'nfs.storage.svc.cluster.local'])('%s is a server', (server) => {
    expect(nfsFiles({ ...share, server }).volumes.parameters.server).toBe(server);
  });

  test.each([
    [{ server: 'nfs://nfs.example.com' }, "nfsFiles: server is 'nfs://nfs.example.com'; expected a host name or an address"],
    [{ server: 'nfs.example.com:/exports' }, 'without scheme, port or path'],
    [{ server: '' }, "nfsFiles: server is ''"],
    [{ share: 'exports' }, "nfsFiles: share is 'exports'; expected an absolute path"],
    // The driver keeps what a volume is as server#share#directory.
    [{ share: '/a#b' }, "expected an absolute path without '#'"],
    [{ subDirectory: '../other' }, "nfsFiles: subDirectory is '../other'; expected a path below the share"],
    [{ subDirectory: '/abs' }, "nfsFiles: subDirectory is '/abs'"],
    [{ mountPermissions: '0888' }, "nfsFiles: mountPermissions is '0888'; expected octal digits"],
    [{ mountOptionsSecret: { namespace: 'Storage', name: 'x' } }, "mountOptionsSecret.namespace is 'Storage'"],
  ])('%j is refused', (given, message) => {
    expect(() => nfsFiles({ ...share, ...given })).toThrow(message);
  });
});

describe('CephFS', () => {
  test('volumes are made with one credential and mounted with another, if there is one', () => {
    const { provisioner, parameters } = cephFs({ ...ceph, nodeSecret: { namespace: 'rook-ceph', name: 'node' }, pool: 'myfs-replicated', mounter: 'kernel', driver: 'rook-ceph.cephfs.csi.ceph.com' }).volumes;
    expect(provisioner).toBe('rook-ceph.cephfs.csi.ceph.com');
    expect(parameters).toEqual({
      clusterID: 'rook-ceph',
      fsName: 'myfs',
      pool: 'myfs-replicated',
      mounter: 'kernel',
      'csi.storage.k8s.io/provisioner-secret-name': 'provisioner',
      'csi.storage.k8s.io/provisioner-secret-namespace': 'rook-ceph',
      'csi.storage.k8s.io/controller-expand-secret-name': 'provisioner',
      'csi.storage.k8s.io/controller-expand-secret-namespace': 'rook-ceph',
      'csi.storage.k8s.io/node-stage-secret-name': 'node',
      'csi.storage.k8s.io/node-stage-secret-namespace': 'rook-ceph',
    });
    expect(cephFs(ceph).volumes.parameters['csi.storage.k8s.io/node-stage-secret-name']).toBe('provisioner');
    expect(cephFs(ceph).volumes.provisioner).toBe('cephfs.csi.ceph.com');
  });

  test.each([
    [{ clusterId: 'x'.repeat(37) }, 'expected an id of 1 to 36 bytes'],
    [{ clusterId: '' }, "cephFs: clusterId is ''"],
    [{ fsName: '' }, "cephFs: fsName is ''; expected a name without blanks"],
    [{ pool: 'a b' }, "cephFs: pool is 'a b'"],
    [{ driver: 'CephFS' }, "metadata.name is 'CephFS'"],
    [{ nodeSecret: { namespace: 'Rook', name: 'node' } }, "cephFs: node-stage secret's namespace is 'Rook'"],
  ])('%j is refused', (given, message) => {
    expect(() => cephFs({ ...ceph, ...given })).toThrow(message);
  });
});

describe('bad input', () => {
  test.each<[StorageClassesProps, string]>([
    [{}, 'storage: block is undefined; expected storage here, or as shared'],
    [{ block: disks, shared: nfsFiles(share), names: { block: 'one', shared: 'one' } }, "storage: names.shared is 'one'; expected a name that names.block has not"],
    [{ block: disks, names: { block: 'Fast' } }, "metadata.name is 'Fast'; expected a DNS subdomain"],
    [{ block: existingStorageClass('standard'), names: { block: 'fast' } }, 'because its StorageClass exists and is not changed here'],
    [{ block: disks, reclaimPolicy: { shared: 'Delete' } }, "names.shared or reclaimPolicy.shared is 'Delete'; expected no name and no reclaim policy of shared, because there is none"],
  ])('%j is refused', (props, message) => {
    expect(() => classes(props)).toThrow(message);
  });

  test('a class that exists has a name that can be', () => {
    expect(() => existingStorageClass('Standard')).toThrow("existingStorageClass: metadata.name is 'Standard'");
  });
});

test('policies find nothing', () => {
  expect(judged(classes({ block: disks, shared: cephFs(ceph) }).all)).toEqual({ open: [], waived: [], unevaluated: [] });
});

test('two syntheses are the same', () => {
  const text = () => JSON.stringify(synthesize(classes({ block: disks, shared: nfsFiles(share) }).component));
  expect(text()).toBe(text());
});
