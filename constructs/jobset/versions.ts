/** Version of JobSet that is deployed. */
export const JOBSET_VERSION = '0.11.0';
