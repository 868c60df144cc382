export const METALLB_VERSION = '0.16.1';
