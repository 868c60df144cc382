export { AUTO_NAME_SUFFIX, checkComponentName, checkName, type NameRule } from './auto-names';
export { checkDomain, DOMAIN_LENGTH, domainsAbove, isWithin } from './domains';
