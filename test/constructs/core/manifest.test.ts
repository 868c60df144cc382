import { apiGroup, objectIdentity, objectName } from '../../../constructs/core';

const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'apps' } };
const NAMESPACE = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'apps' } };

test('objects are named as people type them', () => {
  expect(objectName(DEPLOYMENT)).toBe('Deployment/apps/web');
  expect(objectName(NAMESPACE)).toBe('Namespace/apps');
});

test('the core group is empty', () => {
  expect(apiGroup(DEPLOYMENT)).toBe('apps');
  expect(apiGroup(NAMESPACE)).toBe('');
});

test('the version is not part of the identity, everything else is', () => {
  const identity = objectIdentity(DEPLOYMENT);
  expect(objectIdentity({ ...DEPLOYMENT, apiVersion: 'apps/v1beta1' })).toBe(identity);
  for (const other of [
    { ...DEPLOYMENT, apiVersion: 'extensions/v1' },
    { ...DEPLOYMENT, kind: 'StatefulSet' },
    { ...DEPLOYMENT, metadata: { name: 'web', namespace: 'other' } },
    { ...DEPLOYMENT, metadata: { name: 'other', namespace: 'apps' } },
  ]) expect(objectIdentity(other)).not.toBe(identity);
});
