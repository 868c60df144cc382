import { hasToken, InvalidInputError } from '../../core';

/** Schemes that KServe's storage initializer, volumes and model images understand, with the form of what follows. */
const FORMS: Readonly<Record<string, { readonly rest: RegExp; readonly example: string }>> = {
  gs: { rest: /^[^/]+(\/.*)?$/, example: 'gs://bucket/path' },
  s3: { rest: /^[^/]+(\/.*)?$/, example: 's3://bucket/path' },
  hf: { rest: /^[^/:]+\/[^/:]+(:[^/:]+)?$/, example: 'hf://organisation/model, optionally :revision' },
  hdfs: { rest: /^.+$/, example: 'hdfs://path' },
  webhdfs: { rest: /^.+$/, example: 'webhdfs://path' },
  http: { rest: /^[^/]+\/.+$/, example: 'http://host/path' },
  https: { rest: /^[^/]+\/.+$/, example: 'https://host/path' },
  pvc: { rest: /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(\/.*)?$/, example: 'pvc://claim/path' },
  oci: { rest: /^[^/]+\/.+$/, example: 'oci://registry/image:tag' },
};

/** Schemes for InferenceServices. */
const MODEL_SCHEMES = Object.keys(FORMS);

/**
 * Checks where a model is said to be.
 *
 * @param schemes which schemes are possible here
 * @throws InvalidInputError for an unknown scheme, or an address that its scheme does not have
 */
export function checkStorageUri(property: string, uri: string, where: string, schemes: readonly string[] = MODEL_SCHEMES): void {
  const [scheme = '', ...rest] = uri.split('://');
  const form = schemes.includes(scheme) ? FORMS[scheme] : undefined;
  if (!form || rest.length === 0) {
    // What is only known at deploy time is checked by the cluster.
    if (hasToken(scheme)) return;
    throw new InvalidInputError({ property, value: uri, expected: `a URI that starts with ${schemes.map((known) => `${known}://`).join(', ')}`, where });
  }
  const address = rest.join('://');
  if (!hasToken(address) && !form.rest.test(address)) throw new InvalidInputError({ property, value: uri, expected: `the form ${form.example}`, where });
}
