export { EXTERNAL_DNS_SERVICE_ACCOUNT, ExternalDns, type ExternalDnsProps } from './external-dns';
export { EXTERNAL_DNS_IMAGES } from './images';
export type { PublishedNames } from './names';
export type { AzureCloud, AzureConfig } from './provider';
export type { DnsSource, ServiceType } from './sources';
export { EXTERNAL_DNS_VERSION } from './versions';
