export { existingGatewayApi, GatewayApi, type GatewayApiKinds } from './gateway-api';
export { GATEWAY_API_VERSION } from './versions';
