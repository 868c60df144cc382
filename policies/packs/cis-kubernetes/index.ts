import { startPack } from '../pack';

/** CIS Kubernetes benchmark, for `pulumi up --policy-pack`. */
void startPack('cis-kubernetes');
