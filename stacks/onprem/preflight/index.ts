export { preflight, preflightFaults } from './preflight';
