import { POLICIES } from '../../rules';
import { startPack } from '../pack';

/** Every policy of kubeflow-cdk, for `pulumi up --policy-pack`. */
startPack('kubeflow-cdk', POLICIES);
