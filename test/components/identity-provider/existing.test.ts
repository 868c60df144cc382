import * as pulumi from '@pulumi/pulumi';
import { App, Chart } from 'cdk8s';
import { resourceInputs } from '../../../components/bridge/inputs';
import { existingIdentityProvider, type ExistingIdentityProviderArgs } from '../../../components/identity-provider';
import { synthesize } from '../../../constructs/core';
import { record } from '../record';

const BASE: ExistingIdentityProviderArgs = { issuer: 'https://login.example.com/realms/ml', clientId: 'kubeflow', clientSecret: 'given' };

describe('existingIdentityProvider', () => {
  it('is what it is told, and puts the secret into Secrets as a secret', async () => {
    const app = new App();
    await record(() => {
      const provider = existingIdentityProvider({ ...BASE, groupsClaim: 'groups' });
      expect(provider).toMatchObject({ issuer: BASE.issuer, clientId: 'kubeflow', audiences: ['kubeflow'], userClaim: 'email', groupsClaim: 'groups' });
      expect(provider.jwksUri).toBeUndefined();
      for (const namespace of ['a', 'b']) provider.clientCredentials(new Chart(app, namespace), 'credentials', { namespace, name: 'oidc' });
    });
    const secrets = synthesize(app).map(({ manifest }) => resourceInputs(manifest).stringData);
    expect(secrets).toHaveLength(2);
    for (const stringData of secrets) {
      const output = pulumi.output(stringData);
      expect(await pulumi.isSecret(output)).toBe(true);
      const data = await new Promise((resolve) => void output.apply((known) => (resolve(known), known)));
      expect(data).toEqual({ 'client-id': 'kubeflow', 'client-secret': 'given' });
    }
  });

  it('keeps an issuer exactly as it stands in tokens', () => {
    expect(existingIdentityProvider({ ...BASE, issuer: 'https://tenant.eu.auth0.com/' }).issuer).toBe('https://tenant.eu.auth0.com/');
  });

  it.each<[Partial<ExistingIdentityProviderArgs>, string]>([
    [{ issuer: 'http://login.example.com' }, "existingIdentityProvider: issuer is 'http://login.example.com'; expected an https URL without a query or a fragment"],
    [{ issuer: 'https://login.example.com/?realm=ml' }, 'issuer'],
    [{ issuer: 'login.example.com' }, 'issuer'],
    [{ jwksUri: 'https://login.example.com/keys#1' }, 'jwksUri'],
    [{ clientId: '' }, "clientId is ''; expected a name"],
    [{ userClaim: ' ' }, "userClaim is ' '; expected a name"],
    [{ audiences: [] }, 'audiences is []; expected at least one client, none of them empty'],
  ])('refuses %j', (bad, message) => {
    expect(() => existingIdentityProvider({ ...BASE, ...bad })).toThrow(message);
  });

  it('refuses a name that no Secret can have', () => {
    expect(() => existingIdentityProvider(BASE).clientCredentials(new Chart(new App(), 'c'), 'x', { namespace: 'a', name: 'OIDC_client' })).toThrow('a DNS subdomain');
  });
});
