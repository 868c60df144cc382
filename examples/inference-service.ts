import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { InferenceService } from '../constructs/workloads/inference-service';

/** Props of {@link inferenceServiceExample}. */
export interface InferenceServiceExampleProps {
  /** Namespace of the team, which must exist. */
  readonly namespace: string;
}

/** A scikit-learn model that tells iris species apart, from a public bucket. */
export function inferenceServiceExample(scope: Construct, props: InferenceServiceExampleProps): Chart {
  const chart = new Chart(scope, 'inference-service-example', { namespace: props.namespace });
  new InferenceService(chart, 'sklearn-iris', {
    predictor: { model: { format: 'sklearn', storageUri: 'gs://kfserving-examples/models/sklearn/1.0/model' } },
  });
  return chart;
}
