import { newestIds, numberings, parseControl, shortControls } from '../../../policies/describe/controls';
import { OBJECT_POLICY } from './policies';

describe('control references', () => {
  it.each([
    ['cis-kubernetes-2.0.1:5.2.5', { benchmark: 'CIS Kubernetes', version: '2.0.1', id: '5.2.5' }],
    ['cis-gcp-4.0.0:3.1', { benchmark: 'CIS Google Cloud Foundations', version: '4.0.0', id: '3.1' }],
    ['cis-other-1:2', { benchmark: 'CIS other', version: '1', id: '2' }],
    ['pss:baseline', { benchmark: 'Pod Security Standards', version: '', id: 'baseline' }],
    ['resource-limits:namespace-quota', { benchmark: 'Requests and limits', version: '', id: 'namespace-quota' }],
    ['house-rules:7', { benchmark: 'house-rules', version: '', id: '7' }],
    ['plain', { benchmark: '', version: '', id: 'plain' }],
  ])('%s', (reference, control) => {
    expect(parseControl(reference)).toEqual(control);
  });

  it('of versions that number alike are one', () => {
    expect(numberings(OBJECT_POLICY.controls)).toEqual([
      { benchmark: 'CIS Kubernetes', ids: ['5.2.9'], versions: ['2.0.1', '1.12'] },
      { benchmark: 'CIS Kubernetes', ids: ['5.2.9', '5.2.10'], versions: ['1.11'] },
      { benchmark: 'CIS EKS', ids: ['4.2.1'], versions: ['1.8'] },
      { benchmark: 'Pod Security Standards', ids: ['restricted'], versions: [] },
    ]);
  });

  it('are short with the newest number of each benchmark', () => {
    expect(shortControls(OBJECT_POLICY.controls)).toBe('Kubernetes 5.2.9, EKS 4.2.1, pss:restricted');
    expect(shortControls(['cis-aws-6.0.0:2.1.4', 'cis-aws-6.0.0:2.1.5', 'cis-aws-5.0.0:1.1'])).toBe('AWS 2.1.4 2.1.5');
    expect(shortControls([])).toBe('');
    expect(newestIds(['cis-aws-6.0.0:2.1.4', 'cis-aws-6.0.0:2.1.5', 'cis-aws-5.0.0:1.1'])).toBe('2.1.4, 2.1.5');
  });
});
