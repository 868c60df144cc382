import type { GkeClusterArgs } from '../../../../components/gcp';
import { violations, record } from '../../record';
import { stand } from '../stand';

const CLUSTER = 'gcp:container/cluster:Cluster';
const OFFICE = { name: 'office', cidr: '203.0.113.0/24' };

describe('GkeCluster', () => {
  it('breaks no mandatory policy, with the network, keys and account around it', async () => {
    expect(violations(await record(() => stand()))).toEqual([]);
  });

  it('is reached from inside the network alone', async () => {
    const made = await record(() => stand());
    const { inputs } = made.one(CLUSTER);
    expect(inputs.privateClusterConfig).toMatchObject({ enablePrivateNodes: true, enablePrivateEndpoint: true });
    expect(inputs.masterAuthorizedNetworksConfig).toEqual({ cidrBlocks: [], gcpPublicCidrsAccessEnabled: false, privateEndpointEnforcementEnabled: true });
    expect(inputs.controlPlaneEndpointsConfig.dnsEndpointConfig.allowExternalTraffic).toBe(false);
    expect(inputs.anonymousAuthenticationConfig).toEqual({ mode: 'LIMITED' });
  });

  it('has a public endpoint for the networks that are named, if it is asked for', async () => {
    const made = await record(() => stand({ publicEndpoint: true, authorizedNetworks: [OFFICE] }));
    const { inputs } = made.one(CLUSTER);
    expect(inputs.privateClusterConfig.enablePrivateEndpoint).toBe(false);
    expect(inputs.masterAuthorizedNetworksConfig.cidrBlocks).toEqual([{ displayName: 'office', cidrBlock: '203.0.113.0/24' }]);
    // CIS asks for none: whoever wants one has to say why.
    expect(violations(made)).toEqual([expect.stringMatching(/^gke-private-endpoint/)]);
  });

  it('lets private networks, such as a VPN, at the private endpoint', async () => {
    const made = await record(() => stand({ authorizedNetworks: [{ name: 'vpn', cidr: '10.250.0.0/16' }] }));
    expect(made.one(CLUSTER).inputs.privateClusterConfig.enablePrivateEndpoint).toBe(true);
    expect(violations(made)).toEqual([]);
  });

  it('encrypts Secrets with the key of the cluster and disks with that of disks', async () => {
    const made = await record(() => stand());
    const { inputs } = made.one(CLUSTER);
    expect(inputs.databaseEncryption).toEqual({ state: 'ENCRYPTED', keyName: await made.valueOf(made.result.keys.key('cluster')) });
    expect(inputs.nodeConfig.bootDiskKmsKey).toBe(await made.valueOf(made.result.keys.key('disks')));
    expect(inputs.databaseEncryption.keyName).not.toBe(inputs.nodeConfig.bootDiskKmsKey);
  });

  it('writes a secret kubeconfig that holds no credential', async () => {
    const { result, valueOf, one } = await record(() => stand());
    const text = await valueOf(result.cluster.kubeconfig);
    const config = JSON.parse(text);
    expect(result.cluster.context).toBe('gke_my-project_europe-west4_kubeflow');
    expect(config['current-context']).toBe(result.cluster.context);
    expect(config.clusters[0].cluster).toMatchObject({ server: 'https://172.16.0.2', 'certificate-authority-data': expect.any(String) });
    expect(Object.keys(config.users[0].user)).toEqual(['exec']);
    expect(config.users[0].user.exec.command).toBe('gke-gcloud-auth-plugin');
    expect(await (result.cluster.kubeconfig as unknown as { isSecret: Promise<boolean> }).isSecret).toBe(true);
    expect(one(CLUSTER).inputs.name).toBe('kubeflow');
  });

  it('is reached by its DNS name if that is open, with a certificate that everybody knows', async () => {
    const made = await record(() => stand({ dnsEndpoint: true }));
    const [{ cluster }] = JSON.parse(await made.valueOf(made.result.cluster.kubeconfig)).clusters;
    expect(cluster.server).toMatch(/^https:\/\/gke-.*\.europe-west4\.gke\.goog$/);
    expect(cluster).not.toHaveProperty('certificate-authority-data');
    expect(violations(made)).toEqual([]);
  });

  it('reaches the API server that a test gives it', async () => {
    process.env['KUBEFLOW_CDK_TEST_API'] = JSON.stringify({ server: 'https://127.0.0.1:6443', ca: 'Y2E=' });
    try {
      const made = await record(() => stand());
      const [{ cluster }] = JSON.parse(await made.valueOf(made.result.cluster.kubeconfig)).clusters;
      expect(cluster).toEqual({ server: 'https://127.0.0.1:6443', 'certificate-authority-data': 'Y2E=' });
    } finally {
      delete process.env['KUBEFLOW_CDK_TEST_API'];
    }
  });

  it.each(['keep', 'delete'] as const)('with retention %s can be deleted only if that is meant', async (retention) => {
    const made = await record(() => stand({}, retention));
    const { inputs, options } = made.one(CLUSTER);
    expect(inputs.deletionProtection).toBe(retention === 'keep');
    expect(options.protect).toBe(retention === 'keep');
    expect(violations(made)).toEqual([]);
  });

  it('does not read the pool that is gone: a change of what it was like changes nothing', async () => {
    const made = await record(() => stand());
    const { inputs, options } = made.one(CLUSTER);
    expect(inputs.removeDefaultNodePool).toBe(true);
    expect('ignoreChanges' in options && options.ignoreChanges).toEqual(['nodeConfig', 'initialNodeCount']);
  });

  it('is there in a preview', async () => {
    const made = await record(() => stand({ dnsEndpoint: true }), { preview: true });
    expect(made.ofType(CLUSTER)).toHaveLength(1);
  });

  it.each([
    [{ clusterName: 'Kubeflow' }, /cluster: clusterName is 'Kubeflow'; expected at most 40/],
    [{ clusterName: 'k'.repeat(41) }, /clusterName/],
    [{ version: '1.29' }, /version is '1.29'; expected a version that every component of the platform supports \(>=1.33.0 <1.36.0\)/],
    [{ version: 'latest' }, /version is 'latest'; expected a version such as '1.34'/],
    [{ securityGroup: 'admins@example.com' }, /securityGroup is .*gke-security-groups@/],
    [{ controlPlaneCidr: '172.16.0.0/27' }, /controlPlaneCidr/],
    [{ authorizedNetworks: [OFFICE] }, /authorizedNetworks\[0\].cidr is '203.0.113.0\/24'; .*publicEndpoint/],
    [{ publicEndpoint: true }, /publicEndpoint is true; expected 'authorizedNetworks' to name/],
    [{ publicEndpoint: true, authorizedNetworks: [{ name: 'all', cidr: '0.0.0.0/0' }] }, /authorizedNetworks\[0\].cidr is '0.0.0.0\/0'; expected a network of yours/],
    [{ maintenance: { start: '25:00' } }, /maintenance.start is '25:00'/],
    [{ maintenance: { days: ['SU'], hours: 4 } }, /maintenance.hours is 4; expected 12 to 24 hours/],
    [{ maintenance: { days: [] } }, /maintenance.days/],
    [{ maxPodsPerNode: 4 }, /maxPodsPerNode is 4/],
  ] satisfies [Partial<GkeClusterArgs>, RegExp][])('refuses %j before it is registered', async (args, message) => {
    const seen: string[] = [];
    const made = await record(() => {
      try {
        stand(args);
      } catch (error) {
        seen.push(String(error));
      }
    });
    expect(made.ofType('kubeflow-cdk:gcp:GkeCluster')).toEqual([]);
    expect(seen.join()).toMatch(message);
  });
});
