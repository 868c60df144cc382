import { CIS_KUBERNETES } from '../../rules';
import { startPack } from '../pack';

/** CIS Kubernetes benchmark 2.0.1, section 5.2, for `pulumi up --policy-pack`. */
startPack('kubeflow-cdk-cis-kubernetes', CIS_KUBERNETES);
