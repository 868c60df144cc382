import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { namespaceOf } from '../../../constructs/core';
import { refusalOf } from './refusals';

const inChart = (namespace?: string) => new Construct(new Chart(new App(), 'chart', { namespace }), 'job');

test('the one given goes before the chart\'s', () => {
  expect(namespaceOf(inChart('team'), 'other')).toBe('other');
  expect(namespaceOf(inChart('team'), undefined)).toBe('team');
});

test('without either there is none', () => {
  expect(() => namespaceOf(inChart(), undefined)).toThrow(refusalOf('namespace', 'chart/job'));
});
