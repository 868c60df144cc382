export { LOG_DAYS, Logs, type LogsArgs } from './logs';
