import type { CloudResource } from '../../../../policies';
import { check, inPreview, open, resource, UNKNOWN } from '../gcp/run';
import { autopilot, cluster } from './clusters';

const SERVICE = 'gcp:projects/service:Service';
const service = (name: unknown) => resource(SERVICE, { service: name });
const NOTHING = "securityPostureConfig.vulnerabilityMode | null | nothing scans the images of cluster 'main': neither it nor a project of the stack enables that";

describe('the scanning of images', () => {
  it.each<[string, readonly CloudResource[], string[]]>([
    ['by the project', [cluster(), service('containerscanning.googleapis.com')], []],
    ['not by another API', [cluster(), service('container.googleapis.com')], [NOTHING]],
    ['by the cluster', [cluster({ securityPostureConfig: { vulnerabilityMode: 'VULNERABILITY_ENTERPRISE' } })], []],
    ['by the cluster, in the older way', [cluster({ protectConfig: { workloadVulnerabilityMode: 'BASIC' } })], []],
    ['not at all', [autopilot()], [NOTHING]],
    ['switched off', [cluster({ securityPostureConfig: { vulnerabilityMode: 'VULNERABILITY_DISABLED' } })], [NOTHING.replace('null', '"VULNERABILITY_DISABLED"')]],
    [
      'switched off for a repository',
      [resource('gcp:artifactregistry/repository:Repository', { vulnerabilityScanningConfig: { enablementConfig: 'DISABLED' } })],
      ['vulnerabilityScanningConfig.enablementConfig | "DISABLED" | images in repository \'it\' are not scanned'],
    ],
    ['left to the project', [resource('gcp:artifactregistry/repository:Repository', { vulnerabilityScanningConfig: { enablementConfig: 'INHERITED' } })], []],
  ])('%s', (_title, subjects, expected) => {
    expect(check('gke-image-scanning', ...subjects)).toEqual(expected);
  });

  it('is undecided while an API is not known yet', () => {
    const subjects = [cluster(), inPreview(SERVICE, { service: UNKNOWN })];
    expect(check('gke-image-scanning', ...subjects)).toEqual([]);
    expect(open('gke-image-scanning', ...subjects)).toEqual(['securityPostureConfig.vulnerabilityMode: an API that the stack enables is not known yet']);
  });
});

describe('repositories of images', () => {
  const type = (kind: string) => `gcp:artifactregistry/repositoryIam${kind}:RepositoryIam${kind}`;
  const role = 'roles/artifactregistry.reader';

  it.each<[CloudResource, string[]]>([
    [resource(type('Member'), { role, member: 'allUsers' }), [`member | "allUsers" | 'it' gives anyone on the internet ${role} on a repository of images`]],
    [resource(type('Binding'), { role, members: ['user:a@example.com', 'allAuthenticatedUsers'] }), [`members[1] | "allAuthenticatedUsers" | 'it' gives anyone with a Google account ${role} on a repository of images`]],
    [resource(type('Member'), { role, member: 'user:a@example.com' }), []],
    [resource(type('Binding'), { role, members: null }), []],
  ])('are not public: %j: %j', (subject, expected) => {
    expect(check('gke-public-image-repository', subject)).toEqual(expected);
  });
});

describe('the policy of Binary Authorization', () => {
  const policy = (properties: object) => resource('gcp:binaryauthorization/policy:Policy', properties);
  const ENFORCED = 'ENFORCED_BLOCK_AND_AUDIT_LOG';
  const strict = { evaluationMode: 'REQUIRE_ATTESTATION', enforcementMode: ENFORCED };

  it.each<[CloudResource, string[]]>([
    [policy({ defaultAdmissionRule: { evaluationMode: 'ALWAYS_ALLOW', enforcementMode: ENFORCED } }), ["defaultAdmissionRule.evaluationMode | \"ALWAYS_ALLOW\" | policy 'it' allows every image"]],
    [policy({ defaultAdmissionRule: { ...strict, enforcementMode: 'DRYRUN_AUDIT_LOG_ONLY' } }), ["defaultAdmissionRule.enforcementMode | \"DRYRUN_AUDIT_LOG_ONLY\" | policy 'it' refuses no image, it only logs"]],
    [policy({ defaultAdmissionRule: strict, clusterAdmissionRules: [null, { cluster: 'a.b', evaluationMode: 'ALWAYS_ALLOW' }] }), ["clusterAdmissionRules[1].evaluationMode | \"ALWAYS_ALLOW\" | policy 'it' allows every image"]],
    [policy({ defaultAdmissionRule: strict }), []],
    [policy({}), []],
  ])('does not allow everything: %j: %j', (subject, expected) => {
    expect(check('gke-binary-authorization-policy', subject)).toEqual(expected);
  });
});
