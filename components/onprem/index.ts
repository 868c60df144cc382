export { egressTo } from './egress';
export { type FoundCluster, type FoundNode, type FoundPod, inspectCluster } from './inspect';
export { PullSecret, type PullSecretArgs } from './pull-secret';
export { existingS3Endpoint, type ExistingS3EndpointArgs } from './s3-endpoint';
export { existingSqlServer, type ExistingSqlServerArgs } from './sql-server';
