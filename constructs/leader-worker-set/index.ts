export { existingLeaderWorkerSet, leaderWorkerSetCrds, type LeaderWorkerSetKinds } from './kinds';
export { LEADER_WORKER_SET_VERSION } from './versions';
