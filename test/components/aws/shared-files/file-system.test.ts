import { existingFileSystem, FileSystem } from '../../../../components/aws/data';
import { record, violations } from '../../record';
import { CLUSTER_GROUP, KEY, network, refusal, textOf } from '../data/parts';

type Args = ConstructorParameters<typeof FileSystem>[1];

function make(args: Partial<Args> = {}, options?: { readonly preview?: boolean }) {
  return record(() => new FileSystem('files', { network: network(), clusterSecurityGroupId: CLUSTER_GROUP, keyArn: KEY, ...args }), options);
}

describe('FileSystem', () => {
  it('is encrypted with the key, and reached from the cluster only, in each private subnet', async () => {
    const recording = await make();
    expect(violations(recording)).toEqual([]);
    expect(recording.one('aws:efs/fileSystem:FileSystem').inputs).toMatchObject({ encrypted: true, kmsKeyId: KEY });
    expect(recording.ofType('aws:efs/mountTarget:MountTarget').map(({ inputs }) => inputs.subnetId)).toEqual(['subnet-private-eu-central-1a', 'subnet-private-eu-central-1b', 'subnet-private-eu-central-1c']);
    const rules = recording.ofType('aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule');
    expect(rules.map(({ inputs }) => [inputs.referencedSecurityGroupId, inputs.ipProtocol, inputs.fromPort, inputs.toPort, inputs.cidrIpv4])).toEqual([[CLUSTER_GROUP, 'tcp', 2049, 2049, undefined]]);
    const group = recording.one('aws:ec2/securityGroup:SecurityGroup').inputs;
    expect([group.ingress, group.egress]).toEqual([undefined, undefined]);
  });

  it('lets nobody mount it but through access points and over TLS, and gives nobody the rights of root', async () => {
    const recording = await make();
    const { Statement } = JSON.parse(recording.one('aws:efs/fileSystemPolicy:FileSystemPolicy').inputs.policy);
    const [allow, deny] = Statement;
    expect(Statement).toHaveLength(2);
    expect(allow.Action).toEqual(['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite']);
    expect(allow.Condition.ArnLike['elasticfilesystem:AccessPointArn']).toBe('arn:aws:elasticfilesystem:eu-central-1:123456789012:access-point/*');
    expect(deny).toMatchObject({ Effect: 'Deny', Action: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
  });

  it('says of volumes that each has an access point with a directory of its own', async () => {
    const { result, valueOf } = await make({ directoryPermissions: '770' });
    const { provisioner, parameters, mountOptions } = result.volumes;
    expect([provisioner, mountOptions, parameters.provisioningMode, parameters.directoryPerms]).toEqual(['efs.csi.aws.com', ['tls'], 'efs-ap', '770']);
    expect(await textOf(parameters.fileSystemId ?? '')).toBe(await valueOf(result.fileSystemId));
    expect(parameters.subPathPattern).toBe('${.PVC.namespace}/${.PVC.name}');
  });

  it('is protected and backed up, unless it is told that it may go', async () => {
    const kept = await make();
    expect(kept.one('aws:efs/fileSystem:FileSystem').options.protect).toBe(true);
    expect(kept.one('aws:efs/backupPolicy:BackupPolicy').inputs.backupPolicy.status).toBe('ENABLED');
    const gone = await make({ retention: 'delete' });
    expect(gone.one('aws:efs/fileSystem:FileSystem').options.protect).toBe(false);
    expect(gone.one('aws:efs/backupPolicy:BackupPolicy').inputs.backupPolicy.status).toBe('DISABLED');
  });

  it('can be previewed before anything is known', async () => {
    expect((await make({}, { preview: true })).ofType('aws:efs/mountTarget:MountTarget')).toHaveLength(3);
  });

  it.each<[string, Partial<Args>, string]>([
    ['files', { directoryPermissions: 'rwx' }, "files: directoryPermissions is 'rwx'; expected an octal mode such as '700'"],
    ['files', { network: network(0) }, 'files: network is 0; expected a network with at least one private subnet'],
    ['Files', {}, "Files: name is 'Files'"],
  ])('refuses %s with %j and registers nothing', async (name, bad, message) => {
    const { message: said, registered } = await refusal(() => new FileSystem(name, { network: network(), clusterSecurityGroupId: CLUSTER_GROUP, keyArn: KEY, ...bad }));
    expect(said).toContain(message);
    expect(registered).toEqual([]);
  });
});

describe('existingFileSystem', () => {
  it('is used as it is', () => {
    expect(existingFileSystem({ fileSystemId: 'fs-0123456789abcdef0' }).volumes.parameters.fileSystemId).toBe('fs-0123456789abcdef0');
    expect(() => existingFileSystem({ fileSystemId: 'fs-x' })).toThrow("existingFileSystem: fileSystemId is 'fs-x'; expected an id such as 'fs-0123456789abcdef0'");
  });
});
