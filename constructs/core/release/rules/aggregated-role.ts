import { fieldsOf, listOf } from '../fields';
import { labelsOf } from '../pod-templates';
import type { EdgeRule } from '../rule';
import { LabelIndex, selectorOf } from '../selectors';

/** An aggregated ClusterRole after the ClusterRoles it is made of. Roles may aggregate each other; then some edges give way. */
export const aggregatedRoleRule: EdgeRule = (index, edges) => {
  const roles = index.ofKind('rbac.authorization.k8s.io', 'ClusterRole');
  const byLabel = new LabelIndex(roles.map((node) => ({ node, labels: labelsOf(node.object.manifest) })));
  for (const role of roles) {
    const selectors = listOf(fieldsOf(role.object.manifest.aggregationRule).clusterRoleSelectors);
    selectors.forEach((selector, i) => {
      for (const { node } of byLabel.select(selectorOf(selector))) {
        edges.prefer(role, node, { kind: 'aggregation', detail: `aggregationRule.clusterRoleSelectors[${i}]` }, 'readiness');
      }
    });
  }
};
