import { startPack } from '../pack';

/** Requests, limits and quotas, for `pulumi up --policy-pack`. */
void startPack('resource-limits');
