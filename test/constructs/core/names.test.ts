import fc from 'fast-check';
import { checkDnsLabel, checkObjectName } from '../../../constructs/core';
import { refusalOf } from './refusals';

const check = (kind: string, name: string) => () => checkObjectName(kind, name, 'chart/object');

describe('object names', () => {
  test.each([
    ['ConfigMap', 'config.v1'],
    ['Deployment', 'a'.repeat(253)],
    ['Namespace', 'a'.repeat(63)],
    ['Service', 'web-1'],
    ['ClusterRole', 'system:node'],
    ['Role', 'cert-manager:leaderelection'],
    ['CustomResourceDefinition', 'issuers.cert-manager.io'],
  ])('%s may be called %.30s', (kind, name) => {
    expect(check(kind, name)).not.toThrow();
  });

  test.each([
    ['ConfigMap', 'Config'],
    ['ConfigMap', 'a_b'],
    ['ConfigMap', '-a'],
    ['ConfigMap', 'a-'],
    ['ConfigMap', 'a..b'],
    ['ConfigMap', ''],
    ['Deployment', 'a'.repeat(254)],
    ['Deployment', 'system:node'],
    ['Namespace', 'a'.repeat(64)],
    ['Namespace', 'team.a'],
    ['Service', 'a.b'],
    ['ClusterRole', 'a/b'],
    ['ClusterRole', 'a%b'],
    ['RoleBinding', '..'],
    ['Role', ''],
  ])('%s may not be called %.30j', (kind, name) => {
    expect(check(kind, name)).toThrow(refusalOf('metadata.name', 'chart/object'));
  });
});

describe('DNS labels', () => {
  test('names the property, and says how long it may be', () => {
    expect(() => checkDnsLabel('tenant', 'a'.repeat(40), 'chart', 30)).toThrow(/^chart: tenant is 'a+'; expected at most 30 characters, not 40$/);
  });

  test('takes exactly what RFC 1123 calls a label', () => {
    const accepts = (text: string) => {
      try {
        checkDnsLabel('name', text, 'chart');
        return true;
      } catch {
        return false;
      }
    };
    const alphabet = fc.constantFrom(...'az09-A._ ');
    fc.assert(
      fc.property(fc.string({ unit: alphabet, maxLength: 70 }), (text) => {
        const label = text.length > 0 && text.length <= 63 && [...text].every((c) => 'az09-'.includes(c)) && !text.startsWith('-') && !text.endsWith('-');
        expect(accepts(text)).toBe(label);
      }),
    );
  });
});
