import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { localConfig, onpremConfig, parseConfig, readStackFile, suggestion } from '../../stacks/config';

describe('parseConfig', () => {
  it('fills in the defaults', () => {
    expect(parseConfig('local', localConfig, {})).toEqual({ domain: 'example.com', ingressServiceType: 'ClusterIP', nodes: 6, gpuNodes: 4 });
  });

  it('reads numbers that come as text, as the Pulumi CLI gives them', () => {
    expect(parseConfig('local', localConfig, { nodes: '3' }).nodes).toBe(3);
  });

  it('names an unknown key, what was probably meant, and what there is', () => {
    expect(() => parseConfig('local', localConfig, { gpunodes: 2 })).toThrow(
      "configuration of stack 'local':\n  kubeflow-cdk:gpunodes is not known; did you mean 'gpuNodes'?; known keys: domain, ingressServiceType, imageRegistry, nodes, gpuNodes",
    );
  });

  it.each([
    [{ nodes: 0 }, 'kubeflow-cdk:nodes is 0; expected at least 1'],
    [{ nodes: 'many' }, 'kubeflow-cdk:nodes is "many"; expected a whole number'],
    [{ nodes: 1.5 }, 'kubeflow-cdk:nodes is 1.5; expected a whole number'],
    [{ domain: 'Not a domain' }, 'kubeflow-cdk:domain is "Not a domain"; expected a DNS name such as kubeflow.example.com'],
    [{ ingressServiceType: 'loadbalancer' }, 'kubeflow-cdk:ingressServiceType is "loadbalancer"; expected one of ClusterIP, LoadBalancer, NodePort'],
    [{ imageRegistry: 'https://mirror.example.com' }, 'kubeflow-cdk:imageRegistry is "https://mirror.example.com"; expected a registry host with an optional path, without scheme'],
  ])('refuses %j', (values, message) => {
    expect(() => parseConfig('local', localConfig, values)).toThrow(message);
  });

  it('reports every fault at once', () => {
    expect(() => parseConfig('local', localConfig, { nodes: 0, gpuNodes: -1 })).toThrow(/nodes is 0[^]*gpuNodes is -1/);
  });

  it('requires the context of an existing cluster', () => {
    expect(() => parseConfig('onprem', onpremConfig, {})).toThrow('kubeflow-cdk:context is missing; expected the name of a context of the kubeconfig; no other cluster is ever touched');
  });
});

describe('readStackFile', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'stack-file-'));
  const write = (stack: string, content: string) => writeFileSync(path.join(directory, `Pulumi.${stack}.yaml`), content);

  it('strips the prefix and leaves out what is not ours', () => {
    write('ours', 'encryptionsalt: x\nconfig:\n  kubeflow-cdk:nodes: 3\n  pulumi:disable-default-providers: ["*"]\n');
    expect(readStackFile(directory, 'ours')).toEqual({ nodes: 3 });
  });

  it('has no values for a stack without a file or with an empty one', () => {
    write('empty', '');
    expect(readStackFile(directory, 'none')).toEqual({});
    expect(readStackFile(directory, 'empty')).toEqual({});
  });

  it('refuses keys without the prefix', () => {
    write('bare', 'config:\n  nodes: 3\n');
    expect(() => readStackFile(directory, 'bare')).toThrow(/nodes is not known in .*Pulumi\.bare\.yaml; keys are written kubeflow-cdk:<key>/);
  });

  it('refuses what is not YAML', () => {
    write('broken', 'config: [');
    expect(() => readStackFile(directory, 'broken')).toThrow(/Pulumi\.broken\.yaml is not YAML/);
  });
});

describe('suggestion', () => {
  it('is made only when something is near', () => {
    expect(suggestion('onpremm', ['local', 'onprem'])).toBe("; did you mean 'onprem'?");
    expect(suggestion('something-else', ['local', 'onprem'])).toBe('');
  });
});
