import { InvalidInputError } from '../../../constructs/core';

const error = (value: unknown) => new InvalidInputError({ property: 'worker.replicas', value, expected: 'a whole number', where: 'chart/job' });

test('says where, which property, what it is and what it should be', () => {
  expect(error('two').message).toBe("chart/job: worker.replicas is 'two'; expected a whole number");
});

test.each([[3, '3'], [undefined, 'undefined'], [{ a: 1 }, '{"a":1}'], [null, 'null']])('shows %j as %s', (value, shown) => {
  expect(error(value).message).toContain(`is ${shown};`);
});

test('cuts a long value off', () => {
  expect(error('x'.repeat(500)).message.length).toBeLessThan(200);
});

test('can be told from other errors', () => {
  expect(error(1)).toBeInstanceOf(Error);
  expect(error(1).name).toBe('InvalidInputError');
});
