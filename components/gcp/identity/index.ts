export { WorkloadPrincipals, type WorkloadPrincipalsArgs } from './principals';
