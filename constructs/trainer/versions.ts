/** Version of Kubeflow Trainer that is deployed. */
export const TRAINER_VERSION = '2.2.0';
