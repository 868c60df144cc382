import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checkDnsLabel, Component, InvalidInputError, type Waiver, waiverAnnotations } from '../../core';
import { type ClusterTrainingRuntimeRef, FRAMEWORK_LABEL, knowledgeOf, type RuntimeJob, STEP_LABEL, type TrainingRuntimeRef } from './reference';
import { runtimeSpecJson, type TrainingRuntimeSpec } from './spec';

/** Props of {@link ClusterTrainingRuntime}. */
export interface ClusterTrainingRuntimeProps {
  readonly name: string;
  readonly spec: TrainingRuntimeSpec;
  /** Framework, by which the Python SDK chooses how a program is started. @default none is named */
  readonly framework?: string;
  /** Further labels. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Reasoned exceptions to policies. @default none */
  readonly waivers?: readonly Waiver[];
}

/** Props of {@link TrainingRuntime}. */
export interface TrainingRuntimeProps extends ClusterTrainingRuntimeProps {
  readonly namespace: string;
}

/**
 * A way to run training jobs, for the whole cluster.
 *
 * @throws InvalidInputError for a spec the admission webhook would refuse
 */
export class ClusterTrainingRuntime extends Construct {
  /** For TrainJobs. */
  readonly ref: ClusterTrainingRuntimeRef;

  constructor(scope: Construct, id: string, props: ClusterTrainingRuntimeProps) {
    super(scope, id);
    this.ref = { kind: 'ClusterTrainingRuntime', ...declare(this, 'ClusterTrainingRuntime', props) };
  }
}

/** A way to run training jobs, for one namespace. */
export class TrainingRuntime extends Construct {
  /** For TrainJobs of the same namespace. */
  readonly ref: TrainingRuntimeRef;

  constructor(scope: Construct, id: string, props: TrainingRuntimeProps) {
    super(scope, id);
    checkDnsLabel('namespace', props.namespace, this.node.path);
    this.ref = { kind: 'TrainingRuntime', namespace: props.namespace, ...declare(this, 'TrainingRuntime', props, props.namespace) };
  }
}

function declare(scope: Construct, kind: TrainingRuntimeRef['kind'], props: ClusterTrainingRuntimeProps, namespace?: string) {
  const known = knowledgeOf(props.spec);
  check(props, known.jobs, scope.node.path);
  new ApiObject(scope, 'runtime', {
    apiVersion: 'trainer.kubeflow.org/v1alpha1',
    kind,
    metadata: {
      name: props.name,
      ...(namespace !== undefined && { namespace }),
      labels: { ...(props.framework !== undefined && { [FRAMEWORK_LABEL]: props.framework }), ...props.labels },
      annotations: waiverAnnotations(props.waivers, scope.node.path),
    },
    spec: runtimeSpecJson(props.spec),
  });
  const providedBy = scope.node.scopes.findLast((each) => Component.isComponent(each));
  return { name: props.name, ...(props.framework !== undefined && { framework: props.framework }), ...known, ...(providedBy && { providedBy }) };
}

/** What the admission webhook checks, before anything is applied. */
function check(props: ClusterTrainingRuntimeProps, known: readonly RuntimeJob[], where: string): void {
  const jobs = props.spec.template.spec.replicatedJobs;
  if (jobs.length === 0) {
    throw new InvalidInputError({ property: 'spec.template.spec.replicatedJobs', value: [], expected: 'at least one job', where });
  }
  for (const [index, { name, step, containers }] of known.entries()) {
    const property = `spec.template.spec.replicatedJobs[${index}]`;
    checkDnsLabel(`${property}.name`, name, where);
    if (step === undefined) continue;
    const container = step === 'trainer' ? 'node' : step;
    if (!containers.includes(container)) {
      throw new InvalidInputError({ property: `${property}.template.spec`, value: containers, expected: `a container '${container}', which ${STEP_LABEL}: ${step} asks for`, where });
    }
    const replicas = jobs[index]?.replicas ?? 1;
    if (replicas !== 1) throw new InvalidInputError({ property: `${property}.replicas`, value: replicas, expected: '1 for a job that a TrainJob sets', where });
  }
}
