import type { ResourcePolicy } from '../../engine/policy';
import { foundations } from '../cis';
import { input, isOneOf } from '../cloud/inputs';
import { azureResource } from './azure-resource';

const CONTROLS = foundations('azure', { '6.0.0': '9.3.8', '5.0.0': '9.3.8', '4.0.0': '10.3.9', '3.0.0': '4.17', '2.1.0': '3.17', '2.0.0': '3.7' });
/** The container that Azure itself writes the activity log to has a control of its own. */
const ACTIVITY_LOG = ['insights-activity-logs', 'insights-operational-logs'];
const ACTIVITY_LOG_CONTROLS = foundations('azure', { '2.0.0': '5.1.3' });

/** CIS: containers are private. */
export const containerPublicAccess: ResourcePolicy = {
  id: 'azure-container-public-access',
  title: 'Blob containers are private',
  severity: 'high',
  enforcement: 'mandatory',
  controls: [...CONTROLS, ...ACTIVITY_LOG_CONTROLS],
  rationale: 'A container with a public access level hands its blobs, and with level Container their list too, to everyone who knows its address.',
  remediation: 'Remove publicAccess, or set it to None.',
  resourceTypes: ['azure-native:storage:BlobContainer'],
  examples: {
    fails: azureResource('storage:BlobContainer', { accountName: 'example', publicAccess: 'Blob' }),
    passes: azureResource('storage:BlobContainer', { accountName: 'example', publicAccess: 'None' }),
  },
  check(container, report) {
    const path = ['publicAccess'];
    const level = input(container, ...path);
    if (level === undefined || isOneOf(level, 'None')) return;
    const ofActivityLog = isOneOf(input(container, 'containerName'), ...ACTIVITY_LOG);
    const message = `container '${container.name}' can be read by everyone`;
    report.finding({ path, found: level, message, fix: 'None', ...(ofActivityLog ? {} : { controls: CONTROLS }) });
  },
};
