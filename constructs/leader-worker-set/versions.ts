/** Version of LeaderWorkerSet whose kind is known here. @see https://github.com/kubernetes-sigs/lws/releases/tag/v0.7.0 */
export const LEADER_WORKER_SET_VERSION = '0.7.0';
