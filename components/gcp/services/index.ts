export { REQUIRED_SERVICES, Services, type ServicesArgs } from './services';
