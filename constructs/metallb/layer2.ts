import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { checkObjectName } from '../core';
import type { L2Advertisement } from './advertisements';
import type { PoolRange } from './pools';
import { checkNames, nodeSelectors } from './selection';

/** @throws InvalidInputError for a name that is not declared */
export function checkLayer2(advertisements: Readonly<Record<string, L2Advertisement>>, ranges: readonly PoolRange[], where: string): void {
  for (const [name, { pools, interfaces }] of Object.entries(advertisements)) {
    checkObjectName('L2Advertisement', name, where);
    checkNames(`l2.${name}.pools`, pools, ranges.map(({ pool }) => pool), where);
    checkNames(`l2.${name}.interfaces`, interfaces, interfaces ?? [], where);
  }
}

/** Declares who answers for which addresses. */
export function layer2Objects(scope: Construct, namespace: string, advertisements: Readonly<Record<string, L2Advertisement>>): void {
  for (const [name, { pools, nodes, interfaces }] of Object.entries(advertisements)) {
    new ApiObject(scope, `l2-advertisement-${name}`, {
      apiVersion: 'metallb.io/v1beta1',
      kind: 'L2Advertisement',
      metadata: { name, namespace },
      spec: {
        ...(pools && { ipAddressPools: [...pools] }),
        ...(interfaces && { interfaces: [...interfaces] }),
        ...nodeSelectors(nodes),
      },
    });
  }
}
