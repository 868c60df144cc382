import type { Inventory } from '../../engine/inventory';
import type { ResourcePolicy } from '../../engine/policy';
import { readOr } from '../../engine/unknown-value';
import { example } from '../cloud/example';
import { input } from '../cloud/inputs';
import { INSTANCE_METADATA } from './controls';
import { regionOf } from './inputs';
import { INSTANCE, LAUNCH_CONFIGURATION, LAUNCH_TEMPLATE, SPOT_REQUEST } from './instances';

const DEFAULTS = 'aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults';

/** What the account says, by region, for instances that say nothing; `null` if it is not known yet. */
function accountDefaults(inventory: Inventory): ReadonlyMap<string, unknown> {
  return new Map(inventory.ofType(DEFAULTS).map((each) => [regionOf(each), readOr<unknown>(null, () => input(each, 'httpTokens'))]));
}

/** CIS AWS 6.7: credentials of an instance are handed out for a session token only. */
export const instanceMetadata: ResourcePolicy = {
  id: 'aws-instance-metadata-v2',
  title: 'Instances serve their metadata in version 2 only',
  severity: 'high',
  enforcement: 'mandatory',
  controls: INSTANCE_METADATA,
  rationale:
    'The metadata service hands out the credentials of the instance. Version 1 answers any request, also one that an attacker makes a web application send; ' +
    'version 2 asks for a session token, which takes a PUT request that such applications do not forward.',
  remediation: "Set metadataOptions.httpTokens to 'required', or aws.ec2.InstanceMetadataDefaults for the whole account and region.",
  reach: 'stack',
  examples: {
    fails: example(LAUNCH_TEMPLATE, { instanceType: 'm7i.large' }),
    passes: example(LAUNCH_TEMPLATE, { instanceType: 'm7i.large', metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 } }),
  },
  resourceTypes: [INSTANCE, LAUNCH_TEMPLATE, LAUNCH_CONFIGURATION, SPOT_REQUEST, DEFAULTS],
  check(resource, report, context) {
    if (resource.type === DEFAULTS) {
      const value = input(resource, 'httpTokens');
      if (value === 'optional') report.finding({ path: ['httpTokens'], found: value, message: 'the account lets instances serve metadata in version 1', fix: 'required' });
      return;
    }
    const path = ['metadataOptions', 'httpTokens'];
    const value = input(resource, ...path);
    if (value === 'required' || input(resource, 'metadataOptions', 'httpEndpoint') === 'disabled') return;
    if (value === undefined) {
      const stated = context.derive(accountDefaults).get(regionOf(resource));
      if (stated === 'required') return;
      if (input(resource, 'launchTemplate') !== undefined) return report.undecided({ path, reason: 'comes from the launch template' });
      if (stated === null) return report.undecided({ path, reason: 'comes from the defaults of the account' });
    }
    report.finding({ path, found: value, message: `'${resource.name}' serves its metadata without a session token`, fix: 'required' });
  },
};
