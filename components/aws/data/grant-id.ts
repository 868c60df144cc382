import { checkDnsLabel } from '../../../constructs/core';

/**
 * What a grant to a ServiceAccount is called: after what it is for, so that grants of other components are not taken for it.
 *
 * @param id of the construct that asks
 * @throws InvalidInputError if the id makes no DNS label
 */
export function grantId(component: string, id: string, where: string): string {
  const label = `${component}-${id}`.toLowerCase();
  checkDnsLabel('id', label, where);
  return label;
}
