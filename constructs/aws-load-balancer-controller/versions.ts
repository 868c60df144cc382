/** Version of the AWS Load Balancer Controller that is deployed. */
export const AWS_LOAD_BALANCER_CONTROLLER_VERSION = '3.5.0';
