import { startPack } from '../pack';

/** CIS AKS benchmark, for `pulumi up --policy-pack`. */
void startPack('cis-aks');
