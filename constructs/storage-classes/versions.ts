/** Version of Kubernetes' storage API, there being no program that is deployed. */
export const STORAGE_API_VERSION = '1.0.0';
