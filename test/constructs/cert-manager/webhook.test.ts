import { App } from 'cdk8s';
import { CertManager } from '../../../constructs/cert-manager';
import { objectsOf, openPorts } from './objects';

const objects = (props?: ConstructorParameters<typeof CertManager>[2]) => objectsOf(new CertManager(new App(), 'cert-manager', props));

test('validates every cert-manager object and records who asks for certificates', () => {
  const { one } = objects();
  expect(one('ValidatingWebhookConfiguration', 'cert-manager-webhook').webhooks).toHaveLength(1);
  expect(one('ValidatingWebhookConfiguration', 'cert-manager-webhook').webhooks[0].rules).toEqual([
    { apiGroups: ['cert-manager.io', 'acme.cert-manager.io'], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['*/*'] },
  ]);
  expect(one('MutatingWebhookConfiguration', 'cert-manager-webhook').webhooks[0].rules).toEqual([
    { apiGroups: ['cert-manager.io'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['certificaterequests'] },
  ]);
});

test.each(['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'])('%s fails closed, changes nothing else, and trusts the CA the webhook keeps itself', (kind) => {
  const { one } = objects();
  const configuration = one(kind, 'cert-manager-webhook');
  expect(configuration.webhooks[0]).toMatchObject({ failurePolicy: 'Fail', sideEffects: 'None', timeoutSeconds: 30, matchPolicy: 'Equivalent', admissionReviewVersions: ['v1'] });
  const [namespace, secret] = configuration.metadata.annotations['cert-manager.io/inject-ca-from-secret'].split('/');
  const { args } = one('Deployment', 'cert-manager-webhook').spec.template.spec.containers[0];
  expect(namespace).toBe('cert-manager');
  expect(args).toContain(`--dynamic-serving-ca-secret-name=${secret}`);
  const [rule] = one('Role', 'cert-manager-webhook:dynamic-serving').rules;
  expect(rule).toEqual({ apiGroups: [''], resources: ['secrets'], resourceNames: [secret], verbs: ['get', 'list', 'watch', 'update'] });
});

test('namespaces can opt out of validation', () => {
  const { one } = objects();
  expect(one('ValidatingWebhookConfiguration', 'cert-manager-webhook').webhooks[0].namespaceSelector).toEqual({
    matchExpressions: [{ key: 'cert-manager.io/disable-validation', operator: 'NotIn', values: ['true'] }],
  });
});

test('the API server reaches the port the webhook listens on, through the Service it is told', () => {
  const { one } = objects({ webhook: { port: 10260 } });
  const { service } = one('ValidatingWebhookConfiguration', 'cert-manager-webhook').webhooks[0].clientConfig;
  const https = one('Service', service.name).spec.ports.find(({ port }: { port: number }) => port === 443);
  const [container] = one('Deployment', 'cert-manager-webhook').spec.template.spec.containers;
  expect(https.targetPort).toBe('https');
  expect(container.ports).toContainEqual({ name: 'https', containerPort: 10260, protocol: 'TCP' });
  expect(container.args).toContain('--secure-port=10260');
  expect(openPorts(one('NetworkPolicy', 'cert-manager-webhook'), 'ingress')).toContain('10260');
});

test('it is valid for the name the API server calls', () => {
  const { args } = objects().one('Deployment', 'cert-manager-webhook').spec.template.spec.containers[0];
  expect(args).toContain('--dynamic-serving-dns-names=cert-manager-webhook.$(POD_NAMESPACE).svc');
});
