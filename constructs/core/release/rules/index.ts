import type { EdgeRule } from '../rule';
import { admissionRule } from './admission';
import { aggregatedApiRule } from './aggregated-api';
import { aggregatedRoleRule } from './aggregated-role';
import { componentRule } from './component';
import { controllerRule } from './controller';
import { definitionRule } from './definition';
import { guardRule } from './guard';
import { namespaceRule } from './namespace';
import { permissionsRule } from './permissions';
import { podReferencesRule } from './pod-references';
import { referenceRule } from './reference';
import { servingDefaultRule } from './serving-default';
import { conversionRule, webhookBackendRule } from './webhook-backend';

/** Every way a dependency is read from the objects. */
export const RULES: readonly EdgeRule[] = [
  namespaceRule,
  definitionRule,
  componentRule,
  controllerRule,
  webhookBackendRule,
  conversionRule,
  aggregatedApiRule,
  admissionRule,
  podReferencesRule,
  permissionsRule,
  aggregatedRoleRule,
  guardRule,
  referenceRule,
  servingDefaultRule,
];
