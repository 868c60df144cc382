/** Name of the controller, its ServiceAccount and Deployment. */
export const LLM_CONTROLLER = 'llmisvc-controller-manager';
/** Service of its webhooks, conversion between API versions included. */
export const LLM_WEBHOOK_SERVICE = 'llmisvc-webhook-server-service';
