import { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import { oneWaiverEach, type Waiver, waiverAnnotations } from './waiver';

/** What few should be able to do, by the policy that finds a role which grants it. */
export type SensitiveGrant =
  | 'certificate-approval'
  | 'node-proxy-access'
  | 'persistent-volume-creation'
  | 'pod-creation'
  | 'privilege-granting'
  | 'secret-access'
  | 'service-account-token-creation'
  | 'webhook-configuration'
  | 'wildcard-permissions';

/** One rule of a role. */
export interface RbacRule {
  /** @default [''] the core group */
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs: readonly string[];
  /** Why the rule grants what few should have, by the policy that would refuse it: waivers of the role. @default it grants no such thing */
  readonly waives?: Readonly<Partial<Record<SensitiveGrant, string>>>;
}

/** Props of {@link ServiceIdentity}. */
export interface ServiceIdentityProps {
  /** Name of the ServiceAccount. */
  readonly name: string;
  readonly namespace: string;
  /** Annotations of the ServiceAccount, e.g. a cloud identity. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  /** Secrets by which programs that look at a ServiceAccount, such as KServe, find keys of its stores. @default none */
  readonly secrets?: readonly string[];
}

/** Props of a role that is granted to an identity. */
export interface GrantProps {
  /** Name of the role, and of its binding unless `bindingName` is given. */
  readonly name: string;
  /** @default the role's name */
  readonly bindingName?: string;
  readonly rules: readonly RbacRule[];
  readonly labels?: Readonly<Record<string, string>>;
  /** Reasoned exceptions, besides those of the rules. @default none */
  readonly waivers?: readonly Waiver[];
}

/** A ServiceAccount with what it may do. Its token is mounted only by pods that ask for it. */
export class ServiceIdentity extends Construct {
  readonly name: string;
  readonly namespace: string;

  constructor(scope: Construct, id: string, props: ServiceIdentityProps) {
    super(scope, id);
    this.name = props.name;
    this.namespace = props.namespace;
    new k8s.KubeServiceAccount(this, 'service-account', {
      metadata: { name: props.name, namespace: props.namespace, annotations: { ...props.annotations }, labels: { ...props.labels } },
      automountServiceAccountToken: false,
      ...(props.secrets && { secrets: props.secrets.map((name) => ({ name })) }),
    });
  }

  /** Grants rules in the whole cluster: a ClusterRole and its binding. */
  grantInCluster(props: GrantProps): this {
    new k8s.KubeClusterRole(this, `cluster-role-${props.name}`, {
      metadata: { name: props.name, labels: { ...props.labels }, annotations: roleWaivers(props, this.node.path) },
      rules: props.rules.map(policyRule),
    });
    return this.bindClusterRole(props.name, props.bindingName);
  }

  /** Grants rules in one namespace, its own unless another is named: a Role and its binding. */
  grantInNamespace(props: GrantProps & { readonly namespace?: string }): this {
    const namespace = props.namespace ?? this.namespace;
    new k8s.KubeRole(this, `role-${namespace}-${props.name}`, {
      metadata: { name: props.name, namespace, labels: { ...props.labels }, annotations: roleWaivers(props, this.node.path) },
      rules: props.rules.map(policyRule),
    });
    return this.bindRole({ kind: 'Role', name: props.name }, namespace, props.bindingName);
  }

  /** Binds a ClusterRole in the whole cluster. */
  bindClusterRole(role: string, bindingName = role): this {
    new k8s.KubeClusterRoleBinding(this, `cluster-binding-${bindingName}`, {
      metadata: { name: bindingName },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
      subjects: [this.subject],
    });
    return this;
  }

  /** Binds a role in one namespace. */
  bindRole(role: { readonly kind: 'Role' | 'ClusterRole'; readonly name: string }, namespace: string, bindingName = role.name): this {
    new k8s.KubeRoleBinding(this, `binding-${namespace}-${bindingName}`, {
      metadata: { name: bindingName, namespace },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', ...role },
      subjects: [this.subject],
    });
    return this;
  }

  private get subject(): k8s.Subject {
    return { kind: 'ServiceAccount', name: this.name, namespace: this.namespace };
  }
}

/** A ClusterRole bound to nobody here: users' roles that are aggregated or bound by others. */
export interface UserClusterRoleProps {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** @default none; required unless it aggregates */
  readonly rules?: readonly RbacRule[];
  /** Aggregates the rules of every ClusterRole with these labels. @default it does not aggregate */
  readonly aggregates?: Readonly<Record<string, string>>;
  /** Reasoned exceptions, besides those of the rules. @default none */
  readonly waivers?: readonly Waiver[];
}

/** Declares a ClusterRole for users. One that aggregates states no rules: the controller fills them, and would fight over them. */
export function userClusterRole(scope: Construct, props: UserClusterRoleProps): void {
  new k8s.KubeClusterRole(scope, `cluster-role-${props.name}`, {
    metadata: { name: props.name, labels: { ...props.labels }, annotations: roleWaivers(props, scope.node.path) },
    ...(props.aggregates
      ? { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { ...props.aggregates } }] } }
      : { rules: (props.rules ?? []).map(policyRule) }),
  });
}

/** The waivers of a role: those of its rules, one a policy, and its own. */
function roleWaivers(role: Pick<UserClusterRoleProps, 'rules' | 'waivers'>, where: string): Record<string, string> {
  const ofRules = (role.rules ?? []).flatMap(({ waives = {} }) => Object.entries(waives).map(([policy, reason]) => ({ policy, reason })));
  return waiverAnnotations([...oneWaiverEach(ofRules), ...(role.waivers ?? [])], where);
}

function policyRule(rule: RbacRule): k8s.PolicyRule {
  const { apiGroups, resources, resourceNames, nonResourceURLs, verbs } = rule;
  return {
    ...(resources && { apiGroups: [...(apiGroups ?? [''])], resources: [...resources] }),
    ...(resourceNames && { resourceNames: [...resourceNames] }),
    ...(nonResourceURLs && { nonResourceUrLs: [...nonResourceURLs] }),
    verbs: [...verbs],
  };
}
