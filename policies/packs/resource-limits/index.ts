import { RESOURCE_LIMITS } from '../../rules';
import { startPack } from '../pack';

/** CPU and memory requests and limits on every container, for `pulumi up --policy-pack`. */
startPack('kubeflow-cdk-resource-limits', RESOURCE_LIMITS);
