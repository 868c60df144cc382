import { fieldsOf, textOf } from './fields';
import type { Manifest, ObjectRef } from './model';
import type { ProducerType } from './options';

function secret(owner: Manifest, name: string | undefined, path: string): { ref: ObjectRef; path: string } | undefined {
  return name ? { ref: { group: '', kind: 'Secret', namespace: owner.metadata.namespace, name }, path } : undefined;
}

/** Kinds whose controllers write Secrets. */
export const PRODUCERS: readonly ProducerType[] = [
  {
    group: 'cert-manager.io',
    kind: 'Certificate',
    produces: (owner) => secret(owner, textOf(fieldsOf(owner.spec).secretName), 'spec.secretName'),
  },
  {
    group: 'external-secrets.io',
    kind: 'ExternalSecret',
    produces: (owner) => {
      const name = textOf(fieldsOf(fieldsOf(owner.spec).target).name);
      return name ? secret(owner, name, 'spec.target.name') : secret(owner, owner.metadata.name, 'metadata.name');
    },
  },
  {
    group: 'bitnami.com',
    kind: 'SealedSecret',
    produces: (owner) => secret(owner, owner.metadata.name, 'metadata.name'),
  },
];
