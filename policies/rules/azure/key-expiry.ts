import type { FieldPath } from '../../engine/field-path';
import type { CloudResource } from '../../engine/object';
import type { Policy, PolicyDescription, ResourcePolicy } from '../../engine/policy';
import { foundations } from '../cis';
import { input, isStated } from '../cloud/inputs';
import { azureResource } from './azure-resource';
import { azureReferences } from './references';

const contentsOfVaults = azureReferences({ from: ['keyvault:Key', 'keyvault:Secret'], inputs: [['vaultName']], by: 'name', to: ['keyvault:Vault'] });

interface ExpiryPolicy extends Omit<PolicyDescription, 'reach' | 'examples' | 'controls'> {
  readonly type: string;
  readonly noun: string;
  /** Controls of what is in vaults with role-based access control, and of what is in others. */
  readonly controlsOf: { readonly rbac: readonly string[]; readonly accessPolicies: readonly string[] };
  /** Whether it expires by something else than its attributes. */
  expires?(resource: CloudResource): boolean;
}

/** A policy that what is in a vault has a date of expiry; the benchmark has a control a kind of vault. */
function expiryPolicy({ type, noun, controlsOf, expires, ...description }: ExpiryPolicy): ResourcePolicy {
  const path: FieldPath = ['properties', 'attributes', 'expires'];
  return {
    ...description,
    controls: [...controlsOf.rbac, ...controlsOf.accessPolicies],
    reach: 'stack',
    resourceTypes: [`azure-native:${type}`],
    examples: {
      fails: azureResource(type, { vaultName: 'example', properties: {} }),
      passes: azureResource(type, { vaultName: 'example', properties: { attributes: { expires: 1_893_456_000 } } }),
    },
    check(resource, report, context) {
      const attribute = (name: string): unknown => input(resource, 'properties', 'attributes', name);
      if (attribute('enabled') === false) return;
      // Older versions of the API call it `exp`.
      const value = attribute('expires') ?? attribute('exp');
      if ((typeof value === 'number' && value > 0) || expires?.(resource)) return;
      const [vault] = context.derive(contentsOfVaults).targets(resource);
      const rbac = vault && input(vault, 'properties', 'enableRbacAuthorization') === true;
      const controls = vault && (rbac ? controlsOf.rbac : controlsOf.accessPolicies);
      report.finding({ path, found: value, message: `${noun} '${resource.name}' never expires`, ...(controls && { controls }) });
    },
  };
}

const ids = (newest: string, four: string, three: string, two: string): readonly string[] =>
  foundations('azure', { '6.0.0': newest, '5.0.0': newest, '4.0.0': four, '3.0.0': three, '2.1.0': two, '2.0.0': two });

const keyExpiry = expiryPolicy({
  id: 'azure-key-expiry',
  title: 'Keys expire',
  severity: 'medium',
  enforcement: 'mandatory',
  controlsOf: { rbac: ids('8.3.1', '9.3.1', '3.3.1', '8.1'), accessPolicies: ids('8.3.2', '9.3.2', '3.3.2', '8.2') },
  rationale: 'A key without a date of expiry can be used for ever, also by whoever has stolen it. The date has somebody replace it.',
  remediation: 'Set properties.attributes.expires, or an expiryTime in the rotation policy.',
  type: 'keyvault:Key',
  noun: 'key',
  expires: (key) => isStated(input(key, 'properties', 'rotationPolicy', 'attributes', 'expiryTime')),
});

const secretExpiry = expiryPolicy({
  id: 'azure-secret-expiry',
  title: 'Secrets in key vaults expire',
  severity: 'medium',
  enforcement: 'mandatory',
  controlsOf: { rbac: ids('8.3.3', '9.3.3', '3.3.3', '8.3'), accessPolicies: ids('8.3.4', '9.3.4', '3.3.4', '8.4') },
  rationale: 'A secret without a date of expiry can be used for ever, also by whoever has stolen it. The date has somebody replace it.',
  remediation: 'Set properties.attributes.expires.',
  type: 'keyvault:Secret',
  noun: 'secret',
});

export const KEY_EXPIRY: readonly Policy[] = [keyExpiry, secretExpiry];
