import { awsPodIdentity, awsRole, azureClient, createToken, gcpPrincipal, gcpServiceAccount, InvalidInputError, type WorkloadIdentity } from '../../../../constructs/core';
import { mergeIdentities } from '../../../../constructs/core/contracts/workload-identity';

const CLIENT = '01234567-89ab-cdef-0123-456789abcdef';
const cidrs = ({ egress }: WorkloadIdentity) => egress.flatMap(({ to, ports }) => to.map((peer) => `${peer.ipBlock?.cidr}:${String(ports)}`));

describe('a workload identity', () => {
  it('AWS, by a role: an annotation, and nothing on the node', () => {
    expect(awsRole('arn:aws-cn:iam::123456789012:role/path/vision')).toEqual({ serviceAccountAnnotations: { 'eks.amazonaws.com/role-arn': 'arn:aws-cn:iam::123456789012:role/path/vision' }, podLabels: {}, egress: [] });
  });

  it('AWS, by an association: nothing but the agent on the node, and what the ServiceAccount waits for', () => {
    expect(awsPodIdentity().serviceAccountAnnotations).toEqual({});
    expect(awsPodIdentity('a-1').serviceAccountAnnotations).toEqual({ 'kubeflow-cdk.dev/pod-identity-association': 'a-1' });
    expect(cidrs(awsPodIdentity())).toEqual(['169.254.170.23/32:80']);
  });

  it('Google, by a service account or as itself: the metadata server, behind either of its addresses', () => {
    expect(gcpServiceAccount('a@my-project.iam.gserviceaccount.com').serviceAccountAnnotations).toEqual({ 'iam.gke.io/gcp-service-account': 'a@my-project.iam.gserviceaccount.com' });
    expect(gcpPrincipal().serviceAccountAnnotations).toEqual({});
    expect(gcpPrincipal('g-1').serviceAccountAnnotations).toEqual({ 'kubeflow-cdk.dev/iam-grants': 'g-1' });
    for (const identity of [gcpServiceAccount('a@my-project.iam.gserviceaccount.com'), gcpPrincipal()]) expect(cidrs(identity)).toEqual(['169.254.169.254/32:80', '169.254.169.252/32:988']);
  });

  it('Azure: an annotation, and a label without which pods get no token', () => {
    expect(azureClient(CLIENT)).toEqual({ serviceAccountAnnotations: { 'azure.workload.identity/client-id': CLIENT }, podLabels: { 'azure.workload.identity/use': 'true' }, egress: [], clientId: CLIENT });
  });

  it.each([
    [() => awsRole('arn:aws:iam::1:user/x'), "awsRole: roleArn is 'arn:aws:iam::1:user/x'; expected an ARN such as 'arn:aws:iam::123456789012:role/cert-manager'"],
    [() => gcpServiceAccount('me@example.com'), "gcpServiceAccount: email is 'me@example.com'; expected an address such as 'cert-manager@my-project.iam.gserviceaccount.com'"],
    [() => azureClient('kubeflow'), "azureClient: clientId is 'kubeflow'; expected the UUID of an Entra client"],
  ])('%s is refused', (make, message) => {
    expect(make).toThrow(InvalidInputError);
    expect(make).toThrow(message);
  });

  it.each([awsRole, gcpServiceAccount, azureClient])('%p takes what is known only later', (make) => {
    const token = createToken({}, 'made by the program');
    expect(Object.values(make(token).serviceAccountAnnotations)).toEqual([token]);
  });
});

describe('identities of several grants to one ServiceAccount', () => {
  const granted = (id: string): WorkloadIdentity => ({ ...azureClient(CLIENT), serviceAccountAnnotations: { ...azureClient(CLIENT).serviceAccountAnnotations, [`granted.example.com/${id}`]: id } });

  it('of none are nothing', () => {
    expect(mergeIdentities([], 'here')).toEqual({ serviceAccountAnnotations: {}, podLabels: {}, egress: [] });
  });

  it('have all annotations, labels and ways out, each once', () => {
    expect(mergeIdentities([granted('objects'), granted('database')], 'here')).toEqual({
      serviceAccountAnnotations: { 'azure.workload.identity/client-id': CLIENT, 'granted.example.com/objects': 'objects', 'granted.example.com/database': 'database' },
      podLabels: { 'azure.workload.identity/use': 'true' },
      egress: [],
      clientId: CLIENT,
    });
    expect(cidrs(mergeIdentities([gcpPrincipal(), gcpPrincipal(), awsPodIdentity()], 'here'))).toEqual(['169.254.169.254/32:80', '169.254.169.252/32:988', '169.254.170.23/32:80']);
  });

  it('wait for the last grant, which knows the earlier ones', () => {
    expect(mergeIdentities([gcpPrincipal('1'), gcpPrincipal('1,2')], 'here').serviceAccountAnnotations).toEqual({ 'kubeflow-cdk.dev/iam-grants': '1,2' });
  });

  it('are of one identity, also where it is known only later', () => {
    const token = createToken({}, 'a role');
    expect(mergeIdentities([awsRole(token), awsRole(token)], 'here').serviceAccountAnnotations).toEqual({ 'eks.amazonaws.com/role-arn': token });
    const [one, two] = ['arn:aws:iam::123456789012:role/one', 'arn:aws:iam::123456789012:role/two'];
    expect(() => mergeIdentities([awsRole(one), awsRole(two)], 'team-a')).toThrow(`team-a: serviceAccountAnnotations['eks.amazonaws.com/role-arn'] is '${two}'; expected '${one}', which the ServiceAccount has been given already: it has one identity`);
  });
});
