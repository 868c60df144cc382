import { type Amount, checkWholeNumber, type ContainerResources, InvalidInputError, resourceRequirements } from '../../core';
import type { ResourceAmounts } from '../../trainer';
import type { NodeResources } from './props';

/** What a node gets of a runtime of which nothing is known. */
const FALLBACK: ResourceAmounts = { requests: { cpu: '1', memory: '2Gi' }, limits: { cpu: '4', memory: '8Gi' } };

const GPU = 'nvidia.com/gpu';

/** Kubernetes keeps names without a domain, and its own domain, for what it knows itself. */
const DEVICE = /^(?!(?:[^/]+\.)?kubernetes\.io\/)[a-z0-9]([-a-z0-9.]*[a-z0-9])?\/[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/**
 * `resourcesPerNode`. It replaces the runtime's resources as a whole, so what the job does not name is taken over from there.
 *
 * @returns nothing if the job names no resource
 * @throws InvalidInputError for an amount that is no quantity, or devices that are no positive whole number
 */
export function resourcesPerNode(asked: NodeResources & { readonly gpus?: number }, runtime: ResourceAmounts | undefined, where: string): ResourceAmounts | undefined {
  const { cpu, memory, ephemeralStorage, gpus } = asked;
  const devices = { ...asked.devices, ...(gpus !== undefined && { [GPU]: gpus }) };
  if (gpus !== undefined && asked.devices?.[GPU] !== undefined) {
    throw new InvalidInputError({ property: `resources.devices['${GPU}']`, value: asked.devices[GPU], expected: `nothing, 'gpus' being given`, where });
  }
  if ([cpu, memory, ephemeralStorage].every((amount) => amount === undefined) && Object.keys(devices).length === 0) return undefined;

  const base = runtime ?? FALLBACK;
  const own = quantities({ cpu, memory, 'ephemeral-storage': ephemeralStorage }, where);
  const deviceAmounts = deviceQuantities(devices, where);
  return {
    requests: { ...base.requests, ...own.requests },
    limits: { ...base.limits, ...own.limits, ...deviceAmounts },
  };
}

function quantities(amounts: Readonly<Record<string, Amount | string | undefined>>, where: string): ResourceAmounts {
  const given = Object.entries(amounts).flatMap(([name, amount]) => (amount === undefined ? [] : [[name, typeof amount === 'string' ? { request: amount } : amount] as const]));
  for (const [name, amount] of given) checkQuantity(name, amount, where);
  return {
    requests: Object.fromEntries(given.map(([name, amount]) => [name, amount.request])),
    limits: Object.fromEntries(given.map(([name, amount]) => [name, amount.limit ?? amount.request])),
  };
}

/** The same check as for any container. */
function checkQuantity(name: string, amount: Amount, where: string): void {
  const zero: Amount = { request: '0' };
  const resources: ContainerResources = { cpu: zero, memory: zero, [name === 'ephemeral-storage' ? 'ephemeralStorage' : name]: amount };
  resourceRequirements(resources, where);
}

function deviceQuantities(devices: Readonly<Record<string, number>>, where: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(devices).map(([name, count]) => {
      const property = name === GPU ? 'gpus' : `resources.devices['${name}']`;
      if (!DEVICE.test(name)) throw new InvalidInputError({ property, value: name, expected: "a device's resource name, e.g. 'amd.com/gpu'", where });
      checkWholeNumber(property, count, where, { least: 1 });
      return [name, String(count)];
    }),
  );
}
