import type { Construct } from 'constructs';
import { inferenceServiceExample } from './inference-service';
import { trainJobExample } from './train-job';

/** Every example. */
export function examples(scope: Construct): void {
  trainJobExample(scope);
  inferenceServiceExample(scope);
}
