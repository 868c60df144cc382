import { startPack } from '../pack';

/** CIS GKE benchmark, for `pulumi up --policy-pack`. */
void startPack('cis-gke');
