// Stands in for cert-manager: issues what its Certificates ask for and puts CA bundles where its annotation asks for them.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from './cluster.mjs';
import { nameOf } from './manifests.mjs';

const INJECT_FROM = 'cert-manager.io/inject-ca-from';
/** Where cert-manager looks for Secrets of ClusterIssuers. */
const ISSUER_NAMESPACE = 'cert-manager';
const KEY_USAGES = { 'digital signature': 'digitalSignature', 'key encipherment': 'keyEncipherment', 'cert sign': 'keyCertSign', 'crl sign': 'cRLSign' };
const EXTENDED_USAGES = { 'server auth': 'serverAuth', 'client auth': 'clientAuth' };

export class Certificates {
  #issuers = new Map();
  #issued = new Map();
  #secrets = new Map();
  #waiting = [];

  /** Notes the issuers among these objects, and returns the Secrets that their Certificates name. */
  async issue(objects) {
    for (const object of objects) if (object.kind === 'ClusterIssuer') this.#issuers.set(object.metadata.name, object.spec);
    const secrets = [];
    for (const certificate of objects.filter(({ kind }) => kind === 'Certificate')) secrets.push(await this.#secret(certificate));
    return secrets;
  }

  /** Notes which of these objects ask for a CA bundle. */
  expect(objects) {
    this.#waiting.push(...objects.filter(({ metadata }) => metadata.annotations?.[INJECT_FROM] !== undefined));
  }

  /** Those noted whose certificate has been issued meanwhile, each once, with the JSON Patch that puts the CA bundle in. */
  injections() {
    const ready = this.#waiting.filter((object) => this.#issued.has(from(object)));
    this.#waiting = this.#waiting.filter((object) => !ready.includes(object));
    return ready.map((object) => {
      const value = base64(this.#issued.get(from(object)));
      const paths =
        object.kind === 'CustomResourceDefinition'
          ? ['/spec/conversion/webhook/clientConfig/caBundle']
          : object.webhooks.map((_, index) => `/webhooks/${index}/clientConfig/caBundle`);
      return { object, patch: paths.map((each) => ({ op: 'add', path: each, value })) };
    });
  }

  /** What still waits for a certificate, by name. */
  get waiting() {
    return this.#waiting.map((object) => `${nameOf(object)} (for ${from(object)})`);
  }

  async #secret(certificate) {
    const { name, namespace } = certificate.metadata;
    const { secretName, issuerRef } = certificate.spec;
    const issuer = this.#issuers.get(issuerRef.name);
    if (!issuer) throw new Error(`${nameOf(certificate)}: there is no ${issuerRef.kind} ${issuerRef.name}`);
    const signer = issuer.ca && this.#secrets.get(`${ISSUER_NAMESPACE}/${issuer.ca.secretName}`);
    if (issuer.ca && !signer) throw new Error(`${nameOf(certificate)}: Secret ${issuer.ca.secretName} of its issuer has not been issued`);
    const pair = await sign(certificate.spec, signer);
    this.#secrets.set(`${namespace}/${secretName}`, pair);
    this.#issued.set(`${namespace}/${name}`, pair.ca);
    return {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/tls',
      metadata: { name: secretName, namespace },
      data: { 'tls.crt': base64(pair.certificate), 'tls.key': base64(pair.key), 'ca.crt': base64(pair.ca) },
    };
  }
}

/** A new key and its certificate, by the signer if there is one, else by itself. */
async function sign(spec, signer) {
  const folder = mkdtempSync(path.join(tmpdir(), 'kubeflow-cdk-certificate-'));
  const file = (name) => path.join(folder, name);
  const read = (name) => readFileSync(file(name), 'utf8');
  try {
    if (spec.privateKey?.algorithm !== 'ECDSA') throw new Error(`Certificate with a key of ${spec.privateKey?.algorithm}; this stand-in makes ECDSA keys`);
    await run('openssl', ['genpkey', '-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:P-${spec.privateKey.size}`, '-out', file('tls.key')]);
    writeFileSync(file('extensions.cnf'), extensions(spec));
    const args = ['-new', '-x509', '-key', file('tls.key'), '-subj', spec.commonName ? `/CN=${spec.commonName}` : '/', '-days', String(days(spec)), '-config', file('extensions.cnf'), '-extensions', 'extensions', '-out', file('tls.crt')];
    if (signer) {
      writeFileSync(file('ca.crt'), signer.certificate);
      writeFileSync(file('ca.key'), signer.key, { mode: 0o600 });
      args.push('-CA', file('ca.crt'), '-CAkey', file('ca.key'));
    }
    await run('openssl', ['req', ...args]);
    return { key: read('tls.key'), certificate: read('tls.crt'), ca: signer ? signer.ca : read('tls.crt') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The X.509 extensions a Certificate's spec stands for, as a configuration of openssl. */
function extensions({ isCA = false, usages = [], dnsNames = [], nameConstraints, commonName }) {
  const lines = [`basicConstraints = critical, CA:${isCA ? 'TRUE' : 'FALSE'}`, 'subjectKeyIdentifier = hash', 'authorityKeyIdentifier = keyid'];
  const keyUsage = usages.flatMap((usage) => KEY_USAGES[usage] ?? []);
  const extended = usages.flatMap((usage) => EXTENDED_USAGES[usage] ?? []);
  const unknown = usages.filter((usage) => !KEY_USAGES[usage] && !EXTENDED_USAGES[usage]);
  if (unknown.length > 0) throw new Error(`Certificate with usages ${unknown.join(', ')}, which this stand-in does not know`);
  if (keyUsage.length > 0) lines.push(`keyUsage = critical, ${keyUsage.join(', ')}`);
  if (extended.length > 0) lines.push(`extendedKeyUsage = ${extended.join(', ')}`);
  // Without a common name the subject is empty, and the names must then be critical.
  if (dnsNames.length > 0) lines.push(`subjectAltName = ${commonName ? '' : 'critical, '}${dnsNames.map((name) => `DNS:${name}`).join(', ')}`);
  const permitted = nameConstraints?.permitted?.dnsDomains ?? [];
  if (permitted.length > 0) {
    lines.push(`nameConstraints = ${nameConstraints.critical ? 'critical, ' : ''}${permitted.map((domain) => `permitted;DNS:${domain}`).join(', ')}`);
  }
  return ['[req]', 'distinguished_name = subject', '[subject]', '[extensions]', ...lines, ''].join('\n');
}

function from(object) {
  return object.metadata.annotations[INJECT_FROM];
}

function days({ duration }) {
  const hours = /^(\d+)h$/.exec(duration ?? '2160h')?.[1];
  if (hours === undefined) throw new Error(`Certificate with a duration of ${duration}, expected whole hours`);
  return Math.ceil(Number(hours) / 24);
}

function base64(text) {
  return Buffer.from(text).toString('base64');
}
