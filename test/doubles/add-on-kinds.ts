import { App } from 'cdk8s';
import path from 'node:path';
import { ApiClient } from '../../components/apiserver';
import { Component, CustomResourceDefinitions, synthesize } from '../../constructs/core';

class SecretsStore extends Component {
  constructor(app: App) {
    super(app, 'secrets-store', { version: '1.5.3' });
    new CustomResourceDefinitions(this, 'crds', { file: path.join(__dirname, 'secrets-store', 'crds.json') });
  }
}

/** Installs the kinds that add-ons of clouds bring, which doubles of the clouds cannot: the real CRDs of the Secrets Store CSI driver. */
export async function installAddOnKinds(place: { readonly kubeconfig: string; readonly context: string }): Promise<void> {
  const client = await ApiClient.open(place);
  const resource = await client.discovery.find('apiextensions.k8s.io/v1', 'CustomResourceDefinition');
  for (const { manifest } of synthesize(new SecretsStore(new App()))) {
    await client.apply(resource, JSON.parse(JSON.stringify(manifest)) as Parameters<ApiClient['apply']>[1]);
  }
  await client.close();
}
