import { type EnvValue, tokenWaiver, useImage } from '../../core';
import { TRAINER_IMAGES } from '../images';
import { anybodyWaivers, type RuntimeDefinition } from './definition';
import { initializer, nodes } from './pods';
import { nodeCount } from './single-job';

/** ServiceAccount, in each namespace that uses the cache, as which its initializer makes the cache's pods. */
export const CACHE_SERVICE_ACCOUNT = 'kubeflow-trainer-cache-initializer';

const TRAIN_JOB_NAME: EnvValue = { field: "metadata.labels['jobset.sigs.k8s.io/jobset-name']" };

/** PyTorch with a cache of the dataset in front of the nodes: a LeaderWorkerSet that the initializer makes for each job. */
export const torchDistributedWithCache: RuntimeDefinition = {
  name: 'torch-distributed-with-cache',
  framework: 'torch',
  waivers: (podSecurity) => [...anybodyWaivers(podSecurity), ...tokenWaiver('The initializer makes the pods of the cache, a LeaderWorkerSet, for the job; the nodes have no token.')],
  spec: (context) => ({
    mlPolicy: { numNodes: nodeCount(context), torch: {} },
    template: {
      spec: {
        replicatedJobs: [
          initializer(context, {
            step: 'dataset-initializer',
            image: TRAINER_IMAGES.datasetInitializer,
            serviceAccount: CACHE_SERVICE_ACCOUNT,
            env: { CACHE_IMAGE: useImage(context.scope, TRAINER_IMAGES.dataCache), TRAIN_JOB_NAME },
          }),
          nodes(context, { job: 'node', image: TRAINER_IMAGES.pytorch, env: { TRAIN_JOB_NAME }, dependsOn: ['dataset-initializer'] }),
        ],
      },
    },
  }),
};
