import { startPack } from '../pack';

/** CIS EKS benchmark, for `pulumi up --policy-pack`. */
void startPack('cis-eks');
