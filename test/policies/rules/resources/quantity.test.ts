import { compareQuantities, isPositive, parseQuantity, type Quantity, times } from '../../../../policies/rules/resources/quantity';

const quantity = (value: unknown): Quantity => {
  const parsed = parseQuantity(value);
  if (!parsed) throw new Error(`${String(value)} is no quantity`);
  return parsed;
};

it.each<[unknown, unknown]>([
  ['100m', '0.1'],
  ['1', '1000m'],
  [1, '1'],
  [0.1, '100m'],
  ['.5', '500m'],
  ['5.', '5'],
  ['+5', '5'],
  ['1k', '1000'],
  ['1M', '1000k'],
  ['1G', '1e9'],
  ['1T', '1000G'],
  ['1P', '1e15'],
  ['1E', '1E18'],
  ['1Ki', '1024'],
  ['1Mi', '1024Ki'],
  ['1.5Gi', '1536Mi'],
  ['1Ti', '1024Gi'],
  ['1Pi', '1024Ti'],
  ['1Ei', '1152921504606846976'],
  ['1n', '0.000000001'],
  ['1u', '1000n'],
  ['1e-3', '1m'],
  [1e21, '1000E'],
  ['-1', '-1000m'],
  ['0.1', '1e-1'],
])('%j is as much as %j', (first, second) => {
  expect(compareQuantities(quantity(first), quantity(second))).toBe(0);
});

it.each([
  ['128974848', '129M'],
  ['123Mi', '129M'],
  ['1', '1001m'],
  ['9007199254740992', '9007199254740993'],
  ['0.1', '0.10000000000000000000000000001'],
  ['-1', '0'],
])('%j is less than %j', (first, second) => {
  expect(compareQuantities(quantity(first), quantity(second))).toBeLessThan(0);
  expect(compareQuantities(quantity(second), quantity(first))).toBeGreaterThan(0);
});

it.each([undefined, null, '', ' 1', '1 ', 'lots', '1KiB', '1mb', '1g', '1K', '1e', 'e3', '1e1000', '1.2.3', '0x10', '--1', 'm', '.', NaN, Infinity, true, {}, ['1']])('%j is no quantity', (value) => {
  expect(parseQuantity(value)).toBeUndefined();
});

it('knows what is more than nothing', () => {
  expect(['0', '0Mi', '-1', '0.0'].map((each) => isPositive(quantity(each)))).toEqual([false, false, false, false]);
  expect(isPositive(quantity('1n'))).toBe(true);
});

describe('whatever the amounts', () => {
  const SUFFIXES = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'e3', 'E-3'];
  // A fixed sequence of pseudo-random numbers, so that a failure repeats.
  let state = 42;
  const next = (below: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const anyQuantity = () => `${next(3) === 0 ? '-' : ''}${next(1e6)}${next(2) === 0 ? `.${next(1e6)}` : ''}${SUFFIXES[next(SUFFIXES.length)] ?? ''}`;
  const samples = Array.from({ length: 500 }, () => [anyQuantity(), anyQuantity(), anyQuantity()] as const);

  it('agrees with floating-point numbers where those can tell the difference', () => {
    const scale: Readonly<Record<string, number>> = { n: 1e-9, u: 1e-6, m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60, e3: 1e3, 'E-3': 1e-3 };
    const asNumber = (text: string) => Number(/^[-\d.]+/.exec(text)?.[0]) * (scale[/[a-zA-Z].*$/.exec(text)?.[0] ?? ''] ?? 1);
    for (const [first, second] of samples) {
      const [one, other] = [asNumber(first), asNumber(second)];
      const isClose = Math.abs(one - other) <= Math.abs(one) * 1e-9;
      expect([first, second, isClose || Math.sign(one - other) === compareQuantities(quantity(first), quantity(second))]).toEqual([first, second, true]);
    }
  });

  it('orders them: two ways round, and from one to the next', () => {
    for (const [first, second, third] of samples) {
      const [a, b, c] = [quantity(first), quantity(second), quantity(third)];
      expect(compareQuantities(a, b)).toBe(compareQuantities(b, a) === 0 ? 0 : -compareQuantities(b, a));
      const ascending = [a, b, c].sort(compareQuantities);
      expect(ascending.every((each, index) => index === 0 || compareQuantities(ascending[index - 1] ?? each, each) <= 0)).toBe(true);
    }
  });

  it('multiplies them exactly', () => {
    for (const [first] of samples) {
      expect(compareQuantities(times(quantity(first), quantity('1000')), quantity(first))).toBe(compareQuantities(quantity(first), quantity('0')));
      expect(compareQuantities(times(quantity(first), quantity('0.001')), times(quantity(first), quantity('1m')))).toBe(0);
    }
  });
});
