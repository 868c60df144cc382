import { containerWaivers, oneWaiverEach, tokenWaiver, type Waiver } from '../../core';
import { SERVER_CONTAINER } from '../../kserve/runtimes/types';
import type { InferenceServiceProps } from './props';
import { componentsOf } from './validation';

/** The waivers of an InferenceService: those its components give the reason of, and its own. */
export function inferenceServiceWaivers(props: InferenceServiceProps): readonly Waiver[] {
  const { predictor, transformer, explainer } = props;
  const model = predictor.model ? [{ name: SERVER_CONTAINER, security: predictor.model.security }, ...(predictor.sidecars ?? [])] : [];
  const containers = [predictor, transformer, explainer].flatMap((component) => component?.containers ?? []);
  const tokens = componentsOf(props).flatMap((component) => tokenWaiver(props[component]?.apiAccess));
  return [...oneWaiverEach([...tokens, ...containerWaivers([...model, ...containers])]), ...(props.waivers ?? [])];
}
