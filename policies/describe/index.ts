/** What is said of policies outside of reports: lists, explanations, and the pages of the documentation. */
export { described, type Described } from './catalogue';
export { explainPolicy } from './explain';
export { describePolicy, listPolicies, type PolicyFacts } from './list';
export { GENERATED, policyPage, policyPages } from './page';
