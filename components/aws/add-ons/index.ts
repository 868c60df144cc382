export { EKS_ADD_ONS, EksAddOns, type EksAddOn, type EksAddOnsArgs } from './eks-add-ons';
export { NETWORK_ADD_ONS, NetworkAddOns, type NetworkAddOnsArgs } from './network-add-ons';
