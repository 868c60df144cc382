import type { Finding } from './engine/finding';
import type { Policy } from './engine/policy';
import { POLICIES } from './rules';

/** A set of controls that belong together: what Pulumi packs and `check --pack` choose by. */
export interface Pack {
  readonly name: string;
  readonly title: string;
  /** Starts of the controls in it. A finding counts if one of its controls is. */
  readonly controls: readonly string[];
}

/** Every pack; without any choice, all findings count. */
export const PACKS: readonly Pack[] = [
  { name: 'cis-kubernetes', title: 'CIS Kubernetes benchmark, policies (section 5)', controls: ['cis-kubernetes-'] },
  { name: 'cis-eks', title: 'CIS EKS benchmark', controls: ['cis-eks-'] },
  { name: 'cis-gke', title: 'CIS GKE benchmark', controls: ['cis-gke-'] },
  { name: 'cis-aks', title: 'CIS AKS benchmark', controls: ['cis-aks-'] },
  { name: 'pss-baseline', title: 'Pod Security Standard baseline', controls: ['pss:baseline'] },
  { name: 'pss-restricted', title: 'Pod Security Standard restricted', controls: ['pss:restricted'] },
  { name: 'resource-limits', title: 'Requests, limits and quotas', controls: ['resource-limits:'] },
  { name: 'hardening', title: 'Hardening beyond the benchmarks', controls: ['hardening:'] },
  { name: 'cis-aws', title: 'CIS AWS foundations benchmark, what clusters stand on', controls: ['cis-aws-'] },
  { name: 'cis-gcp', title: 'CIS Google Cloud foundations benchmark, what clusters stand on', controls: ['cis-gcp-'] },
  { name: 'cis-azure', title: 'CIS Azure foundations benchmark, what clusters stand on', controls: ['cis-azure-'] },
];

/** The pack of a name. */
export function packNamed(name: string): Pack | undefined {
  return PACKS.find((pack) => pack.name === name);
}

/** Whether controls are, in part, those of one of some packs. */
export function inPacks(controls: readonly string[], packs: readonly Pack[]): boolean {
  return packs.some((pack) => controls.some((control) => pack.controls.some((start) => control.startsWith(start))));
}

/** Whether a finding counts where packs are chosen: it has a control of theirs, or, as those about waivers, none at all. */
export function counts({ controls }: Pick<Finding, 'controls'>, packs: readonly Pack[]): boolean {
  return controls.length === 0 || inPacks(controls, packs);
}

/** The policies with any control of a pack. */
export function policiesOf(...packs: readonly Pack[]): readonly Policy[] {
  return POLICIES.filter(({ controls }) => inPacks(controls, packs));
}
