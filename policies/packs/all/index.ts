import { startPack } from '../pack';

/** Every policy of kubeflow-cdk, for `pulumi up --policy-pack`: one start for all packs. */
void startPack();
