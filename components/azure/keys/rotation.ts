import type * as inputs from '@pulumi/azure-native/types/input';
import { checkWholeNumber } from '../../../constructs/core';

/** Days after which a key may be replaced. @see https://learn.microsoft.com/azure/key-vault/keys/how-to-configure-key-rotation */
export const ROTATION_DAYS = { least: 28, most: 730 } as const;
/** Days before its end that people are told of a key nobody replaced. */
const NOTICE = 30;

/**
 * A policy that replaces a key by itself, and ends each version some time later: what it has encrypted stays readable.
 *
 * @param days after which a new version is made
 * @throws InvalidInputError
 */
export function rotationPolicy(days: number, where: string): inputs.keyvault.RotationPolicyArgs {
  checkWholeNumber('rotationDays', days, where, ROTATION_DAYS);
  return {
    // Twice as long, so that whoever follows new versions by hand has as much time again.
    attributes: { expiryTime: `P${days * 2}D` },
    lifetimeActions: [
      { action: { type: 'rotate' }, trigger: { timeAfterCreate: `P${days}D` } },
      { action: { type: 'notify' }, trigger: { timeBeforeExpiry: `P${Math.min(NOTICE, days - 1)}D` } },
    ],
  };
}
