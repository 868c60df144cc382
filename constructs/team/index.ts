export { Team, type TeamProps, TEAM_SERVICE_ACCOUNT } from './team';
