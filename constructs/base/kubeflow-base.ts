import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import { Component } from '../core/component';
import { InvalidInputError } from '../core/errors';
import { checkObjectName } from '../core/names';
import { SystemNamespace } from '../core/namespace';
import { checkWholeNumber } from '../core/numbers';
import { userRoles } from './user-roles';
import { KUBEFLOW_DISTRIBUTION_VERSION } from './versions';

/** Props of {@link KubeflowBase}. */
export interface KubeflowBaseProps {
  /**
   * Label the namespaces so that Istio puts a sidecar into every pod that does not refuse one. Without it a pod gets a sidecar
   * by asking for one with the label `sidecar.istio.io/inject: "true"`.
   * @default false
   */
  readonly sidecarByDefault?: boolean;
  /** The PriorityClass of the platform's controllers. @default name `kubeflow-platform`, value 1000000 */
  readonly priorityClass?: {
    /** @default 'kubeflow-platform' */
    readonly name?: string;
    /** Higher is scheduled first; at most 1000000000, above which only Kubernetes' own classes may be. @default 1000000 */
    readonly value?: number;
  };
}

/** Largest value of a PriorityClass that is not Kubernetes' own. */
const HIGHEST_USER_PRIORITY = 1_000_000_000;

/**
 * What every other component stands on: the namespaces `kubeflow` and `kubeflow-system`, users' aggregated roles, and a
 * PriorityClass for controllers.
 *
 * @see https://github.com/kubeflow/community-distribution/tree/master/common/kubeflow-namespace
 * @see https://github.com/kubeflow/community-distribution/tree/master/common/kubeflow-roles
 */
export class KubeflowBase extends Component {
  /** Namespace of web applications, KServe, Katib and pipelines. */
  readonly kubeflow: SystemNamespace;
  /** Namespace of the training controllers. */
  readonly system: SystemNamespace;
  /** PriorityClass for controllers, which should outlive users' workloads when nodes run short. */
  readonly priorityClassName: string;

  /** @throws InvalidInputError for a priority Kubernetes keeps for itself, or a malformed name */
  constructor(scope: Construct, id: string, props: KubeflowBaseProps = {}) {
    super(scope, id, { version: KUBEFLOW_DISTRIBUTION_VERSION });
    const { name = 'kubeflow-platform', value = 1_000_000 } = props.priorityClass ?? {};
    checkObjectName('PriorityClass', name, this.node.path);
    if (name.startsWith('system-')) {
      throw new InvalidInputError({ property: 'priorityClass.name', value: name, expected: 'a name without the prefix "system-", which Kubernetes keeps for itself', where: this.node.path });
    }
    checkWholeNumber('priorityClass.value', value, this.node.path, { least: 1, most: HIGHEST_USER_PRIORITY });

    // Webhooks of KServe and others leave namespaces with this label alone, so the platform never waits for itself.
    const labels = { 'control-plane': 'kubeflow', ...(props.sidecarByDefault && { 'istio-injection': 'enabled' }) };
    this.kubeflow = new SystemNamespace(this, 'kubeflow', { labels });
    this.system = new SystemNamespace(this, 'kubeflow-system', { labels });
    userRoles(this);

    this.priorityClassName = name;
    new k8s.KubePriorityClass(this, 'priority-class', {
      metadata: { name },
      value,
      globalDefault: false,
      preemptionPolicy: 'PreemptLowerPriority',
      description: 'Controllers and webhooks of the machine-learning platform.',
    });
  }
}
